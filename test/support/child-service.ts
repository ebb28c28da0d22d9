import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

export type ChildService = {
  readonly process: ChildProcess;
  readonly url: string;
  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<number | null>;
};

const main = resolve(import.meta.dirname, '../../src/main.ts');

/** `newsfold serve` as a process of its own, as its user runs it; resolves when it listens. */
export async function startChild(dir: string, environment: Record<string, string> = {}): Promise<ChildService> {
  const child = spawn(process.execPath, [main, '--config', dir, 'serve'], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NEWSFOLD_SERVER_PORT: '0',
      NEWSFOLD_STORE_URL: `sqlite:${join(dir, 'newsfold.db')}`,
      NEWSFOLD_LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((resolveUrl, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const match = /newsfold (?:is at (http:\S+)|works without a page)/.exec(said);
      if (match) resolveUrl(match[1] ?? '');
    });
    child.once('exit', code => reject(new Error(`newsfold ended with ${code}: ${said}`)));
  });
  return {
    process: child,
    url,
    kill: async signal => {
      if (signal === 'SIGSTOP' || signal === 'SIGCONT') {
        child.kill(signal);
        return null;
      }
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
      return child.exitCode;
    },
  };
}
