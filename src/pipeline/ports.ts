/**
 * What the pipeline needs from the outside world: types only. Adapters (`store/`, `cache/`, `fetch/`, `reader/`) implement
 * them, `app.ts` joins them, tests pass real ones. Every call may reject with an `AppError`; existence is never guessed:
 * a `get` that finds nothing answers `null`, an outage rejects.
 */
import type {
  Evidence,
  FeedMeta,
  FetchOutcome,
  Item,
  ItemId,
  LanguageTag,
  Millis,
  Source,
  SourceId,
  StoryId,
  StoryWithVersions,
  TopicEvidence,
  TopicId,
  Validators,
  Warning,
} from '../model.ts';

// ── Reader: bytes → normalized items, in a process that can be ended ─────────────────────────────────────────────

/** What is known of a source's items, so that an unchanged one costs nothing. */
export type KnownItem = {
  readonly itemId: ItemId;
  /** Identity keys, strongest first (core/normalize/identity). */
  readonly keys: readonly string[];
  /** Hash of the item as parsed; equal means: nothing to do. */
  readonly rawHash: string;
  readonly contentHash: string;
  readonly firstSeenAt: Millis;
  readonly orderAt: Millis;
  /** Deleted or pruned: must not come back. */
  readonly deleted: boolean;
};

export type ReadRequest = {
  readonly source: Pick<Source, 'id' | 'language' | 'scrape' | 'keep' | 'drop' | 'timezone'>;
  /** Handed over: it may be empty afterwards. */
  readonly body: Uint8Array;
  readonly contentType: string | null;
  readonly url: string;
  readonly known: readonly KnownItem[];
  readonly now: Millis;
};

export type ReadItem = {
  readonly change: 'new' | 'edited';
  readonly item: Item;
  readonly keys: readonly string[];
  readonly rawHash: string;
};

export type ReadResult = {
  readonly format: 'rss' | 'atom' | 'rdf' | 'json' | 'html';
  readonly feed: FeedMeta;
  /** New and edited ones only, in document order. */
  readonly items: readonly ReadItem[];
  /** How many items the document had, and when the ones with a date were published (for the schedule). */
  readonly total: number;
  readonly publishedAts: readonly Millis[];
  readonly refusedByWords: number;
  readonly warnings: readonly Warning[];
  /** The next page of a scraped list. */
  readonly nextUrl: string | null;
};

export type ReadOutcome =
  | { readonly kind: 'read'; readonly result: ReadResult }
  | {
      readonly kind: 'unreadable';
      readonly code: string;
      readonly message: string;
      readonly feedsOnPage: readonly FoundFeed[];
    };

export type FoundFeed = { readonly url: string; readonly title: string | null; readonly type: string | null };

export type ArticleRead = {
  readonly title: string | null;
  readonly contentHtml: string | null;
  readonly authors: readonly string[];
  readonly publishedAt: Millis | null;
  readonly image: string | null;
  readonly language: LanguageTag | null;
  readonly canonicalUrl: string | null;
  readonly alternates: readonly { readonly language: LanguageTag; readonly url: string }[];
};

export type Reader = {
  read(request: ReadRequest, options: { signal: AbortSignal }): Promise<ReadOutcome>;
  /** The main text of an item's own page (`fullText`, `article`); `null` when there is none to find. */
  readArticle(
    page: {
      readonly body: Uint8Array;
      readonly contentType: string | null;
      readonly url: string;
      readonly now: Millis;
    },
    options: { signal: AbortSignal },
  ): Promise<ArticleRead | null>;
  close(): Promise<void>;
};

// ── Fetcher ──────────────────────────────────────────────────────────────────────────────────────────────────────

export type Fetcher = {
  fetchSource(
    request: {
      readonly url: string;
      readonly validators: Validators;
      readonly http: Source['http'];
      /** The configured address: to another origin than this one `http`'s secrets do not go. */
      readonly secretsFor?: string;
      readonly subscribers?: number;
      readonly accept?: string;
    },
    options: { signal: AbortSignal },
  ): Promise<FetchOutcome>;
};

// ── Store ────────────────────────────────────────────────────────────────────────────────────────────────────────

export type SourceHealth = 'new' | 'ok' | 'failing' | 'gone' | 'paused' | 'layout-changed' | 'silent';

/** What the service knows about a source; the configuration is not repeated here. */
export type SourceState = {
  readonly sourceId: SourceId;
  /** The address polled now: the configured one, or where it permanently moved. */
  readonly url: string;
  readonly configuredUrl: string;
  readonly host: string;
  readonly title: string | null;
  readonly link: string | null;
  readonly language: LanguageTag | null;
  readonly format: string | null;
  readonly validators: Validators;
  /** Hash of the last body: finds servers that ignore validators. */
  readonly bodyHash: string | null;
  readonly nextAt: Millis;
  readonly nextReason: string;
  readonly health: SourceHealth;
  /** In words, with what to do; `null` when all is well. */
  readonly problem: string | null;
  readonly failures: number;
  readonly lastFetchAt: Millis | null;
  readonly lastSuccessAt: Millis | null;
  readonly lastNewItemAt: Millis | null;
  readonly itemCount: number;
  /** core/schedule's memory and other small facts, opaque to the store. */
  readonly memory: Readonly<Record<string, unknown>>;
  readonly paused: boolean;
};

export type SourceClaim = {
  readonly state: SourceState;
  /** Fencing token: a save with an older token is refused. */
  readonly token: number;
};

export type FetchRecord = {
  readonly sourceId: SourceId;
  readonly at: Millis;
  readonly durationMs: number;
  readonly outcome: 'modified' | 'same-body' | 'not-modified' | 'gone' | 'failed' | 'unreadable';
  readonly status: number | null;
  readonly bytes: number;
  readonly itemsTotal: number;
  readonly itemsNew: number;
  readonly itemsEdited: number;
  readonly message: string | null;
  readonly warnings: readonly Warning[];
};

/** Everything one fetch changes, saved in ONE transaction: items with their validators, or nothing. */
export type FetchSave = {
  readonly sourceId: SourceId;
  readonly token: number;
  readonly state: Partial<Omit<SourceState, 'sourceId' | 'itemCount'>>;
  readonly items: readonly ReadItem[];
  readonly record: FetchRecord;
};

export type SourceStore = {
  /** Makes the states agree with the configuration: adds, marks changed addresses due, forgets removed ones' schedule (their items stay). */
  sync(sources: readonly Pick<Source, 'id' | 'url' | 'paused'>[], now: Millis): Promise<void>;
  /** Due sources, at most `perHost` of a host counting those already leased, leased in one statement. */
  claimDue(options: {
    readonly now: Millis;
    readonly limit: number;
    readonly perHost: number;
    readonly holder: string;
    readonly leaseMs: number;
  }): Promise<readonly SourceClaim[]>;
  /** Claims one source whether due or not ("collect now"); `null` while somebody else holds it. */
  claim(
    sourceId: SourceId,
    options: { readonly now: Millis; readonly holder: string; readonly leaseMs: number },
  ): Promise<SourceClaim | null>;
  /** Gives claims back unfetched (shutdown). */
  release(claims: readonly { readonly sourceId: SourceId; readonly token: number }[]): Promise<void>;
  /** @returns `refused` when the lease was lost: nothing was written. */
  save(save: FetchSave): Promise<'saved' | 'refused'>;
  /** Known items of a source: the latest `limit` by last sight, plus tombstones among them. */
  known(sourceId: SourceId, limit: number): Promise<readonly KnownItem[]>;
  get(sourceId: SourceId): Promise<SourceState | null>;
  list(): Promise<readonly SourceState[]>;
  requestNow(sourceId: SourceId, now: Millis): Promise<void>;
  /** None of these hosts' sources is due before `until`; what is due later, or never again, stays so. */
  postpone(hosts: readonly string[], until: Millis): Promise<void>;
  nextDueAt(): Promise<Millis | null>;
  history(sourceId: SourceId, limit: number): Promise<readonly FetchRecord[]>;
  /** New items a day for the last `days` days, oldest first: the sparkline. */
  itemsPerDay(days: number, now: Millis): Promise<ReadonlyMap<SourceId, readonly number[]>>;
};

/** An item as the dedup stage sees it. */
export type StoredItem = {
  readonly seq: number;
  readonly item: Item;
  /** Grows with every edit; given back with the assignment, so that an edit in between is not lost. */
  readonly revision?: number;
};

/** What the dedup reads of an item; `text` may be its opening only. */
export type DedupItem = Pick<
  Item,
  'id' | 'sourceId' | 'language' | 'title' | 'text' | 'canonicalUrl' | 'orderAt' | 'image' | 'extra' | 'authors'
>;

/** An item of the dedup's window. */
export type AssignedItem = {
  readonly seq: number;
  readonly id: ItemId;
  readonly sourceId: SourceId;
  readonly storyId: StoryId;
  /** By which reading it was kept. */
  readonly reader: string;
  /** Null when nothing was kept, or the item was edited since. */
  readonly kept: Uint8Array | null;
};

export type ItemStore = {
  get(id: ItemId): Promise<Item | null>;
  /** Items without a story, in order of arrival. */
  undeduped(limit: number): Promise<readonly StoredItem[]>;
  /** Items whose title, text or language changed after they had a story: match its topics again, then name them in `DedupSave.edited`. */
  edited(limit: number): Promise<readonly (StoredItem & { readonly storyId: StoryId })[]>;
  /**
   * Assigned items since a time, in order of arrival, for rebuilding the engine: pages of `limit` after `afterSeq`, with what was kept of
   * each (`DedupSave.kept`) and nothing else. A window may hold a million.
   */
  assignedSince(options: {
    readonly since: Millis;
    readonly afterSeq: number;
    readonly limit: number;
  }): Promise<readonly AssignedItem[]>;
  /** How many items something is kept of, for the engine to make room: nearly all of the window. */
  keptSince(since: Millis): Promise<number>;
  /** What the dedup reads of items, of each text the first `textMax` characters; deleted ones are left out. */
  openings(
    ids: readonly ItemId[],
    textMax: number,
  ): Promise<readonly { readonly item: DedupItem; readonly revision: number }[]>;
  /** Items whose own page should be read (`fullText`), oldest first. */
  awaitingArticle(options: {
    readonly sourceIds: readonly SourceId[];
    readonly limit: number;
    readonly now: Millis;
  }): Promise<readonly Item[]>;
  saveArticle(id: ItemId, article: { readonly item: Item | null; readonly tryAgainAt: Millis | null }): Promise<void>;
  /** Deletes an item and keeps its tombstone; its story keeps id and other versions. */
  delete(id: ItemId): Promise<void>;
};

export type StoryAssignment = {
  readonly itemId: ItemId;
  readonly storyId: StoryId;
  readonly with: ItemId | null;
  readonly score: number;
  readonly evidence: readonly Evidence[];
  /** As read (`StoredItem.revision`); without it the assignment counts for whatever text the item has now. */
  readonly revision?: number;
};

export type StoryTopic = {
  readonly topicId: TopicId;
  readonly strength: number;
  readonly evidence: readonly TopicEvidence[];
};

/** One batch of the dedup stage, in ONE transaction, refused when the dedup lease (`fence`, of the lease named `dedup`) was lost. */
export type DedupSave = {
  readonly fence: number | null;
  readonly now: Millis;
  readonly assignments: readonly StoryAssignment[];
  /** `from` becomes an alias of `into`; the elder's id and date stay. */
  readonly merges: readonly {
    readonly from: StoryId;
    readonly into: StoryId;
    readonly evidence: readonly Evidence[];
  }[];
  readonly splits: readonly {
    readonly from: StoryId;
    readonly into: StoryId;
    readonly itemIds: readonly ItemId[];
    readonly evidence: readonly Evidence[];
  }[];
  /** The whole set of topics of each story named; dates of earlier matches are kept. */
  readonly topics: readonly { readonly storyId: StoryId; readonly topics: readonly StoryTopic[] }[];
  /** What the dedup keeps of items, so that a restart need not read them again; of one edited meanwhile nothing is kept. */
  readonly kept?: {
    readonly reader: string;
    readonly items: readonly { readonly itemId: ItemId; readonly revision?: number; readonly bytes: Uint8Array }[];
  };
  /** Edits that were looked at (`ItemStore.edited`); one edited again meanwhile stays in the queue. */
  readonly edited?: readonly { readonly itemId: ItemId; readonly revision: number }[];
};

export type StoryQuery = {
  /** `all` or a topic's id. */
  readonly topic?: TopicId;
  readonly limit: number;
  /** Cursor: stories before this one in the order (publishedAt desc, id desc). */
  readonly before?: { readonly publishedAt: Millis; readonly id: StoryId };
  readonly since?: Millis;
  readonly sourceIds?: readonly SourceId[];
  readonly languages?: readonly LanguageTag[];
  /** Full-text search in title and text. */
  readonly q?: string;
};

export type StoryStore = {
  save(save: DedupSave): Promise<'saved' | 'refused'>;
  page(query: StoryQuery): Promise<readonly StoryWithVersions[]>;
  /** Follows aliases: a merged story's id answers with the story it went into. */
  get(id: StoryId): Promise<StoryWithVersions | null>;
  /** Why the story is in its topics. */
  topicsOf(id: StoryId): Promise<readonly (StoryTopic & { readonly addedAt: Millis })[]>;
  /**
   * Changes whenever the content of the topic's feed may have changed (a story added, edited, merged, split, deleted,
   * pruned). Cheap: asked at every request. `changedAt` becomes Last-Modified; 0 for a topic that never had a story.
   */
  topicVersion(topic: TopicId): Promise<{ readonly version: string; readonly changedAt: Millis }>;
  topicCounts(
    since: Millis,
  ): Promise<ReadonlyMap<TopicId, { readonly stories: number; readonly latestAt: Millis | null }>>;
  /** Stories per day and topic for charts, oldest first. */
  storiesPerDay(topic: TopicId, days: number, now: Millis): Promise<readonly number[]>;
  /** Stories that must be matched again because topics changed: ids in pages, newest first. */
  idsSince(options: {
    readonly since: Millis;
    readonly before: { readonly publishedAt: Millis; readonly id: StoryId } | null;
    readonly limit: number;
  }): Promise<readonly { readonly id: StoryId; readonly publishedAt: Millis }[]>;
};

/** A person's word on what belongs together; survives refetch, restart and re-clustering. */
export type StoredCorrection = {
  readonly id: string;
  readonly kind: 'together' | 'apart';
  readonly a: ItemId;
  readonly b: ItemId;
  readonly at: Millis;
  readonly by: string;
  readonly undoneAt: Millis | null;
  /** Groups the pairs that one click made, for undo. */
  readonly action: string;
};

export type CorrectionStore = {
  add(corrections: readonly StoredCorrection[]): Promise<void>;
  undo(action: string, now: Millis): Promise<number>;
  list(options?: { readonly includeUndone?: boolean }): Promise<readonly StoredCorrection[]>;
};

export type AuditEntry = {
  readonly id: number;
  readonly at: Millis;
  readonly by: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

export type AuditStore = {
  add(entry: Omit<AuditEntry, 'id'>): Promise<void>;
  list(options: { readonly limit: number; readonly beforeId?: number }): Promise<readonly AuditEntry[]>;
};

export type AccessToken = {
  readonly id: string;
  /** SHA-256 of the secret, hex; the secret itself is shown once and never stored. */
  readonly hash: string;
  readonly kind: 'api' | 'feed' | 'session' | 'setup';
  readonly scope: 'read' | 'write' | 'admin';
  readonly topicId: TopicId | null;
  readonly label: string;
  readonly createdAt: Millis;
  readonly expiresAt: Millis | null;
  readonly lastUsedAt: Millis | null;
  readonly revokedAt: Millis | null;
};

export type TokenStore = {
  add(token: AccessToken): Promise<void>;
  findByHash(hash: string): Promise<AccessToken | null>;
  list(kind: AccessToken['kind']): Promise<readonly AccessToken[]>;
  revoke(id: string, now: Millis): Promise<void>;
  touch(id: string, now: Millis): Promise<void>;
  prune(now: Millis): Promise<number>;
};

/** Small durable facts: password hash, topic tombstones, the rematch's progress. */
export type FactStore = {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** @returns false when the stored value was not `expected`. */
  compareAndSet(key: string, expected: string | null, value: string): Promise<boolean>;
  list(prefix: string): Promise<ReadonlyMap<string, string>>;
};

/** One holder at a time, with a fencing number that only grows. */
export type LeaseStore = {
  acquire(
    name: string,
    options: { readonly holder: string; readonly now: Millis; readonly leaseMs: number },
  ): Promise<number | null>;
  renew(
    name: string,
    options: { readonly holder: string; readonly fence: number; readonly now: Millis; readonly leaseMs: number },
  ): Promise<boolean>;
  release(name: string, options: { readonly holder: string; readonly fence: number }): Promise<void>;
  /** Everybody who holds a lease or a source now. */
  holders(): Promise<readonly string[]>;
  /** Frees all that a holder known to be dead still holds. Its fences stay old, so a late write of its is refused all the same. */
  forgetHolder(holder: string): Promise<void>;
};

export type HubSubscription = {
  /** `in`: we subscribed to a source's hub; `out`: somebody subscribed to our topic feed. */
  readonly direction: 'in' | 'out';
  /** Source id, or the callback address. */
  readonly key: string;
  readonly topicUrl: string;
  readonly hubUrl: string | null;
  readonly secret: string | null;
  readonly state: 'pending' | 'active' | 'denied';
  readonly expiresAt: Millis | null;
  readonly memory: Readonly<Record<string, unknown>>;
};

export type HubStore = {
  put(subscription: HubSubscription): Promise<void>;
  get(direction: 'in' | 'out', key: string, topicUrl: string): Promise<HubSubscription | null>;
  list(direction: 'in' | 'out'): Promise<readonly HubSubscription[]>;
  delete(direction: 'in' | 'out', key: string, topicUrl: string): Promise<void>;
};

export type StoreStats = {
  readonly items: number;
  readonly stories: number;
  readonly foldedItems: number;
  readonly undeduped: number;
  readonly bytes: number | null;
  readonly freeBytes: number | null;
  readonly languages: readonly { readonly language: string; readonly items: number }[];
  /** Hourly for the last 48 hours, oldest first. */
  readonly itemsPerHour: readonly number[];
  readonly storiesPerHour: readonly number[];
  /** How long fetches took, milliseconds an hour; `null` in an hour without fetches. */
  readonly fetchMs: { readonly median: readonly (number | null)[]; readonly p95: readonly (number | null)[] };
  readonly cacheReads: readonly { readonly hits: number; readonly misses: number }[];
  /** Items that waited to be folded, on average; `null` in an hour in which nobody looked. */
  readonly queuePerHour: readonly (number | null)[];
  readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
  readonly mergesByKind: readonly { readonly kind: string; readonly count: number }[];
};

export type HourlySum = 'cache:hits' | 'cache:misses' | 'queue:sum' | 'queue:looks';

export type MaintenanceStore = {
  /** One small batch of retention; call until it answers 0. Pruned items leave tombstones so that they never return. */
  prune(options: {
    readonly olderThan: Millis;
    readonly perSourceMax: number;
    readonly batch: number;
    readonly now: Millis;
    /** What the dedup keeps of items first seen before is forgotten; the items stay. */
    readonly windowFrom?: Millis;
  }): Promise<number>;
  stats(now: Millis): Promise<StoreStats>;
  /** Adds to the sums of this hour: `cache:hits`, `cache:misses`, `queue:sum`, `queue:looks`. */
  note(sums: Readonly<Record<HourlySum, number>>, now: Millis): Promise<void>;
  /** Online copy to a file (SQLite only; PostgreSQL rejects with what to use instead). */
  backup(
    file: string,
    options: { signal: AbortSignal; onProgress?: (done: number, total: number) => void },
  ): Promise<void>;
  /** Throws when the store cannot be read or written now. */
  check(): Promise<void>;
};

export type Store = {
  readonly engine: 'sqlite' | 'postgres';
  readonly sources: SourceStore;
  readonly items: ItemStore;
  readonly stories: StoryStore;
  readonly corrections: CorrectionStore;
  readonly audit: AuditStore;
  readonly tokens: TokenStore;
  readonly facts: FactStore;
  readonly leases: LeaseStore;
  readonly hubs: HubStore;
  readonly maintenance: MaintenanceStore;
  close(): Promise<void>;
};

// ── Cache ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Must be losable: flush it, and only latency changes. `undefined` means miss; failures are misses, never rejections. */
export type Cache = {
  readonly engine: 'memory' | 'redis';
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, value: Uint8Array, ttlMs: number): Promise<void>;
  delete(key: string): Promise<void>;
  /** One computation per key at a time, whoever asks: in all processes that share the cache, in each while it is away. The result is cached. */
  getOrCompute(key: string, ttlMs: number, compute: () => Promise<Uint8Array>): Promise<Uint8Array>;
  /** Counts one event in a window shared by all processes; `null` when no shared counter is available. */
  count(key: string, windowMs: number): Promise<number | null>;
  /** Change notices between processes. */
  publish(channel: string, message: string): void;
  subscribe(channel: string, listener: (message: string) => void): () => void;
  status(): {
    readonly ok: boolean;
    readonly detail: string;
    readonly hits: number;
    readonly misses: number;
    /** Values that this process computed for `getOrCompute`. */
    readonly computed: number;
  };
  close(): Promise<void>;
};

// ── Log ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One structured line per unit of work. Values are data, never glued into the message: a hostile title cannot forge a line. */
export type Log = {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
};
