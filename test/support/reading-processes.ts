import { readFile } from 'node:fs/promises';
import { childrenOf } from './child-processes.ts';

/** @returns whether it was there */
export function killProcess(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
    return false;
  }
}

/** The children of this process that read documents; none where there is no /proc. */
export async function readingProcesses(): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const pids = childrenOf(process.pid);
  const commands = await Promise.all(pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.filter((_, n) => commands[n]?.includes('reader-program'));
}
