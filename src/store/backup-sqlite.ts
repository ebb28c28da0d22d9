import { realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { backup, type DatabaseSync } from 'node:sqlite';
import { AppError } from '../errors.ts';
import { isFull, isUnwritable, sqliteError } from './sqlite-error.ts';

const pagesPerTurn = 256;

type Backup = {
  /** The store's own file. */
  readonly path: string;
  readonly file: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
};

/**
 * Copies a store that is in use. Written beside its place and moved there when it is whole: no reader ever sees half a backup, and one
 * that was there before stays until then.
 * @throws AppError `invalid-input` when the file cannot be written, `store-full` when its disk is full.
 */
export async function backupSqlite(database: DatabaseSync, { path, file, signal, onProgress }: Backup): Promise<void> {
  signal.throwIfAborted();
  await checkPlace(path, file);
  const part = `${file}.part`;
  try {
    await rm(part, { force: true });
    await backup(database, part, {
      rate: pagesPerTurn,
      progress({ totalPages, remainingPages }) {
        onProgress?.(totalPages - remainingPages, totalPages);
        // Thrown inside the callback it ends the copy.
        signal.throwIfAborted();
      },
    });
    signal.throwIfAborted();
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined); // what happened first is what is told
    throw backupError(error, file);
  }
}

/** Before a byte is written: a backup that is moved over the store itself would be the loss it is made against. */
async function checkPlace(path: string, file: string): Promise<void> {
  const folder = await realpath(dirname(file)).catch(() => null);
  if (folder === null) {
    throw new AppError('invalid-input', `there is no folder ${dirname(file)} for the backup: make it, or name another`);
  }
  const there = await stat(file).catch(() => null);
  if (there?.isDirectory()) {
    throw new AppError('invalid-input', `${file} is a folder: name the file in it that the backup is written to`);
  }
  const own = await realpath(path).catch(() => null);
  const target = await realpath(file).catch(() => join(folder, basename(file)));
  if (own !== null && [own, `${own}-wal`, `${own}-shm`].includes(target)) {
    throw new AppError('invalid-input', `${file} is the store itself: name another file for the backup`);
  }
}

/** The store's own words would send people to the store, where nothing is wrong. */
function backupError(error: unknown, file: string): unknown {
  if (isFull(error)) {
    return new AppError('store-full', `the disk of ${file} is full: free some space there, then back up again`, {
      cause: error,
    });
  }
  if (isUnwritable(error)) {
    return new AppError(
      'invalid-input',
      `${file} cannot be written: check that its folder may be written to, or name another`,
      { cause: error },
    );
  }
  return sqliteError(error);
}
