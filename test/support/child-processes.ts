import { readdirSync, readFileSync } from 'node:fs';

/** The processes that a process has started and that still run, by the kernel's own list (proc_pid_task(5)). @throws where there is no /proc or no such process */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap(thread => {
    const text = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  });
}
