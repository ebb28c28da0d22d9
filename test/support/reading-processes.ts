import { readdir, readFile } from 'node:fs/promises';

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
  const threads = await readdir('/proc/self/task').catch(() => []);
  const children = await Promise.all(
    threads.map(id => readFile(`/proc/self/task/${id}/children`, 'utf8').catch(() => '')),
  );
  const pids = children.flatMap(text => text.trim().split(' ')).filter(pid => pid !== '');
  const commands = await Promise.all(pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.filter((_, n) => commands[n]?.includes('reader-program')).map(Number);
}
