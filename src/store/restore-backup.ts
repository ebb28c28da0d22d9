import { copyFile, link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { AppError } from '../errors.ts';
import { schemaSteps } from './schema.ts';
import { isBusy, sqliteError } from './sqlite-error.ts';

/** Each is as large as a store. */
const keptMax = 100;

/**
 * Puts a backup in the place of a SQLite store that nobody uses now. What was there before stays beside it, under a name that no earlier
 * restore used. Killed at any moment, it leaves either store in its place, never none.
 * @param file as `MaintenanceStore.backup` wrote it.
 * @param path the store's file.
 * @returns where the store before is kept; `null` when there was none.
 * @throws AppError `invalid-input` when the file is no whole backup, `conflict` while a process has the store open.
 */
export async function restoreBackup(file: string, path: string): Promise<string | null> {
  checkBackup(file);
  const exists = await isThere(path);
  if (exists) checkUnused(path);
  const incoming = `${path}.restoring`;
  await mkdir(dirname(path), { recursive: true });
  await copyFile(file, incoming);
  await flush(incoming);
  const kept = exists ? await keep(path) : null;
  await rename(incoming, path);
  return kept;
}

async function keep(path: string): Promise<string> {
  const kept = await freeName(`${path}.before-restore`);
  // A second name first: the store is in its place until the backup takes it. Where there are no such names, a moment without one is all.
  await link(path, kept).catch(() => rename(path, kept));
  // Of a whole store `checkUnused` left nothing in it; of a damaged one it goes where the rest of it goes.
  if (await isThere(`${path}-wal`)) await rename(`${path}-wal`, `${kept}-wal`);
  await rm(`${path}-shm`, { force: true });
  return kept;
}

async function freeName(name: string): Promise<string> {
  for (let n = 1; n <= keptMax; n++) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    if (!(await isThere(candidate))) return candidate;
  }
  throw new AppError('conflict', `${keptMax} stores of earlier restores are kept as ${name}-…: remove some`);
}

function checkBackup(file: string): void {
  let version: unknown;
  try {
    // As it is and nothing beside it: a backup may lie on a disk that cannot be written, and leaves no log when it was only looked at.
    const address = pathToFileURL(file);
    address.searchParams.set('immutable', '1');
    const database = new DatabaseSync(address, { readOnly: true });
    try {
      const { integrity_check: integrity } = database.prepare('pragma integrity_check(1)').get() ?? {};
      if (integrity !== 'ok') throw new AppError('invalid-input', `${file} is damaged: ${String(integrity)}`);
      version = database.prepare('select version from newsfold_schema').get()?.version;
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('invalid-input', `${file} is no backup of a newsfold store`, { cause: error });
  }
  const known = schemaSteps.at(-1)?.version ?? 0;
  if (typeof version !== 'number' || version > known) {
    throw new AppError(
      'invalid-input',
      `${file} was made by a newer newsfold (schema ${String(version)}, this one knows ${known})`,
    );
  }
}

/** In WAL mode every open connection holds a lock on the file: an exclusive one can be had only when there is none. */
function checkUnused(path: string): void {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('pragma locking_mode = exclusive; begin exclusive; commit; pragma wal_checkpoint(truncate)');
  } catch (error) {
    if (isBusy(error))
      throw new AppError('conflict', `${path} is in use: stop newsfold, then restore`, { cause: error });
    // A damaged store is what backups are restored for.
    const known = sqliteError(error);
    if (!(known instanceof AppError)) throw known;
  } finally {
    database.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return (
    (await stat(path).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? null : Promise.reject(error),
    )) !== null
  );
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
