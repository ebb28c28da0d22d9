import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { LeaseStore } from '../pipeline/ports.ts';

/** Names this process in leases: `machine/pid/random`, so that another process of the machine can tell whether it lives. */
export function holderName(): string {
  return `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
}

/**
 * After a kill -9 the leases of the dead would keep their sources waiting until they run out. Those of this machine's dead
 * processes are freed at once; a container's restarted process has the pid of the one before it, which is just as dead.
 */
export async function forgetDeadHolders(leases: LeaseStore, self: string): Promise<readonly string[]> {
  const [machine] = self.split('/');
  const dead = (await leases.holders()).filter(holder => {
    const [host, pid] = holder.split('/');
    return holder !== self && host === machine && (Number(pid) === process.pid || !isAlive(Number(pid)));
  });
  for (const holder of dead) await leases.forgetHolder(holder);
  return dead;
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
