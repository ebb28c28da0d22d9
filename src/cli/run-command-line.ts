import { Command, CommanderError } from 'commander';
import { printable } from '../core/text/printable.ts';
import { redact } from '../core/text/redact.ts';
import { errorCode } from '../errors.ts';
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

/** argv → one command. @returns the exit status: 0 done, 1 failed, 2 wrong usage */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  let status = 0;
  const abort = new AbortController();
  const stop = () => abort.abort(new Error('interrupted'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const shell: Shell = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    signal: abort.signal,
    finish: value => {
      status = value;
    },
  };
  process.stdout.on('error', error => {
    // `newsfold … | head` closes the pipe: that is not a failure.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(0);
  });
  try {
    await createProgram(shell).parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (abort.signal.aborted && isInterruption(error, abort.signal)) {
      shell.stderr.write('newsfold: interrupted\n');
      return 1;
    }
    if (errorCode(error) === undefined) throw error;
    shell.stderr.write(`newsfold: ${printable(redact((error as Error).message), { keepLines: true })}\n`);
    return errorCode(error) === 'usage' ? 2 : 1;
  } finally {
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
  }
}

/** The signal's own reason, or what Node makes of it; anything else that fails meanwhile is told as ever. */
function isInterruption(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}

/** Every command with its help; `docs.test.ts` and the shell completion read it too. */
export function createProgram(shell: Shell): Command {
  const program = new Command('newsfold')
    .description('A self-hosted feed aggregator: many sources, many languages, each story once.')
    .version(version)
    .option('--config <dir>', 'folder of newsfold.yaml, sources.yaml and topics.yaml (or NEWSFOLD_CONFIG_DIR)')
    .showHelpAfterError('(newsfold --help shows what there is)')
    .exitOverride()
    .configureOutput({ writeOut: text => shell.stdout.write(text), writeErr: text => shell.stderr.write(text) });
  addServiceCommands(program, shell);
  addReadingCommands(program, shell);
  addSourceCommands(program, shell);
  addTopicCommands(program, shell);
  addStoryCommands(program, shell);
  addConfigCommands(program, shell);
  addAdminCommands(program, shell);
  addCompletionCommand(program, shell);
  forEachCommand(program, command => {
    command
      .exitOverride()
      .configureOutput({ writeOut: text => shell.stdout.write(text), writeErr: text => shell.stderr.write(text) });
  });
  return program;
}

export function forEachCommand(command: Command, visit: (command: Command) => void): void {
  for (const child of command.commands) {
    visit(child);
    forEachCommand(child, visit);
  }
}
