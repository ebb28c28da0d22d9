import { Command, CommanderError } from 'commander';
import { printable } from '../core/text/printable.ts';
import { redact } from '../core/text/redact.ts';
import { AppError, errorCode } from '../errors.ts';
import { problemOf } from '../web/problem.ts';
import { addAdminCommands } from './admin.ts';
import { addCompletionCommand } from './completion.ts';
import { addConfigCommands } from './config.ts';
import { addReadingCommands } from './reading-commands.ts';
import { addServiceCommands } from './service-commands.ts';
import type { Shell } from './shell.ts';
import { addSourceCommands } from './sources.ts';
import { addStoryCommands } from './stories.ts';
import { addTopicCommands } from './topics.ts';
import { version } from './version.ts';

/** The streams and the environment; tests pass their own. */
export type Outside = Pick<Shell, 'stdin' | 'stdout' | 'stderr'> & { readonly env: NodeJS.ProcessEnv };

/** argv → one command. @returns the exit status: 0 done, 1 failed, 2 wrong usage */
export async function runCommandLine(argv: readonly string[], outside: Outside = process): Promise<number> {
  let status = 0;
  const abort = new AbortController();
  const stop = () => abort.abort(new Error('interrupted'));
  const json = wantsJson(argv);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const shell: Shell = {
    stdin: outside.stdin,
    stdout: outside.stdout,
    stderr: outside.stderr,
    environment: outside.env,
    signal: abort.signal,
    finish: value => {
      status = value;
    },
  };
  const leave = (error: NodeJS.ErrnoException) => {
    // `newsfold … | head` closes the pipe: that is not a failure.
    if (error.code === 'EPIPE') process.exit(0);
  };
  if (shell.stdout === process.stdout) process.stdout.on('error', leave);
  try {
    await createProgram(shell, { silent: json }).parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (json && error.exitCode !== 0) shell.stderr.write(problemLine(asUsage(error)));
      return error.exitCode === 0 ? 0 : 2;
    }
    if (abort.signal.aborted && isInterruption(error, abort.signal)) {
      shell.stderr.write('newsfold: interrupted\n');
      return 1;
    }
    if (errorCode(error) === undefined) throw error;
    const words = printable(redact((error as Error).message), { keepLines: true });
    shell.stderr.write(json ? problemLine(error) : `newsfold: ${words}\n`);
    return errorCode(error) === 'usage' ? 2 : 1;
  } finally {
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
  }
}

/** `--json` is told its failures as the API's problem documents, one a line. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json');
}

function problemLine(error: unknown): string {
  return `${JSON.stringify(problemOf(error))}\n`;
}

function asUsage(error: CommanderError): AppError {
  const words = error.code === 'commander.help' ? 'a command is missing' : error.message.replace(/^error: /, '');
  return new AppError('usage', `${words} (newsfold --help shows what there is)`);
}

/** The signal's own reason, or what Node makes of it; anything else that fails meanwhile is told as ever. */
function isInterruption(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}

/** Every command with its help; `docs.test.ts` and the shell completion read it too. */
export function createProgram(shell: Shell, { silent = false } = {}): Command {
  const output = {
    writeOut: (text: string) => void shell.stdout.write(text),
    // What the parser of the command line says to people about a mistake; a machine gets a problem document.
    writeErr: (text: string) => void (silent || shell.stderr.write(text)),
  };
  const program = new Command('newsfold')
    .description('A self-hosted feed aggregator: many sources, many languages, each story once.')
    .version(version)
    .option('--config <dir>', 'folder of newsfold.yaml, sources.yaml and topics.yaml (or NEWSFOLD_CONFIG_DIR)')
    .showHelpAfterError('(newsfold --help shows what there is)')
    .exitOverride()
    .configureOutput(output);
  addServiceCommands(program, shell);
  addReadingCommands(program, shell);
  addSourceCommands(program, shell);
  addTopicCommands(program, shell);
  addStoryCommands(program, shell);
  addConfigCommands(program, shell);
  addAdminCommands(program, shell);
  addCompletionCommand(program, shell);
  forEachCommand(program, command => {
    command.exitOverride().configureOutput(output);
  });
  return program;
}

export function forEachCommand(command: Command, visit: (command: Command) => void): void {
  for (const child of command.commands) {
    visit(child);
    forEachCommand(child, visit);
  }
}
