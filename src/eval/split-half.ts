import { createHash } from 'node:crypto';

/**
 * Which half of a labelled set a group is in: `dev` may be tuned on, `held` is only measured (test/fixtures/dedup/README.md).
 * Decided by the SHA-256 of the group's first word, so that look-alikes (`quake-crete`, `quake-noto`) stay together.
 */
export function splitHalf(group: string): 'dev' | 'held' {
  const first = group.split('-')[0] ?? group;
  const byte = createHash('sha256').update(first).digest()[0] ?? 0;
  return byte % 2 === 0 ? 'dev' : 'held';
}
