import type { Author, Enclosure, PodcastField, WarningCode } from '../../model.ts';
import { truncateBytes } from '../text/clean-text.ts';
import type { ParseLimits } from './limits.ts';
import { parseDate } from './parse-date.ts';
import { addAuthor } from './parse-person.ts';

/** The places that several elements compete for. */
export type Slot =
  | 'id'
  | 'url'
  | 'title'
  | 'summaryHtml'
  | 'contentHtml'
  | 'publishedAt'
  | 'updatedAt'
  | 'language'
  | 'image'
  | 'commentsUrl'
  | 'link'
  | 'description'
  | 'updated'
  | 'published'
  | 'copyright'
  | 'feedUrl';

const idBytesMax = 4096;

/**
 * What has been read of an item or a feed so far. A place goes to the value with the lowest rank, whatever the order in
 * the document; of equals, to the first.
 */
export class Draft {
  readonly #values = new Map<Slot, string>();
  readonly #ranks = new Map<Slot, number>();
  readonly authors: Author[] = [];
  /** Used only when nobody is named as the author: the podcast's host, the webmaster. */
  readonly fallbackAuthors: Author[] = [];
  readonly categories: string[] = [];
  readonly fallbackCategories: string[] = [];
  readonly podcast: PodcastField[] = [];
  readonly #warn: Warn;
  readonly #limits: ParseLimits;

  constructor(context: { warn: Warn; limits: ParseLimits }) {
    this.#warn = context.warn;
    this.#limits = context.limits;
  }

  get(slot: Slot): string | null {
    return this.#values.get(slot) ?? null;
  }

  offer(slot: Slot, rank: number, value: string | null): void {
    if (value === null || value === '' || (this.#ranks.get(slot) ?? Number.POSITIVE_INFINITY) <= rank) return;
    // An endless id is cut the same way every time, so that it stays an id.
    this.#values.set(slot, slot === 'id' ? truncateBytes(value, idBytesMax) : value);
    this.#ranks.set(slot, rank);
  }

  offerTitle(slot: Slot, rank: number, value: string | null): void {
    this.offer(slot, rank, this.#cut(value, this.#limits.titleBytesMax, slot));
  }

  offerHtml(slot: Slot, rank: number, html: string | null): void {
    if (html === null || html.trim() === '') return;
    const cut = this.#cut(html, this.#limits.htmlBytesMax, slot);
    // A cut inside a tag would leave half of it.
    const open = cut !== html && cut !== null ? cut.lastIndexOf('<') : -1;
    this.offer(slot, rank, open >= 0 && cut !== null && !cut.includes('>', open) ? cut.slice(0, open) : cut);
  }

  offerDate(slot: Slot, rank: number, written: string | null): void {
    if (written === null || written.trim() === '') return;
    const date = parseDate(written);
    if (date === null) this.#warn('bad-date', `not a date: ${truncateBytes(written.trim(), 80)}`);
    else this.offer(slot, rank, date);
  }

  author(author: Author | null, list: Author[] = this.authors): void {
    if (!addAuthor(list, author, this.#limits.authorsMax)) this.#tooMany('authors', this.#limits.authorsMax);
  }

  category(category: string | null, list: string[] = this.categories): void {
    if (category === null || category === '' || list.includes(category)) return;
    if (list.length < this.#limits.categoriesMax) {
      list.push(this.#cut(category, this.#limits.titleBytesMax, 'category') ?? category);
    } else this.#tooMany('categories', this.#limits.categoriesMax);
  }

  podcastField(field: PodcastField): void {
    if (this.podcast.length < this.#limits.podcastFieldsMax) this.podcast.push(field);
    else this.#tooMany('podcast fields', this.#limits.podcastFieldsMax);
  }

  protected tooMany(what: string, countMax: number): void {
    this.#tooMany(what, countMax);
  }

  protected get limits(): ParseLimits {
    return this.#limits;
  }

  #warned = new Set<string>();
  #tooMany(what: string, countMax: number): void {
    if (this.#warned.has(what)) return;
    this.#warned.add(what);
    this.#warn('too-many-values', `more than ${countMax} ${what}; the rest was left out`);
  }

  #cut(value: string | null, bytesMax: number, what: string): string | null {
    if (value === null) return null;
    const cut = truncateBytes(value, bytesMax);
    if (cut.length !== value.length) this.#warn('too-long', `${what} was cut at ${bytesMax} bytes`);
    return cut;
  }
}

export type Warn = (code: WarningCode, message: string) => void;

export class ItemDraft extends Draft {
  readonly enclosures: Enclosure[] = [];
  durationSeconds: number | null = null;
  source: { title: string | null; url: string | null } | null = null;
  /** Authors of the feed an entry was copied from (RFC 4287 §4.2.11). */
  readonly sourceAuthors: Author[] = [];
  latitude: number | null = null;
  longitude: number | null = null;
  readonly alternates: { language: string; url: string }[] = [];

  /** An address that is already there is not added again; what the second mention knows more is kept. */
  enclosure(enclosure: Enclosure): void {
    const index = this.enclosures.findIndex(known => known.url === enclosure.url);
    const known = this.enclosures[index];
    if (known) {
      this.enclosures[index] = {
        url: known.url,
        type: known.type ?? enclosure.type,
        length: known.length ?? enclosure.length,
      };
    } else if (this.enclosures.length < this.limits.enclosuresMax) this.enclosures.push(enclosure);
    else this.tooMany('enclosures', this.limits.enclosuresMax);
  }
}

export class FeedDraft extends Draft {
  readonly hubs: string[] = [];
  ttlMinutes: number | null = null;
  updatePeriodMs: number | null = null;
  updateFrequency: number | null = null;
  skipHours: number[] = [];
  skipDays: string[] = [];

  hub(url: string | null): void {
    if (url !== null && this.hubs.length < 20 && !this.hubs.includes(url)) this.hubs.push(url);
  }
}
