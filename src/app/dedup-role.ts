import type { LiveConfig } from '../config/watch-config.ts';
import { createDedupEngine, type DedupEngine } from '../core/dedup/engine.ts';
import { readerVersion } from '../core/dedup/reader-version.ts';
import type { Lexicon } from '../core/lexicon/lexicon.ts';
import { type CompiledTopics, compileTopics } from '../core/topics/compile-topics.ts';
import type { Millis, Source, SourceId, TopicId } from '../model.ts';
import { type DedupContext, dedupItems, saveChanges, settleStories } from '../pipeline/dedup-items.ts';
import type { Log, Store } from '../pipeline/ports.ts';
import { rebuildEngine } from '../pipeline/rebuild-engine.ts';
import { createRematch, type Rematch } from '../pipeline/rematch-topics.ts';
import type { TopicRegistry } from '../pipeline/topic-registry.ts';
import { createDeduper, type Deduper } from '../worker/deduper.ts';

export type DedupRole = { readonly deduper: Deduper; readonly rematch: Rematch };

export type DedupRoleDeps = {
  readonly config: LiveConfig;
  readonly store: Store;
  readonly lexicon: () => Promise<Lexicon>;
  readonly registry: () => TopicRegistry;
  readonly sources: () => ReadonlyMap<SourceId, Source>;
  /** With its model: vectors of different encoders are never compared. */
  readonly encoder: string;
  readonly encode: DedupContext['encode'];
  readonly holder: string;
  readonly log: Log;
  readonly now: () => Millis;
  readonly onTouched: (topics: readonly TopicId[]) => void;
};

/** Items per step: long enough to be quick, short enough that a stop never waits. */
const batch = 100;

export function createDedupRole(deps: DedupRoleDeps): DedupRole {
  const { store, log, now } = deps;
  let engine: DedupEngine | null = null;
  let fence: number | null = null;
  let compiled: { readonly hash: string; readonly topics: CompiledTopics } | null = null;
  let correctionsSeen = '';
  let lexicon: Lexicon | null = null;
  let reader: string | null = null;

  const required = <T>(value: T | null): T => {
    if (value === null) throw new Error('the dedup works only after it was rebuilt');
    return value;
  };
  const topics = (): CompiledTopics => {
    const registry = deps.registry();
    if (compiled?.hash !== registry.matchHash) {
      compiled = { hash: registry.matchHash, topics: compileTopics(registry.topics, { lexicon: required(lexicon) }) };
    }
    return compiled.topics;
  };
  const context: DedupContext = {
    store,
    get engine() {
      return required(engine);
    },
    topics,
    tagsOf: id => deps.sources().get(id)?.tags ?? [],
    now,
    fence: () => fence,
    reader: () => required(reader),
    encode: deps.encode,
  };
  const rematch = createRematch({ store, context, registry: deps.registry, now });

  const deduper = createDeduper({
    leases: store.leases,
    holder: deps.holder,
    now,
    log,
    rebuild: async (won, { signal, keepLease }) => {
      const { settings } = deps.config.current();
      lexicon = await deps.lexicon();
      reader ??= readerVersion(lexicon);
      engine = createDedupEngine({ lexicon, windowMs: settings.dedup.window, encoder: deps.encoder });
      fence = won;
      correctionsSeen = '';
      const rebuilt = await rebuildEngine(context, { windowMs: settings.dedup.window, signal, onPage: keepLease });
      if (rebuilt.readAnew > 0) log.info('dedup read items anew', rebuilt);
      return rebuilt.items;
    },
    step: signal => dedupItems(context, { batch, signal }),
    settle: () => {
      required(engine).expire(now());
      return settleStories(context);
    },
    correct: async () => {
      const corrections = await store.corrections.list();
      const key = corrections.map(({ id }) => id).join(' ');
      if (key === correctionsSeen) return saveChanges(context, []);
      correctionsSeen = key;
      return saveChanges(context, required(engine).constrain(corrections));
    },
    rematch: () => rematch.step(),
    onTouched: deps.onTouched,
  });
  return { deduper, rematch };
}
