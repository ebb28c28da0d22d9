import type { FeedDraft, ItemDraft } from './draft.ts';
import type { Context, Field, FieldTable } from './field.ts';
import type { XmlElement } from './xml-element.ts';

/** What differs between the XML formats: names and tables. */
export type FeedGrammar = {
  /** Elements whose children describe the feed: `channel`, `feed`. */
  readonly containers: ReadonlySet<string>;
  /** The element of one item; its attribute `about` is an id in RDF. */
  readonly item: string;
  readonly feedFields: ReadonlyMap<string, Field<FeedDraft>>;
  readonly itemFields: ReadonlyMap<string, Field<ItemDraft>>;
  /** A container or an item starts: attributes that say something. */
  readonly onStart?: (draft: FeedDraft | ItemDraft, element: XmlElement, context: Context) => void;
};

/** Names of feeds' own elements that are no HTML elements. */
export const endsHtml = new Set([
  'item',
  'entry',
  'pubdate',
  'guid',
  'description',
  'enclosure',
  'comments',
  'updated',
  'published',
  'issued',
  'modified',
  'managingeditor',
  'webmaster',
  'lastbuilddate',
  'ttl',
  'id',
  'subtitle',
  'tagline',
  'author',
  'category',
  'copyright',
  'language',
  'skiphours',
  'skipdays',
  'content',
  'rights',
  'logo',
  'icon',
]);

/** @returns one lookup table; of two rows with one key the first counts. */
export function fieldTable<D>(...tables: readonly FieldTable<D>[]): ReadonlyMap<string, Field<D>> {
  const map = new Map<string, Field<D>>();
  for (const table of tables) for (const [key, field] of table) if (!map.has(key)) map.set(key, field);
  return map;
}
