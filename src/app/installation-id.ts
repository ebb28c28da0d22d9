import { randomUUID } from 'node:crypto';
import type { FactStore } from '../pipeline/ports.ts';

/** Part of every feed's id, so that two installations never publish the same one. */
export async function installationId(facts: FactStore): Promise<string> {
  const known = await facts.get('installation');
  if (known !== null) return known;
  await facts.compareAndSet('installation', null, randomUUID());
  return (await facts.get('installation')) ?? randomUUID();
}
