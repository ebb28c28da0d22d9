import { stat } from 'node:fs/promises';
import type { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import type { Store } from '../pipeline/ports.ts';
import { copyStore } from '../store/copy-store.ts';
import { openStore, sqliteFile } from '../store/open-store.ts';
import { restoreBackup } from '../store/restore-backup.ts';
import { answer, type JsonOption } from './answer.ts';
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
    .option('--json', 'for machines')
    .action(async (to: string, options: JsonOption, command: Command) => {
      const config = await openConfig(command, shell);
      const source = await openExisting(config.settings.store.url);
      const target = await openStore(to).catch(async error => {
        await source.close();
        throw error;
      });
      const bar = await progressBar(shell);
      try {
        if (shell.stderr.isTTY) bar.start(1, 0);
        const { rows } = await copyStore(source, target, {
          signal: shell.signal,
          onProgress: ({ done, total }) => {
            bar.setTotal(total);
            bar.update(done);
          },
        });
        bar.stop();
        answer(shell, options, { json: { rows, verified: true }, text: 'copied and verified\n' });
      } finally {
        bar.stop();
        await Promise.all([source.close(), target.close()]);
      }
    });
  program
    .command('backup')
    .description('copy the SQLite store to a file while the service runs')
    .argument('<file>')
    .option('--json', 'for machines')
    .action(async (file: string, options: JsonOption, command: Command) => {
      const config = await openConfig(command, shell);
      const store = await openExisting(config.settings.store.url);
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
        const bytes = (await stat(file)).size;
        answer(shell, options, { json: { file, bytes }, text: `${file}: ${bytes} bytes\n` });
      } finally {
        bar.stop();
        await store.close();
      }
    });
  program
    .command('restore')
    .description('put a backup in the place of the SQLite store; stop the service first')
    .argument('<file>')
    .option('--json', 'for machines')
    .action(async (file: string, options: JsonOption, command: Command) => {
      const config = await openConfig(command, shell);
      const path = sqliteFile(config.settings.store.url);
      if (path === null || path === ':memory:')
        throw new AppError('usage', 'restore is for SQLite files; for PostgreSQL use pg_restore');
      const kept = await restoreBackup(file, path);
      const text = kept === null ? 'restored\n' : `restored; the store that was there before is kept as ${kept}\n`;
      answer(shell, options, { json: { restored: path, kept }, text });
    });
}

/** A wrong folder or address must not end in a copy of nothing that says it is done: here a missing store is not made. */
async function openExisting(url: string): Promise<Store> {
  const file = sqliteFile(url);
  if (file !== null && file !== ':memory:') {
    const there = await stat(file).catch((error: NodeJS.ErrnoException) => error.code);
    if (there === 'ENOENT') {
      throw new AppError('not-found', `there is no store at ${file}: check store.url and the folder you are in`);
    }
  }
  return openStore(url);
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
