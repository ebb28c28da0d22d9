/**
 * The vocabulary: types only, no behaviour. One word per thing, no synonyms (docs/architecture.md).
 * Times inside the program are milliseconds since the epoch (`Millis`); documents carry ISO 8601 UTC (`IsoTime`).
 */

export type Millis = number;
export type IsoTime = string;
/** BCP 47, lower-case primary subtag first: `it`, `pt-BR`, `zh-Hant`. */
export type LanguageTag = string;

// ── Sources ──────────────────────────────────────────────────────────────────────────────────────────────────────

export type SourceId = string;

/** How the items of a page without a feed are found; every key optional, `{}` means: find them yourself. */
export type ScrapeRules = {
  readonly items?: string;
  readonly link?: string;
  readonly title?: string;
  readonly summary?: string;
  readonly date?: string;
  readonly image?: string;
  readonly author?: string;
  readonly content?: string;
  /** `a.next@href`: where the next page is; `pagesMax` bounds it. */
  readonly next?: string;
  readonly pagesMax?: number;
  /** The page's own article is an item too. */
  readonly article?: boolean;
  /** Regular expressions, linear in time, taken off a field: `{ title: "\\| Blog$" }`. */
  readonly strip?: Readonly<Record<string, string>>;
  /** Several lists of one page, each with its own rules. */
  readonly lists?: readonly ScrapeRules[];
};

/** A source as configured in `sources.yaml`. */
export type Source = {
  readonly id: SourceId;
  readonly url: string;
  readonly title?: string;
  readonly tags: readonly string[];
  readonly language?: LanguageTag;
  /** `adaptive`, a duration such as `20m`, or a five-field cron expression. */
  readonly schedule?: string;
  readonly timezone?: string;
  readonly paused: boolean;
  readonly fullText: boolean;
  readonly keep: readonly string[];
  readonly drop: readonly string[];
  readonly scrape?: ScrapeRules;
  readonly http: SourceHttp;
};

export type SourceHttp = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly auth?: { readonly user: string; readonly password: string };
  readonly proxy?: string;
  readonly userAgent?: string;
  /** Accept a certificate that does not verify; shown in the admin page. */
  readonly insecureTls?: boolean;
};

// ── What a document says (core/parse and core/scrape answer with it; the shape of `newsfold parse`) ───────────────

export type DocumentFormat = 'rss' | 'atom' | 'rdf' | 'json' | 'html';

export type Author = { readonly name: string | null; readonly email?: string; readonly url?: string };

export type Enclosure = { readonly url: string; readonly type: string | null; readonly length: number | null };

/** `itunes:*` and `podcast:*` values that are republished as they came: qualified name → text or attributes. */
export type PodcastField = {
  readonly name: string;
  readonly text: string | null;
  readonly attributes: Readonly<Record<string, string>>;
};

export type Alternate = { readonly language: LanguageTag; readonly url: string };

export type Warning = { readonly code: WarningCode; readonly message: string; readonly item?: number };

export type WarningCode =
  | 'malformed'
  | 'encoding'
  | 'truncated-document'
  | 'bad-date'
  | 'bad-url'
  | 'too-many-items'
  | 'too-long'
  | 'too-many-values'
  | 'unsafe-markup'
  | 'empty-item'
  | 'duplicate-id'
  | 'bad-item'
  | 'needs-javascript'
  | 'layout-changed'
  | 'no-items-found';

/** What a feed says about its own rhythm. */
export type PublishingHints = {
  readonly ttlMinutes?: number;
  readonly updatePeriodMs?: number;
  /** Hours 0–23 (GMT) and English day names in which the publisher asks not to be polled. */
  readonly skipHours?: readonly number[];
  readonly skipDays?: readonly string[];
};

export type FeedMeta = {
  readonly title: string | null;
  readonly link: string | null;
  readonly description: string | null;
  readonly language: LanguageTag | null;
  readonly updated: IsoTime | null;
  readonly id?: string;
  readonly feedUrl?: string;
  readonly image?: string;
  readonly copyright?: string;
  readonly published?: IsoTime;
  readonly authors: readonly Author[];
  readonly categories: readonly string[];
  readonly hubs: readonly string[];
  readonly hints?: PublishingHints;
  readonly podcast?: readonly PodcastField[];
};

export type ParsedItem = {
  readonly id: string | null;
  readonly url: string | null;
  /** Plain text. */
  readonly title: string | null;
  /** HTML: raw out of core/parse, safe after core/normalize's sanitizer. */
  readonly summaryHtml: string | null;
  readonly contentHtml: string | null;
  readonly publishedAt: IsoTime | null;
  readonly updatedAt: IsoTime | null;
  readonly authors: readonly Author[];
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  readonly language: LanguageTag | null;
  readonly image?: string;
  readonly commentsUrl?: string;
  readonly durationSeconds?: number;
  readonly source?: { readonly title: string | null; readonly url: string | null };
  readonly geo?: { readonly lat: number; readonly lon: number };
  /** The same text in other languages, as the publisher links it (hreflang). Evidence for the dedup. */
  readonly alternates?: readonly Alternate[];
  /** rel=canonical or og:url of the item's own page, when it was read. */
  readonly canonicalUrl?: string;
  readonly podcast?: readonly PodcastField[];
  /** The summary breaks off in mid-sentence and must never be taken for the full text. */
  readonly truncated?: boolean;
};

export type ParsedFeed = {
  readonly format: DocumentFormat;
  readonly feed: FeedMeta;
  readonly items: readonly ParsedItem[];
  readonly warnings: readonly Warning[];
};

// ── Items ────────────────────────────────────────────────────────────────────────────────────────────────────────

export type ItemId = string;

/** One post of one source, normalized: what is stored. */
export type Item = {
  readonly id: ItemId;
  readonly sourceId: SourceId;
  /** The publisher's id as it came; never resolved, never trusted across sources. */
  readonly guid: string | null;
  readonly url: string | null;
  /** `url` without tracking parameters, AMP and mobile hosts: equal for equal pages. */
  readonly canonicalUrl: string | null;
  readonly title: string;
  /** Safe HTML, absolute URLs. */
  readonly summaryHtml: string | null;
  readonly contentHtml: string | null;
  /** Plain text of summary and content for search, dedup and topics, bounded. */
  readonly text: string;
  readonly language: LanguageTag | null;
  /** As published, future dates clamped to `firstSeenAt`; `null` when the publisher gave none. */
  readonly publishedAt: Millis | null;
  readonly updatedAt: Millis | null;
  readonly firstSeenAt: Millis;
  /** `publishedAt ?? updatedAt ?? firstSeenAt`, fixed at first sight: what items are ordered by; a re-dated feed moves nothing. */
  readonly orderAt: Millis;
  readonly authors: readonly Author[];
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  readonly image: string | null;
  readonly extra: ItemExtra;
  /** Hash of everything a reader sees; a change is an edit. */
  readonly contentHash: string;
};

/** What few items have. Stored as JSON. */
export type ItemExtra = {
  readonly commentsUrl?: string;
  readonly durationSeconds?: number;
  readonly via?: { readonly title: string | null; readonly url: string | null };
  readonly geo?: { readonly lat: number; readonly lon: number };
  readonly alternates?: readonly Alternate[];
  readonly podcast?: readonly PodcastField[];
  readonly truncated?: boolean;
  /** Outbound links of the text, canonical, at most 20: evidence for the dedup. */
  readonly links?: readonly string[];
};

// ── Fetching ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Returned byte for byte in the next conditional GET. */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null };

export type FailureClass =
  | 'dns'
  | 'connect'
  | 'tls'
  | 'timeout'
  | 'status'
  | 'too-large'
  | 'bad-encoding'
  | 'truncated'
  | 'redirects'
  | 'address-refused'
  | 'robots'
  | 'protocol'
  | 'not-a-feed'
  | 'document'
  | 'aborted';

export type FetchTimings = {
  readonly dnsMs?: number;
  readonly connectMs?: number;
  readonly tlsMs?: number;
  readonly firstByteMs?: number;
  readonly totalMs: number;
};

/** What the server says about when to come again. */
export type ServerHints = {
  readonly maxAgeMs?: number;
  readonly expiresAt?: Millis;
  readonly retryAfterMs?: number;
};

export type FetchOutcome =
  | {
      readonly kind: 'modified';
      readonly status: number;
      readonly body: Uint8Array;
      readonly contentType: string | null;
      readonly validators: Validators;
      /** Where the body really came from, after redirects. */
      readonly finalUrl: string;
      /** Set when every hop was 301 or 308: the address to move to once it has been stable for days. */
      readonly permanentUrl: string | null;
      readonly hints: ServerHints;
      /** rel=hub and rel=self of the Link header. */
      readonly links: { readonly hubs: readonly string[]; readonly self: string | null };
      readonly timings: FetchTimings;
      readonly wireBytes: number;
    }
  | {
      readonly kind: 'not-modified';
      readonly status: number;
      readonly validators: Validators;
      readonly permanentUrl: string | null;
      readonly hints: ServerHints;
      readonly timings: FetchTimings;
    }
  | { readonly kind: 'gone'; readonly status: number; readonly timings: FetchTimings }
  | {
      readonly kind: 'failed';
      readonly class: FailureClass;
      readonly status: number | null;
      /** For people; no secret, no resolved internal address, no body. */
      readonly message: string;
      readonly hints: ServerHints;
      readonly timings: FetchTimings;
    };

// ── Stories ──────────────────────────────────────────────────────────────────────────────────────────────────────

export type StoryId = string;

/** Why two items are one story. Data first; `core/dedup/describe-evidence` puts it into words. */
export type Evidence =
  | { readonly kind: 'same-url'; readonly url: string }
  | { readonly kind: 'alternate'; readonly url: string; readonly language: LanguageTag }
  | { readonly kind: 'same-link'; readonly url: string }
  | { readonly kind: 'same-image'; readonly url: string }
  | { readonly kind: 'same-text'; readonly overlap: number }
  | { readonly kind: 'same-title' }
  | { readonly kind: 'agency'; readonly name: string }
  | { readonly kind: 'names'; readonly values: readonly string[] }
  | { readonly kind: 'places'; readonly values: readonly string[] }
  | { readonly kind: 'numbers'; readonly values: readonly string[] }
  /** Words with their counterparts in the other item's language. */
  | { readonly kind: 'words'; readonly pairs: readonly (readonly [string, string])[] }
  | { readonly kind: 'meaning'; readonly similarity: number; readonly encoder: string }
  | { readonly kind: 'time'; readonly minutesApart: number }
  | { readonly kind: 'probability'; readonly value: number }
  /** A veto, or what spoke against the merge. */
  | { readonly kind: 'against'; readonly reason: string; readonly values: readonly string[] }
  | { readonly kind: 'correction'; readonly by: string };

/** A person's word on two items, stronger than any evidence. Splits, merges, never-merges and pins are all made of these. */
export type Correction = {
  readonly kind: 'together' | 'apart';
  readonly a: ItemId;
  readonly b: ItemId;
  readonly by?: string;
};

export type Story = {
  /** Frozen at first publication; the same in every format, for ever. */
  readonly id: StoryId;
  /** Frozen at first publication: orders topic feeds. */
  readonly publishedAt: Millis;
  /** When the text of one of its items was last edited by its publisher; a further version does not move it. */
  readonly updatedAt: Millis;
  readonly itemCount: number;
  readonly languages: readonly LanguageTag[];
};

/** One item of a story, with why it belongs there (`with` names the item it was matched with). */
export type Version = {
  readonly item: Item;
  readonly score: number;
  readonly with: ItemId | null;
  readonly evidence: readonly Evidence[];
  readonly joinedAt: Millis;
};

export type StoryWithVersions = Story & { readonly versions: readonly Version[] };

// ── Topics ───────────────────────────────────────────────────────────────────────────────────────────────────────

export type TopicId = string;

export type Topic = {
  readonly id: TopicId;
  readonly title: string;
  readonly description?: string;
  readonly any: readonly string[];
  readonly all: readonly string[];
  readonly none: readonly string[];
  /** Free text in any language, matched by meaning alone. */
  readonly about?: string;
  readonly threshold: 'strict' | 'normal' | 'wide';
  /** One of the IPTC Media Topics' top level, by its short English name. */
  readonly subject?: string;
  /** `tag:africa` or a source id; empty means all. */
  readonly sources: readonly string[];
  readonly languages: readonly LanguageTag[];
  readonly prefer: { readonly languages: readonly LanguageTag[]; readonly sources: readonly SourceId[] };
  readonly perSourceMax: number;
  readonly private: boolean;
  /** Earlier ids of this topic: their feeds answer 301. */
  readonly formerIds: readonly TopicId[];
};

export type TopicEvidence = {
  readonly kind: 'word' | 'name' | 'place' | 'concept' | 'about' | 'subject' | 'all-items';
  /** `place` by the word for its people: libico, libyenne. */
  readonly isPeople?: true;
  /** The topic's word and what was found in the item. */
  readonly wanted: string;
  readonly found: string;
  readonly where: 'title' | 'text' | 'categories';
  readonly itemId: ItemId;
  readonly strength: number;
};

export type TopicMatch = {
  readonly topicId: TopicId;
  readonly strength: number;
  readonly evidence: readonly TopicEvidence[];
};
