import type { Millis, StoryId } from '../model.ts';
import { type DedupContext, rematchStories } from './dedup-items.ts';
import type { Store } from './ports.ts';
import type { TopicRegistry } from './topic-registry.ts';

export type Rematch = {
  /** Matches one page of stored stories. @returns how many were matched; 0 when the topics and the stories agree. */
  step(): Promise<number>;
};

export type RematchProgress = {
  readonly hash: string;
  readonly done: number;
  readonly startedAt: Millis;
  readonly finishedAt: Millis | null;
  readonly before: Cursor | null;
};
type Cursor = { readonly publishedAt: Millis; readonly id: StoryId };

export const rematchFact = 'rematch';
const pageSize = 50;
const lookBackMs = 30 * 86_400_000;

/**
 * Topics changed: the stored stories of the last 30 days are matched again, newest first, a page at a time between other
 * work. Progress is durable, so a restart goes on where it was; stories keep their dates and enter a feed in the past.
 */
export function createRematch(deps: {
  readonly store: Store;
  readonly context: DedupContext;
  readonly registry: () => TopicRegistry;
  readonly now: () => Millis;
}): Rematch {
  let finishedHash: string | null = null;
  return {
    step: async () => {
      const hash = deps.registry().matchHash;
      if (hash === finishedHash) return 0;
      const stored = await deps.store.facts.get(rematchFact);
      const known = stored === null ? null : (JSON.parse(stored) as RematchProgress);
      const progress =
        known?.hash === hash ? known : { hash, done: 0, startedAt: deps.now(), finishedAt: null, before: null };
      if (progress.finishedAt !== null) {
        finishedHash = hash;
        return 0;
      }
      const page = await deps.store.stories.idsSince({
        since: deps.now() - lookBackMs,
        before: progress.before,
        limit: pageSize,
      });
      if (page.length > 0)
        await rematchStories(
          deps.context,
          page.map(({ id }) => id),
        );
      const last = page.at(-1);
      const next: RematchProgress = {
        ...progress,
        done: progress.done + page.length,
        before: last ? { publishedAt: last.publishedAt, id: last.id } : progress.before,
        finishedAt: page.length < pageSize ? deps.now() : null,
      };
      await deps.store.facts.set(rematchFact, JSON.stringify(next));
      return page.length;
    },
  };
}
