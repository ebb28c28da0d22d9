/**
 * What an admin can do, whichever door is used: page, API, shell. Types only; `app/operations.ts` joins them. Edits of
 * sources and topics are not here: they are edits of files (`config/edit-config.ts`), the same for every door.
 */
import type { Item, ItemId, Millis, Source, SourceId, StoryId, Topic, TopicEvidence, Warning } from '../model.ts';
import type { FetchRecord, FoundFeed } from './ports.ts';

/** What happened in order, for a person who wonders why a source does not work. */
export type SourceTest = {
  readonly ok: boolean;
  readonly steps: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly detail: string;
    readonly ms: number | null;
  }[];
  readonly finalUrl: string | null;
  readonly format: string | null;
  readonly title: string | null;
  readonly language: string | null;
  readonly items: readonly Item[];
  readonly total: number;
  readonly warnings: readonly Warning[];
  /** Feeds that the page names, or that were found at the usual addresses beside it, when the address is a page. */
  readonly feedsOnPage: readonly FoundFeed[];
  /** In words, with what to do; `null` when all is well. */
  readonly problem: string | null;
  readonly nextAt: Millis | null;
};

/** A list that was found on a page, best first, with the selectors that pin it (`core/scrape/find-lists`). */
export type ScrapeGuess = {
  readonly name: string;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly rules: Readonly<Record<string, unknown>>;
  readonly total: number;
  /** The first of them. */
  readonly items: readonly {
    readonly title: string | null;
    readonly url: string | null;
    readonly summary: string | null;
    readonly publishedAt: string | null;
  }[];
};

/** A list that a source's page has now, and the edit of the source (RFC 7396) that takes it. */
export type RulesProposal = ScrapeGuess & { readonly patch: { readonly scrape: Readonly<Record<string, unknown>> } };

export type TopicPreview = {
  readonly searched: number;
  readonly matched: readonly {
    readonly storyId: StoryId;
    readonly title: string;
    readonly language: string | null;
    readonly publishedAt: Millis;
    readonly evidence: readonly TopicEvidence[];
  }[];
};

export type Operations = {
  collectNow(id: SourceId): Promise<FetchRecord | 'busy' | 'unknown' | 'refused' | 'aborted'>;
  /** Nothing is stored: the preview before saving, and the test button. */
  testSource(source: Source): Promise<SourceTest>;
  /** @throws AppError fetch-failed or no-items-found */
  suggestScrape(url: string): Promise<readonly ScrapeGuess[]>;
  /**
   * The same for the page of a source, asked for as the source asks; once for each time it was collected.
   * @throws AppError not-found, fetch-failed or no-items-found
   */
  suggestRules(id: SourceId): Promise<readonly RulesProposal[]>;
  previewTopic(topic: Topic, options: { readonly days: number; readonly limit: number }): Promise<TopicPreview>;
  /** Takes items out of their story; they stay apart from what remains. @returns the action's id, for undo. */
  split(storyId: StoryId, itemIds: readonly ItemId[], by: string): Promise<string>;
  merge(storyIds: readonly StoryId[], by: string): Promise<string>;
  neverMerge(a: StoryId, b: StoryId, by: string): Promise<string>;
  undo(action: string, by: string): Promise<number>;
  readonly status: () => ServiceStatus;
};

export type ServiceStatus = {
  readonly version: string;
  readonly startedAt: Millis;
  readonly roles: readonly string[];
  readonly collecting: { readonly running: number; readonly slow: number } | null;
  readonly dedup: { readonly leading: boolean; readonly rebuilt: number } | null;
  readonly encoder: { readonly name: string; readonly detail: string };
  readonly cache: {
    readonly engine: string;
    readonly ok: boolean;
    readonly detail: string;
    readonly hits: number;
    readonly misses: number;
  };
  readonly store: { readonly engine: string; readonly ok: boolean; readonly detail: string };
  /** What is wrong with the configuration files now; the last good ones are in force. */
  readonly configProblem: string | null;
};
