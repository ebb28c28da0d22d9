import { once } from 'node:events';
import type { Command } from 'commander';
import { awaitStore } from '../app/await-store.ts';
import type { App } from '../app.ts';
import { printable } from '../core/text/printable.ts';
import { redact } from '../core/text/redact.ts';
import { AppError } from '../errors.ts';
import { openStore } from '../store/open-store.ts';
import { mayPass } from '../store/postgres-error.ts';
import { createSetupSecret, hasPassword } from '../web/access/credentials.ts';
import { answer, type JsonOption } from './answer.ts';
import { openApp } from './open-app.ts';
import { openConfig } from './open-config.ts';
import type { Shell } from './shell.ts';

/** `serve`, `collect`, `doctor`, `bench`. */
export function addServiceCommands(program: Command, shell: Shell): void {
  program
    .command('serve')
    .description('run the service: collect, fold, publish')
    .action((_options, command: Command) => serve(command, shell));
  program
    .command('collect')
    .description('collect sources without serving; --once fetches each one now and ends')
    .option('--once', 'fetch every source once, fold what came, and end')
    .option('--source <id>', 'only this source (may be repeated)', (id: string, ids: string[] = []) => [...ids, id])
    .option('--json', 'with --once or --source: what came of it as one JSON document')
    .action((options: CollectOptions, command: Command) => collect(options, command, shell));
  program
    .command('doctor')
    .description(
      'check configuration, store, cache and sources, and read every topic feed of the running service as a subscriber',
    )
    .option('--url <url>', 'where the service answers (default: its own configuration)')
    .option('--json', 'for machines')
    .action(async (options: { url?: string; json?: boolean }, command: Command) => {
      const { doctorCommand } = await import('./doctor.ts');
      shell.finish(await doctorCommand(options, command, shell));
    });
  program
    .command('bench')
    .description('measure this machine: how fast feeds are read, items folded and stored here')
    .option('--json', 'for machines')
    .action(async (options: { json?: boolean }) => {
      const { benchCommand } = await import('./bench.ts');
      shell.finish(await benchCommand(options, shell));
    });
}

async function serve(command: Command, shell: Shell): Promise<void> {
  await storeIsThere(command, shell);
  if (shell.signal.aborted) return;
  const app = await openApp(command, shell, { logTo: 'stdout' });
  const { url } = await app.start().catch(error => {
    throw explainListen(error, app.context.config.current().settings.server);
  });
  shell.stderr.write(
    url ? `newsfold is at ${url} (Ctrl+C ends it)\n` : 'newsfold works without a page of its own (roles without web)\n',
  );
  if (url) await setupHint(app, shell);
  if (!shell.signal.aborted) await once(shell.signal, 'abort');
  shell.stderr.write('newsfold: finishing what is under way …\n');
  await app.stop();
}

/** SQLite is opened or is not; a database on the network may still be starting. */
async function storeIsThere(command: Command, shell: Shell): Promise<void> {
  const { settings } = await openConfig(command, shell);
  const { url } = settings.store;
  if (!url.startsWith('postgres')) return;
  await awaitStore({
    probe: async () => (await openStore(url, { connectionsMax: 1 })).close(),
    mayPass,
    at: settings.roles.includes('web') || settings.samples ? settings.server : null,
    onWait: reason => shell.stderr.write(`newsfold waits for its store: ${reason}\n`),
    signal: shell.signal,
  }).catch(error => {
    throw explainListen(error, settings.server);
  });
}

/** No default password: who listens to other machines without one gets a link that sets it, once. */
async function setupHint({ store, context }: App, shell: Shell): Promise<void> {
  const { host, publicUrl } = context.config.current().settings.server;
  if (/^(localhost|127\.|::1$|\[::1\]$)/.test(host) || (await hasPassword(store))) return;
  const secret = await createSetupSecret(store, context.now());
  shell.stderr.write(
    `No admin password is set yet. Set it once, within a day, at ${publicUrl}/admin/setup?token=${secret}\n`,
  );
}

function explainListen(error: unknown, server: { readonly host: string; readonly port: number }): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE')
    return new AppError(
      'conflict',
      `port ${server.port} is taken by another program; set server.port or NEWSFOLD_SERVER_PORT`,
    );
  if (code === 'EACCES')
    return new AppError('forbidden', `port ${server.port} needs more rights; choose one above 1023`);
  if (code === 'EADDRNOTAVAIL')
    return new AppError('config-invalid', `server.host ${server.host} is no address of this machine`);
  return error;
}

type CollectOptions = JsonOption & { readonly once?: boolean; readonly source?: string[] };

async function collect(options: CollectOptions, command: Command, shell: Shell): Promise<void> {
  if (!options.once && !options.source) return serveCollecting(command, shell);
  const { default: cliProgress } = await import('cli-progress');
  const bar = new cliProgress.SingleBar(
    {
      format: '{bar} {value}/{total} {source}',
      stream: shell.stderr as NodeJS.WriteStream,
      hideCursor: true,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
  let [done, fresh, edited] = [0, 0, 0];
  const problems: { readonly source: string; readonly problem: string }[] = [];
  const app = await openApp(command, shell, {
    logTo: 'nowhere',
    onCollected: (source, record) => {
      done++;
      fresh += record.itemsNew;
      edited += record.itemsEdited;
      bar.update(done, { source: source.id });
      if (record.message === null) return;
      const problem = printable(redact(record.message));
      problems.push({ source: source.id, problem });
      if (!options.json) shell.stderr.write(`${source.id}: ${problem}\n`);
    },
  });
  try {
    const sources = app.context.sources();
    const ids = options.source ?? null;
    for (const id of ids ?? [])
      if (!sources.has(id)) throw new AppError('usage', `there is no source "${id}"; newsfold sources list shows them`);
    if (shell.stderr.isTTY) bar.start(ids?.length ?? sources.size, 0, { source: '' });
    const { collected, failed } = await app.collectOnce(ids, shell.signal);
    bar.stop();
    answer(shell, options, {
      json: { sources: collected, itemsNew: fresh, itemsEdited: edited, failed, problems },
      text: `${collected} sources, ${fresh} new items, ${edited} edited, ${failed} failed\n`,
    });
    shell.finish(collected > 0 && failed === collected ? 1 : 0);
  } finally {
    bar.stop();
    await app.stop();
  }
}

/** Without `--once`: a process with the collect role only, whatever the configuration says. */
async function serveCollecting(command: Command, shell: Shell): Promise<void> {
  await serve(command, {
    ...shell,
    environment: { ...shell.environment, NEWSFOLD_ROLES: 'collect,dedup', NEWSFOLD_SAMPLES: 'false' },
  });
}
