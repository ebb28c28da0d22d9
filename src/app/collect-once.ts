import type { SourceId } from '../model.ts';
import type { CollectRole } from './collect-role.ts';

export type OnceResult = { readonly collected: number; readonly failed: number };

/** Fetches each source once, `concurrency` at a time. */
export async function collectOnce(
  ids: readonly SourceId[],
  options: { readonly role: CollectRole; readonly concurrency: number; readonly signal: AbortSignal },
): Promise<OnceResult> {
  const { role, concurrency, signal } = options;
  const queue = [...ids];
  let failed = 0;
  const work = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined && !signal.aborted; id = queue.shift()) {
      const record = await role.collectNow(id, signal);
      if (typeof record === 'string' || ['failed', 'unreadable', 'gone'].includes(record.outcome)) failed++;
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, ids.length) }, work));
  return { collected: ids.length, failed };
}
