import type { Author, Enclosure, LanguageTag, Millis, PodcastField } from '../../model.ts';

/**
 * What a topic feed says, before it is RSS, Atom or JSON: the one input of the three writers. Nothing in it depends on
 * when it was built, so that equal stories give equal bytes and equal validators.
 */
export type FeedDocument = {
  /** Absolute IRI that never changes, the same on every page of the feed (`topicFeedId`). */
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  /** Language of the feed as a whole; `null` when its entries are in several. */
  readonly language: LanguageTag | null;
  /** Language of the quiet line below an entry: the first of `lang=`, else of the topic's `prefer`, else English. */
  readonly readerLanguage: LanguageTag;
  /** The topic's page. */
  readonly homeUrl: string;
  /** Address of this very document, with its query. */
  readonly selfUrl: string;
  readonly nextUrl: string | null;
  readonly hubUrls: readonly string[];
  /** `updatedAt` of the newest entry; never the time of building. */
  readonly updated: Millis;
  readonly iconUrl: string | null;
  readonly archive: FeedArchive | null;
  readonly entries: readonly FeedEntry[];
};

/**
 * A document as text: its head, each entry, its end. Joined in one string they cost as much as writing them; each by itself
 * is turned into bytes while it is still small.
 */
export type DocumentParts = readonly string[];

/** RFC 5005 §4: where the archived documents are. A subscription document has `isArchive: false`. */
export type FeedArchive = {
  /** The document's set of entries never changes again. */
  readonly isArchive: boolean;
  readonly currentUrl: string | null;
  readonly prevArchiveUrl: string | null;
  readonly nextArchiveUrl: string | null;
};

/** One story: title, text and link of one of its versions, and links to the others. */
export type FeedEntry = {
  /** `urn:uuid:…` of the story; frozen at first publication. */
  readonly id: string;
  /** The shown version's page; `null` when it has none: then the story's page stands in. */
  readonly url: string | null;
  readonly storyUrl: string;
  /** Plain text. */
  readonly title: string;
  /** Safe HTML with absolute URLs, both. */
  readonly summaryHtml: string | null;
  readonly contentHtml: string | null;
  /** Frozen at first publication. */
  readonly publishedAt: Millis;
  readonly updatedAt: Millis;
  readonly language: LanguageTag | null;
  readonly authors: readonly Author[];
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  readonly image: string | null;
  readonly sourceTitle: string;
  /** The source's home page. */
  readonly sourceUrl: string | null;
  readonly sourceFeedUrl: string | null;
  readonly commentsUrl: string | null;
  readonly podcast: readonly PodcastField[];
  readonly durationSeconds: number | null;
  /** The story's other versions. */
  readonly others: readonly OtherVersion[];
};

export type OtherVersion = {
  readonly language: LanguageTag | null;
  readonly sourceTitle: string;
  readonly title: string;
  readonly url: string;
};
