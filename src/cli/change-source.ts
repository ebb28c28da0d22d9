import type { Command } from 'commander';
import { checkSource } from '../web/api/source-routes.ts';
import { answer, forMachines, type JsonOption } from './answer.ts';
import { withApp } from './open-app.ts';
import type { Shell } from './shell.ts';
import { shellEdits } from './shell-edits.ts';

/** `sources pause|resume|remove ID`: one entry of the file, by its id. */
export function addSourceChanges(sources: Command, shell: Shell): void {
  for (const paused of [true, false]) {
    const name = paused ? 'pause' : 'resume';
    forMachines(sources.command(name))
      .description(paused ? 'stop collecting a source; its items stay' : 'collect a paused source again')
      .argument('<id>')
      .action((id: string, options: JsonOption, command: Command) =>
        withApp(command, shell, async app => {
          const { edits, how } = shellEdits(app);
          // As the page does: `false` is the default and is not written.
          await edits.patch('sources', id, { paused: paused ? true : null }, { ...how, check: checkSource });
          answer(shell, options, { json: { id, paused }, text: `${paused ? 'paused' : 'resumed'} ${id}\n` });
        }),
      );
  }
  forMachines(sources.command('remove'))
    .description('remove a source from the configuration; its items stay until they age out')
    .argument('<id>')
    .action((id: string, options: JsonOption, command: Command) =>
      withApp(command, shell, async app => {
        const { edits, how } = shellEdits(app);
        await edits.remove('sources', id, how);
        answer(shell, options, { json: { id, removed: true }, text: `removed ${id}\n` });
      }),
    );
}
