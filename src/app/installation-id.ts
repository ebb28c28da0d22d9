import { randomBytes, randomUUID } from 'node:crypto';
import type { FactStore } from '../pipeline/ports.ts';

/** Part of every feed's id, so that two installations never publish the same one. */
export async function installationId(facts: FactStore): Promise<string> {
  return keptFact(facts, 'installation', randomUUID());
}

/** Signs the addresses of pictures; every process of an installation has the same. */
export async function imageKey(facts: FactStore): Promise<string> {
  return keptFact(facts, 'image-key', randomBytes(32).toString('base64url'));
}

/** Whoever comes first decides, for ever. */
async function keptFact(facts: FactStore, key: string, proposed: string): Promise<string> {
  const known = await facts.get(key);
  if (known !== null) return known;
  await facts.compareAndSet(key, null, proposed);
  return (await facts.get(key)) ?? proposed;
}
