import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../errors.ts';

/** OWASP's figures for scrypt: N=2^17, r=8, p=1, which takes 128 MiB. */
const cost = { N: 2 ** 17, r: 8, p: 1 };
const keyBytes = 32;
/** One hash at a time: a crowd at the door costs patience, not memory. */
let queue: Promise<unknown> = Promise.resolve();
let waiting = 0;
const waitingMax = 30;

/** @returns `scrypt$N$r$p$salt$key`, so that a later change of the figures leaves old hashes readable. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Takes the same time for a wrong password as for a missing one. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [kind, n, r, p, salt, key] = (stored ?? '').split('$');
  const known = kind === 'scrypt' && salt !== undefined && key !== undefined;
  const expected = Buffer.from(known ? key : '', 'base64url');
  const options = known ? { N: Number(n), r: Number(r), p: Number(p) } : cost;
  const derived = await derive(password, known ? Buffer.from(salt, 'base64url') : randomBytes(16), options);
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}

async function derive(password: string, salt: Uint8Array, { N, r, p }: typeof cost): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r * 2 };
  const work = () =>
    new Promise<Buffer>((resolve, reject) =>
      // Composed and decomposed letters are one password (RFC 8265).
      scrypt(password.normalize('NFC'), salt, keyBytes, options, (error, key) =>
        error ? reject(error) : resolve(key),
      ),
    );
  if (waiting >= waitingMax)
    throw new AppError('too-many-requests', 'Too many are signing in at once. Try again in a minute.');
  waiting++;
  const run = queue.then(work).finally(() => {
    waiting--;
  });
  queue = run.catch(() => undefined);
  return run;
}
