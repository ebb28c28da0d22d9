import type { LiveConfig } from '../config/watch-config.ts';
import type { Cache, Store } from '../pipeline/ports.ts';

/** `reasons` keep traffic away; `warnings` are to be seen to, while everything is served all the same. */
export type Readiness = { readonly reasons: readonly string[]; readonly warnings: readonly string[] };

export async function checkReadiness({
  config,
  store,
  cache,
}: {
  readonly config: LiveConfig;
  readonly store: Store;
  readonly cache: Cache;
}): Promise<Readiness> {
  const reasons: string[] = [];
  const warnings: string[] = [];
  const problem = config.problem();
  if (problem !== null)
    warnings.push(`config stale: the files have mistakes, the last good configuration runs on: ${problem}`);
  await store.maintenance.check().catch((error: Error) => reasons.push(`store: ${error.message}`));
  const status = cache.status();
  if (!status.ok) warnings.push(`cache: ${status.detail} (feeds are served all the same)`);
  return { reasons, warnings };
}
