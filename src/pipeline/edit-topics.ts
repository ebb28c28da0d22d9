import type { ConfigEditor } from '../config/edit-config.ts';
import type { Config } from '../config/load-config.ts';

/** `entry` as it will stand in `topics.yaml`; the schema judges it with the rest of the file. */
export function addTopic(
  editor: ConfigEditor,
  entry: Readonly<Record<string, unknown>>,
  expected: string | null = null,
): Promise<Config> {
  return editor.edit('topics', expected, entries => entries.add(entry));
}

export function removeTopic(editor: ConfigEditor, id: string, expected: string | null = null): Promise<Config> {
  return editor.edit('topics', expected, entries => entries.remove(id));
}

export function orderTopics(
  editor: ConfigEditor,
  ids: readonly string[],
  expected: string | null = null,
): Promise<Config> {
  return editor.edit('topics', expected, entries => entries.order(ids));
}
