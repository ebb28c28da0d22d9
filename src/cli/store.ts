import { stat } from 'node:fs/promises';
import type { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { copyStore } from '../store/copy-store.ts';
import { openStore } from '../store/open-store.ts';
import { restoreBackup } from '../store/restore-backup.ts';
import { openConfig } from './open-config.ts';
import type { Shell } from './shell.ts';

/** `store copy`, `backup`, `restore`. */
export function addStoreCommands(program: Command, shell: Shell): void {
  program
    .command('store')
    .description('the store itself')
    .command('copy')
    .description('copy everything into another store, verified; an interrupted copy goes on where it was')
    .argument('<to>', 'sqlite:./other.db or postgres://…')
    .action(async (to: string, _options: unknown, command: Command) => {
      const config = await openConfig(command, shell);
      const [source, target] = [await openStore(config.settings.store.url), await openStore(to)];
      const bar = await progressBar(shell);
      try {
        if (shell.stderr.isTTY) bar.start(1, 0);
        await copyStore(source, target, {
          signal: shell.signal,
          onProgress: ({ done, total }) => {
            bar.setTotal(total);
            bar.update(done);
          },
        });
        bar.stop();
        shell.stdout.write('copied and verified\n');
      } finally {
        bar.stop();
        await Promise.all([source.close(), target.close()]);
      }
    });
  program
    .command('backup')
    .description('copy the SQLite store to a file while the service runs')
    .argument('<file>')
    .action(async (file: string, _options: unknown, command: Command) => {
      const config = await openConfig(command, shell);
      const store = await openStore(config.settings.store.url);
      const bar = await progressBar(shell);
      try {
        if (shell.stderr.isTTY) bar.start(1, 0);
        await store.maintenance.backup(file, {
          signal: shell.signal,
          onProgress: (done, total) => {
            bar.setTotal(total);
            bar.update(done);
          },
        });
        bar.stop();
        shell.stdout.write(`${file}: ${(await stat(file)).size} bytes\n`);
      } finally {
        bar.stop();
        await store.close();
      }
    });
  program
    .command('restore')
    .description('put a backup in the place of the SQLite store; stop the service first')
    .argument('<file>')
    .action(async (file: string, _options: unknown, command: Command) => {
      const config = await openConfig(command, shell);
      const path = /^sqlite:(?:\/\/(?=[/.]))?(.+)$/.exec(config.settings.store.url)?.[1];
      if (!path || path === ':memory:')
        throw new AppError('usage', 'restore is for SQLite files; for PostgreSQL use pg_restore');
      await restoreBackup(file, path);
      shell.stdout.write(`restored; a store that was there before is kept as ${path}.before-restore\n`);
    });
}

async function progressBar(shell: Shell): Promise<SingleBar> {
  const { default: cliProgress } = await import('cli-progress');
  return new cliProgress.SingleBar(
    {
      format: '{bar} {percentage}% {eta_formatted}',
      stream: shell.stderr as NodeJS.WriteStream,
      hideCursor: true,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
}
