import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

export type CommandEnd = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

const main = resolve(import.meta.dirname, '../../src/main.ts');

/** One `newsfold` command as a person runs it, in a process of its own, on the configuration in `dir`. */
export function runNewsfold(
  dir: string,
  words: readonly string[],
  options: { readonly input?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<CommandEnd> {
  const child = spawn(process.execPath, [main, '--config', dir, ...words], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NEWSFOLD_STORE_URL: `sqlite:${join(dir, 'newsfold.db')}`,
      ...options.environment,
    },
    timeout: 60_000,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', chunk => {
    stdout += String(chunk);
  });
  child.stderr.on('data', chunk => {
    stderr += String(chunk);
  });
  child.stdin.on('error', () => undefined); // a command that reads nothing has closed it
  child.stdin.end(options.input ?? '');
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('close', status => done({ status, stdout, stderr }));
  });
}
