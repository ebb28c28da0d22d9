import { AppError } from '../../errors.ts';
import type { Millis, ParsedFeed } from '../../model.ts';
import { atomEntryFields, atomFeedFields } from './atom.ts';
import { decode } from './decode.ts';
import { type Detected, detectFormat } from './detect-format.ts';
import { extensionFeedFields, extensionItemFields } from './extensions.ts';
import { type FeedGrammar, fieldTable } from './feed-grammar.ts';
import { FeedReader } from './feed-reader.ts';
import { finishFeed, WarningList } from './finish-feed.ts';
import { parseJsonFeed } from './json-feed.ts';
import { defaultLimits, type ParseLimits } from './limits.ts';
import { rdfGrammar, rssGrammar } from './rdf.ts';
import { scanXml } from './xml-scanner.ts';

export type ParseInput = {
  readonly body: Uint8Array;
  /** The HTTP header: only its charset is used. What a document is, it says itself. */
  readonly contentType?: string | null;
  /** Where the document came from, after redirects: what its links are relative to. */
  readonly url?: string | null;
  /** Not used: nothing in a document is read relative to now. Callers may pass it to every step alike. */
  readonly now?: Millis;
  readonly limits?: Partial<ParseLimits>;
};

/**
 * Bytes of an RSS 0.9x/1.0/2.0, Atom 0.3/1.0 or JSON Feed 1.0/1.1 document → what it says. HTML fields are raw: their
 * links are resolved where `xml:base` says so, but only core/normalize's sanitizer makes them safe.
 *
 * One damaged item, date or link is a warning, never an error.
 * @throws AppError `not-a-feed`, `empty-document` or `document-too-large`; nothing else, whatever the bytes
 */
export function parseFeed(input: ParseInput): ParsedFeed {
  const limits = { ...defaultLimits, ...input.limits };
  if (input.body.byteLength > limits.documentBytesMax) {
    throw new AppError(
      'document-too-large',
      `The document has ${input.body.byteLength} bytes; the limit is ${limits.documentBytesMax}.`,
    );
  }
  const url = input.url && /^https?:/i.test(input.url) && URL.canParse(input.url) ? input.url : null;
  const warnings = new WarningList(limits.warningsMax);
  const { text, encoding, damaged } = decode(input.body, input.contentType);
  if (damaged) warnings.warn('encoding', `some bytes are not ${encoding}`);
  const detected = detectFormat(text);
  switch (detected.format) {
    case 'json':
      return parseJsonFeed(text, { url, limits, warnings });
    case 'rss':
      return parseXml(text, detected, { grammar: rssGrammar, url, limits, warnings });
    case 'rdf':
      return parseXml(text, detected, { grammar: rdfGrammar, url, limits, warnings });
    case 'atom':
      return parseXml(text, detected, { grammar: atomGrammar, url, limits, warnings });
    default:
      return detected satisfies never;
  }
}

const atomGrammar: FeedGrammar = {
  containers: new Set(['atom:feed']),
  item: 'atom:entry',
  feedFields: fieldTable(atomFeedFields(0), extensionFeedFields),
  itemFields: fieldTable(atomEntryFields(0), extensionItemFields),
};

function parseXml(
  text: string,
  detected: Exclude<Detected, { format: 'json' }>,
  options: { grammar: FeedGrammar; url: string | null; limits: ParseLimits; warnings: WarningList },
): ParsedFeed {
  const { grammar, url, limits, warnings } = options;
  const reader: FeedReader = new FeedReader({
    grammar,
    context: {
      url,
      limits,
      warn: (code, message) => {
        warnings.at(reader.itemOpen ? reader.items.length : null);
        warnings.warn(code, message);
      },
    },
    entities: detected.entities,
    scope: detected.scope,
  });
  scanXml(text, detected.start, reader);
  // RDF is used for much else; `rss` and `feed` are feeds even when nothing is in them yet.
  if (detected.format === 'rdf' && !reader.described && reader.items.length === 0) {
    throw new AppError('not-a-feed', 'The document is RDF, but no channel and no item of RSS is in it.');
  }
  warnings.at(null);
  if (reader.malformed > 0) warnings.warn('malformed', `${reader.malformed} tags do not match`);
  if (reader.truncated) warnings.warn('truncated-document', 'the document ends before its last element does');
  if (reader.itemsLeftOut > 0) {
    warnings.warn('too-many-items', `${reader.itemsLeftOut} items after the first ${limits.itemsMax} were left out`);
  }
  return finishFeed({
    format: detected.format,
    feed: reader.feed,
    feedLanguage: reader.feedLanguage,
    items: reader.items,
    warnings,
  });
}
