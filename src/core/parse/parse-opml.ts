import { AppError } from '../../errors.ts';
import type { Warning } from '../../model.ts';
import { cleanText } from '../text/clean-text.ts';
import { isDangerous, resolveUrl } from './resolve-url.ts';
import { EntityDecoder, readEntities } from './xml-entities.ts';
import { scanXml, type XmlHandler } from './xml-scanner.ts';

export type OpmlFeed = {
  readonly title: string | null;
  readonly xmlUrl: string;
  readonly htmlUrl: string | null;
  /** The titles of the outlines around it, outermost first, and its own `category`. */
  readonly categories: readonly string[];
  readonly language?: string;
};

export type Opml = {
  readonly title: string | null;
  readonly feeds: readonly OpmlFeed[];
  readonly warnings: readonly Warning[];
};

const feedsMax = 20_000;
const categoriesMax = 20;

/**
 * A list of feeds (opml.org/spec2) for import: every outline with an `xmlUrl`, at any depth. Names of elements and
 * attributes count in any case. External entities are never read.
 * @throws AppError `not-a-feed` when there is no `opml` element and no outline
 */
export function parseOpml(text: string): Opml {
  const start = Math.max(0, text.search(/<(?:opml|outline|body)[\s>]/i));
  const reader = new OpmlReader(new EntityDecoder(readEntities(text.slice(0, start))));
  scanXml(text, start, reader);
  if (!reader.seen)
    throw new AppError('not-a-feed', 'The document is not an OPML list: it has no <opml> and no <outline>.');
  return { title: reader.title, feeds: reader.feeds, warnings: reader.warnings };
}

class OpmlReader implements XmlHandler {
  title: string | null = null;
  seen = false;
  readonly feeds: OpmlFeed[] = [];
  readonly warnings: Warning[] = [];
  readonly #entities: EntityDecoder;
  readonly #outlines: (string | null)[] = [];
  #titleText: string | null = null;

  constructor(entities: EntityDecoder) {
    this.#entities = entities;
  }

  wantsText(): boolean {
    return this.#titleText !== null;
  }

  text(source: string): void {
    this.#titleText += this.#entities.decode(source);
  }

  cdata(source: string): void {
    this.#titleText += source;
  }

  open(name: string, attributes: readonly string[], selfClosing: boolean): void {
    switch (localLower(name)) {
      case 'opml':
        this.seen = true;
        break;
      case 'title':
        if (this.title === null && this.#outlines.length === 0 && !selfClosing) this.#titleText = '';
        break;
      case 'outline':
        this.seen = true;
        this.#outline(attributes, selfClosing);
        break;
    }
  }

  close(name: string): void {
    const local = localLower(name);
    if (local === 'outline') this.#outlines.pop();
    else if (this.#titleText !== null) {
      this.title = cleanText(this.#titleText) || null;
      this.#titleText = null;
    }
  }

  end(midToken: boolean): void {
    if (midToken || this.#outlines.length > 0) {
      this.warnings.push({ code: 'truncated-document', message: 'the list ends before its last element does' });
    }
  }

  #outline(written: readonly string[], selfClosing: boolean): void {
    const attributes = new Map<string, string>();
    for (let index = 0; index + 1 < written.length; index += 2) {
      const name = localLower(written[index] ?? '');
      const value = cleanText(this.#entities.decode(written[index + 1] ?? ''));
      if (value !== '' && !attributes.has(name)) attributes.set(name, value);
    }
    const label = attributes.get('title') ?? attributes.get('text') ?? null;
    const address = attributes.get('xmlurl') ?? (attributes.get('type') === 'rss' ? attributes.get('url') : undefined);
    if (address !== undefined) this.#feed(address, label, attributes);
    if (!selfClosing) this.#outlines.push(address === undefined ? label : null);
  }

  #feed(address: string, label: string | null, attributes: ReadonlyMap<string, string>): void {
    const xmlUrl = resolveUrl(
      address.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://'),
      null,
    );
    if (xmlUrl === null || !/^https?:\/\//i.test(xmlUrl)) {
      this.warnings.push({
        code: 'bad-url',
        message: `not an address of a feed: ${isDangerous(address) ? 'a link that would run code' : address.slice(0, 80)}`,
      });
      return;
    }
    if (this.feeds.length >= feedsMax) return;
    const own = (attributes.get('category') ?? '')
      .split(',')
      .map(name => name.split('/').filter(Boolean).join('/').trim());
    const language = attributes.get('language');
    this.feeds.push({
      title: label,
      xmlUrl,
      htmlUrl: resolveUrl(attributes.get('htmlurl') ?? null, null),
      categories: [...new Set([...this.#outlines.slice(0, categoriesMax), ...own])]
        .filter(name => name !== null && name !== '')
        .slice(0, categoriesMax) as string[],
      ...(language === undefined || language.toLowerCase() === 'unknown' ? {} : { language }),
    });
  }
}

function localLower(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}
