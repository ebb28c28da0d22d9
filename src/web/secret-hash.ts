import { hash, randomBytes } from 'node:crypto';

/** Tokens are long and random, so one round of SHA-256 is enough to keep them out of the store. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret);
}

/** @returns 256 bits, URL-safe, with a prefix that secret scanners can find. */
export function createSecret(prefix: 'nf_api' | 'nf_feed' | 'nf_session' | 'nf_setup'): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}
