import type { App } from '../app.ts';
import { createGate } from '../web/access/gate.ts';
import { createDeskEdits, type DeskEdits, type How } from '../web/desk-edits.ts';
import { shellUser } from './shell-user.ts';

/** Edits as page and API make them, with the same checks and the same line in the log; the running service takes the files over. */
export function shellEdits({ context }: App): { readonly edits: DeskEdits; readonly how: How } {
  const config = { ...context.config, refresh: async () => undefined };
  return {
    edits: createDeskEdits({ ...context, config }, createGate(context).tagger),
    how: { by: shellUser() },
  };
}
