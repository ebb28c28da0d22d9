import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { parseDuration } from '../config/units.ts';
import { AppError } from '../errors.ts';
import type { Store } from '../pipeline/ports.ts';
import { openStore } from '../store/open-store.ts';
import { createSetupSecret, createToken, revokeToken, setPassword } from '../web/access/credentials.ts';
import { answer, forMachines, type JsonOption } from './answer.ts';
import { openConfig } from './open-config.ts';
import { formatTable } from './print-table.ts';
import type { Shell } from './shell.ts';
import { shellUser as by } from './shell-user.ts';

/** `admin password|setup-link|token create|list|revoke|audit`: the running service takes them over at once. */
export function addAccessCommands(program: Command, shell: Shell): void {
  const admin = program.command('admin').description('who may administer newsfold by page and API');
  forMachines(admin.command('password'))
    .description('set the password of the admin pages; every session ends')
    .option('--stdin', 'read it from standard input')
    .action((options: JsonOption & { stdin?: boolean }, command: Command) =>
      withStore(command, shell, async store => {
        await setPassword(store, await readPassword(shell, options.stdin === true), { now: Date.now(), by: by() });
        if (options.json) shell.stdout.write(`${JSON.stringify({ set: true })}\n`);
        else shell.stderr.write('The password is set; sign in at /admin/.\n');
      }),
    );
  forMachines(admin.command('setup-link'))
    .description('print a link that sets the password once, within a day')
    .action((options: JsonOption, command: Command) =>
      withStore(command, shell, async (store, publicUrl) => {
        const link = `${publicUrl}/admin/setup?token=${await createSetupSecret(store, Date.now())}`;
        answer(shell, options, { json: { link }, text: `${link}\n` });
      }),
    );
  addTokenCommands(admin, shell);
  admin
    .command('audit')
    .description('who changed what, the latest first')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'for machines')
    .action((options: { limit: string; json?: boolean }, command: Command) =>
      withStore(command, shell, async store => {
        const entries = await store.audit.list({ limit: Math.min(1000, Number(options.limit) || 50) });
        if (options.json) for (const entry of entries) shell.stdout.write(`${JSON.stringify(entry)}\n`);
        else
          shell.stdout.write(
            formatTable(
              ['when', 'who', 'what', 'subject'],
              entries.map(({ at, by: who, action, subject }) => [minute(at), who, action, subject]),
              shell.stdout.columns,
            ),
          );
      }),
    );
}

function addTokenCommands(admin: Command, shell: Shell): void {
  const token = admin.command('token').description('API tokens');
  forMachines(token.command('create'))
    .description('create an API token and print it, this once')
    .requiredOption('--label <label>', 'what it is for')
    .option('--scope <scope>', 'read or write', 'read')
    .option('--expires <duration>', 'for example 90d; for ever by default')
    .action((options: JsonOption & { label: string; scope: string; expires?: string }, command: Command) =>
      withStore(command, shell, async store => {
        const { scope, label } = options;
        if (scope !== 'read' && scope !== 'write') throw new AppError('usage', 'the scope is read or write');
        const lifeMs = options.expires === undefined ? null : parseDuration(options.expires);
        if (options.expires !== undefined && lifeMs === null)
          throw new AppError('usage', `"${options.expires}" is not a duration; write for example 90d`);
        const now = Date.now();
        const wish = {
          kind: 'api',
          scope,
          label,
          topicId: null,
          expiresAt: lifeMs === null ? null : now + lifeMs,
        } as const;
        const { secret, token: made } = await createToken(store, wish, { now, by: by() });
        const { hash: _, ...known } = made;
        answer(shell, options, { json: { ...known, secret }, text: `${secret}\n` });
      }),
    );
  token
    .command('list')
    .description('API tokens, without their secrets')
    .option('--json', 'for machines')
    .action((options: { json?: boolean }, command: Command) =>
      withStore(command, shell, async store => {
        const tokens = (await store.tokens.list('api')).map(({ hash: _, ...known }) => known);
        if (options.json) for (const known of tokens) shell.stdout.write(`${JSON.stringify(known)}\n`);
        else
          shell.stdout.write(
            formatTable(
              ['id', 'scope', 'state', 'last used', 'label'],
              tokens.map(({ id, scope, revokedAt, expiresAt, lastUsedAt, label }) => [
                id,
                scope,
                revokedAt !== null ? 'revoked' : expiresAt !== null && expiresAt < Date.now() ? 'expired' : 'alive',
                lastUsedAt === null ? '–' : minute(lastUsedAt),
                label,
              ]),
              shell.stdout.columns,
            ),
          );
      }),
    );
  forMachines(token.command('revoke'))
    .description('take a token back; it is dead at once')
    .argument('<id>')
    .action((id: string, options: JsonOption, command: Command) =>
      withStore(command, shell, async store => {
        await revokeToken(store, id, { now: Date.now(), by: by() });
        answer(shell, options, { json: { id, revoked: true }, text: `revoked ${id}\n` });
      }),
    );
}

async function withStore(
  command: Command,
  shell: Shell,
  work: (store: Store, publicUrl: string) => Promise<void>,
): Promise<void> {
  const { settings } = await openConfig(command, shell);
  const store = await openStore(settings.store.url);
  try {
    await work(store, settings.server.publicUrl);
  } finally {
    await store.close();
  }
}

/** Twice and unseen on a terminal; one line from a pipe. */
async function readPassword(shell: Shell, fromPipe: boolean): Promise<string> {
  const isTerminal = (shell.stdin as NodeJS.ReadStream).isTTY === true;
  if (!isTerminal && !fromPipe) throw new AppError('usage', 'there is no terminal to ask on; use --stdin');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: shell.stdin, output: silent, terminal: isTerminal && !fromPipe });
  const iterator = lines[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    if (!fromPipe) shell.stderr.write(question);
    const { value } = await iterator.next();
    if (!fromPipe) shell.stderr.write('\n');
    return String(value ?? '');
  };
  try {
    const password = await ask('New password: ');
    if (!fromPipe && (await ask('Again: ')) !== password) throw new AppError('usage', 'the two are not the same');
    return password;
  } finally {
    lines.close();
  }
}

function minute(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
