import type { ConfigEditor } from '../config/edit-config.ts';
import type { LiveConfig } from '../config/watch-config.ts';
import type { Evidence, Millis, Source, SourceId } from '../model.ts';
import type { Operations } from '../pipeline/operations.ts';
import type { Cache, Log, Store } from '../pipeline/ports.ts';
import type { TopicRegistry } from '../pipeline/topic-registry.ts';
import type { WorkBoard } from '../pipeline/work-board.ts';
import type { FeedPublisher } from './feed-publisher.ts';
import type { ImageContext } from './images.ts';
import type { WebSubContext } from './websub.ts';

/** All that the web needs, as arguments; `app.ts` fills it. */
export type WebContext = {
  readonly config: LiveConfig;
  readonly editor: ConfigEditor;
  readonly store: Store;
  readonly cache: Cache;
  readonly registry: () => TopicRegistry;
  /** Configured sources and samples by id. */
  readonly sources: () => ReadonlyMap<SourceId, Source>;
  /** The configured title, else the feed's own, else the id. */
  readonly sourceTitle: (id: SourceId) => string;
  readonly describeEvidence: (evidence: readonly Evidence[], language: 'en' | 'it') => readonly string[];
  readonly publisher: FeedPublisher;
  readonly publicUrl: () => string;
  readonly hubUrls: () => readonly string[];
  readonly operations: Operations;
  readonly work: WorkBoard;
  /** The sample newsroom, when it is on. */
  readonly samples: { readonly origin: () => string; readonly startedAt: Millis } | null;
  /** `reasons` why this process is not ready, none when it is; `warnings` are to be seen to. */
  readonly readiness: () => Promise<{ readonly reasons: readonly string[]; readonly warnings: readonly string[] }>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
  readonly webSub: WebSubContext;
  readonly images: ImageContext;
  readonly log: Log;
  readonly now: () => Millis;
};
