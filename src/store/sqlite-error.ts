import { AppError } from '../errors.ts';

// Primary result codes, https://www.sqlite.org/rescode.html
const busy = 5;
const locked = 6;
const readonly = 8;
const ioerr = 10;
const corrupt = 11;
const full = 13;
const cantOpen = 14;
const notADatabase = 26;
// Extended codes that a full disk shows itself by besides SQLITE_FULL.
const ioerrWrite = 778;
const ioerrShmSize = 4874;

const unusable: Readonly<Record<number, string>> = {
  [busy]: 'another process keeps the store locked; if it hangs, end it',
  [locked]: 'the store is locked; if another process hangs, end it',
  [readonly]: 'the store is read-only: check the owner and mode of its file and folder',
  [ioerr]: 'the disk of the store reports an error: check the disk',
  [corrupt]: 'the store is damaged: restore a backup (newsfold restore)',
  [cantOpen]: 'the store cannot be opened: check that its folder exists and may be written to',
  [notADatabase]: 'the file is not a store: check store.url',
};

/** @returns an `AppError` for what the disk or another process causes, else the error itself. */
export function sqliteError(error: unknown): unknown {
  const code = resultCode(error);
  if (code === undefined) return error;
  if (isFull(error)) {
    return new AppError('store-full', 'the disk of the store is full: free some space, the service goes on by itself', {
      cause: error,
    });
  }
  const words = unusable[code & 0xff];
  return words === undefined ? error : new AppError('store-unavailable', words, { cause: error });
}

/** True when another connection holds the lock that was asked for. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error instanceof AppError ? error.cause : error);
  return code !== undefined && (code & 0xff) === busy;
}

/** True when there is no space for what was to be written. */
export function isFull(error: unknown): boolean {
  const code = resultCode(error);
  return code === full || code === ioerrWrite || code === ioerrShmSize || systemCode(error) === 'ENOSPC';
}

/** True when a file cannot be opened or made by this user. */
export function isUnwritable(error: unknown): boolean {
  const code = resultCode(error);
  if (code !== undefined) return [cantOpen, readonly].includes(code & 0xff);
  return ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR'].includes(systemCode(error) ?? '');
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}
