/** A file system of its own that is soon full, in memory: only root may mount one. */
import { execFile } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type SmallDisk = {
  /** Owned by the user `postgres`. */
  readonly folder: string;
  /** There is space again. */
  grow(mib: number): Promise<void>;
  remove(): Promise<void>;
};

/** @returns `null` where it cannot be made. */
export async function smallDisk(mib: number): Promise<SmallDisk | null> {
  if (process.getuid?.() !== 0) return null;
  const folder = await mkdtemp(join(tmpdir(), 'newsfold-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', folder]);
  } catch {
    await rm(folder, { recursive: true });
    return null;
  }
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async flag => Number((await run('id', [flag, 'postgres'])).stdout)),
  );
  await chown(folder, uid ?? 0, gid ?? 0);
  return {
    folder,
    grow: async size => {
      await run('mount', ['-o', `remount,size=${size}m`, folder]);
    },
    remove: async () => {
      await run('umount', [folder]);
      await rm(folder, { recursive: true });
    },
  };
}

export function lackingDisk(context: Mocha.Context): never {
  console.log('      no small disk can be mounted here: a full disk under PostgreSQL is not tested');
  return context.skip();
}
