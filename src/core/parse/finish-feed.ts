import type {
  Author,
  DocumentFormat,
  FeedMeta,
  ParsedFeed,
  ParsedItem,
  PublishingHints,
  Warning,
  WarningCode,
} from '../../model.ts';
import type { FeedDraft, ItemDraft, Warn } from './draft.ts';

/** Warnings of a document, counted and bounded; `item` is the position of the item being read. */
export class WarningList {
  readonly warnings: Warning[] = [];
  #item: number | null = null;
  readonly #countMax: number;

  constructor(countMax: number) {
    this.#countMax = countMax;
  }

  at(item: number | null): void {
    this.#item = item;
  }

  readonly warn: Warn = (code: WarningCode, message: string): void => {
    if (this.warnings.length >= this.#countMax) return;
    this.warnings.push(this.#item === null ? { code, message } : { code, message, item: this.#item });
  };
}

/** Drafts → the document's model. Missing is `null` or left out; no key is `undefined`. */
export function finishFeed(options: {
  format: DocumentFormat;
  feed: FeedDraft;
  feedLanguage: string | null;
  items: readonly { readonly draft: ItemDraft; readonly language: string | null }[];
  warnings: WarningList;
}): ParsedFeed {
  const language = options.feed.get('language') ?? options.feedLanguage;
  const feed = finishMeta(options.feed, language);
  const items = options.items.map(({ draft, language: own }, index) => {
    options.warnings.at(index);
    // `xml:lang` of the document is inherited by way of the feed, whose own `language` is the better word.
    const inherited = own !== null && own !== options.feedLanguage ? own : language;
    return finishItem(draft, {
      language: inherited,
      feedAuthors: options.format === 'atom' ? feed.authors : [],
      warn: options.warnings.warn,
    });
  });
  warnOfDuplicates(items, options.warnings);
  return { format: options.format, feed, items, warnings: options.warnings.warnings };
}

function finishMeta(draft: FeedDraft, language: string | null): FeedMeta {
  const hints = hintsOf(draft);
  return {
    title: draft.get('title'),
    link: draft.get('link'),
    description: draft.get('description'),
    language,
    updated: draft.get('updated'),
    ...optional('id', draft.get('id')),
    ...optional('feedUrl', draft.get('feedUrl')),
    ...optional('image', draft.get('image')),
    ...optional('copyright', draft.get('copyright')),
    ...optional('published', draft.get('published')),
    authors: authorsOf(draft.authors, draft.fallbackAuthors),
    categories: draft.categories.length > 0 ? draft.categories : draft.fallbackCategories,
    hubs: draft.hubs,
    ...(hints === null ? {} : { hints }),
    ...(draft.podcast.length > 0 ? { podcast: draft.podcast } : {}),
  };
}

function hintsOf(draft: FeedDraft): PublishingHints | null {
  const period = draft.updatePeriodMs ?? (draft.updateFrequency === null ? null : 24 * 3_600_000);
  const hints: PublishingHints = {
    ...(draft.ttlMinutes === null ? {} : { ttlMinutes: draft.ttlMinutes }),
    ...(period === null ? {} : { updatePeriodMs: Math.round(period / (draft.updateFrequency ?? 1)) }),
    ...(draft.skipHours.length > 0 ? { skipHours: draft.skipHours.toSorted((a, b) => a - b) } : {}),
    ...(draft.skipDays.length > 0 ? { skipDays: draft.skipDays } : {}),
  };
  return Object.keys(hints).length > 0 ? hints : null;
}

function finishItem(
  draft: ItemDraft,
  inherited: { language: string | null; feedAuthors: readonly Author[]; warn: Warn },
): ParsedItem {
  const authors = authorsOf(draft.authors, draft.sourceAuthors, draft.fallbackAuthors, inherited.feedAuthors);
  const item: ParsedItem = {
    id: draft.get('id'),
    url: draft.get('url'),
    title: draft.get('title'),
    summaryHtml: draft.get('summaryHtml'),
    contentHtml: draft.get('contentHtml'),
    publishedAt: draft.get('publishedAt'),
    updatedAt: draft.get('updatedAt'),
    authors,
    categories: draft.categories.length > 0 ? draft.categories : draft.fallbackCategories,
    enclosures: draft.enclosures,
    language: draft.get('language') ?? inherited.language,
    ...optional('image', draft.get('image')),
    ...optional('commentsUrl', draft.get('commentsUrl')),
    ...(draft.durationSeconds === null ? {} : { durationSeconds: draft.durationSeconds }),
    ...(draft.source === null ? {} : { source: draft.source }),
    ...(draft.latitude === null || draft.longitude === null
      ? {}
      : { geo: { lat: draft.latitude, lon: draft.longitude } }),
    ...(draft.alternates.length > 0 ? { alternates: draft.alternates } : {}),
    ...(draft.podcast.length > 0 ? { podcast: draft.podcast } : {}),
  };
  if (
    item.id === null &&
    item.url === null &&
    item.title === null &&
    item.summaryHtml === null &&
    item.contentHtml === null &&
    item.enclosures.length === 0
  ) {
    inherited.warn('empty-item', 'the item has no id, link, title or text');
  }
  return item;
}

/** The first list that names somebody. */
function authorsOf(...lists: readonly (readonly Author[])[]): readonly Author[] {
  return lists.find(list => list.length > 0) ?? [];
}

function warnOfDuplicates(items: readonly ParsedItem[], warnings: WarningList): void {
  const seen = new Set<string>();
  for (const [index, { id }] of items.entries()) {
    if (id === null) continue;
    warnings.at(index);
    if (seen.has(id)) warnings.warn('duplicate-id', `an earlier item has the same id: ${id.slice(0, 80)}`);
    seen.add(id);
  }
  warnings.at(null);
}

function optional<Key extends string>(key: Key, value: string | null): { [K in Key]?: string } {
  return value === null ? {} : ({ [key]: value } as { [K in Key]?: string });
}
