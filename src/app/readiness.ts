import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveConfig } from '../config/watch-config.ts';
import type { Cache, Store } from '../pipeline/ports.ts';

/** `reasons` keep traffic away; `warnings` are to be seen to, while everything is served all the same. */
export type Readiness = { readonly reasons: readonly string[]; readonly warnings: readonly string[] };

/** Whoever asks gives up soon himself: a load balancer, Kubernetes, `docker compose`. */
const checkWithinMs = 3_000;

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
  const late = new AbortController();
  const checked = store.maintenance.check().then(
    () => null,
    (error: Error) => error.message,
  );
  const silent = `it does not answer (${checkWithinMs / 1000} s waited)`;
  const tired = sleep(checkWithinMs, silent, { signal: late.signal }).catch(() => silent);
  const storeProblem = await Promise.race([checked, tired]);
  late.abort();
  if (storeProblem !== null) reasons.push(`store: ${storeProblem}`);
  const status = cache.status();
  if (!status.ok) warnings.push(`cache: ${status.detail} (feeds are served all the same)`);
  return { reasons, warnings };
}
