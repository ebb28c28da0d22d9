import type { Command } from 'commander';
import type { Shell } from './shell.ts';

export type JsonOption = { readonly json?: boolean };

/** `--json`: the same words everywhere. */
export function forMachines(command: Command): Command {
  return command.option('--json', 'for machines');
}

/** What a command answers once: one JSON document for machines, or words for people. */
export function answer(
  shell: Shell,
  options: JsonOption,
  told: { readonly json: unknown; readonly text: string },
): void {
  shell.stdout.write(options.json ? `${JSON.stringify(told.json)}\n` : told.text);
}
