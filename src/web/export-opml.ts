import { exportSources } from '../pipeline/edit-sources.ts';
import type { DeskEdits } from './desk-edits.ts';
import type { WebContext } from './web-context.ts';

/** All sources as OPML, for page, API and shell; an address that names a variable of the environment stays as it is written. */
export async function exportOpml(
  { config }: Pick<WebContext, 'config'>,
  edits: Pick<DeskEdits, 'writtenAddresses'>,
): Promise<string> {
  const written = await edits.writtenAddresses();
  return exportSources(
    config.current().sources.map(source => ({ ...source, url: written.get(source.id) ?? source.url })),
  );
}
