/** Vocabularies by the names used in this program. `''` is RSS and RDF Site Summary: their elements mean the same. */
export type Vocabulary = string;

/** A namespace nobody here knows: its elements are skipped with everything inside. */
export const foreign = '?';

/** Namespace URI, without scheme, `www.`, case and trailing `/` or `#`, → vocabulary. */
const vocabularyByUri: ReadonlyMap<string, Vocabulary> = new Map(
  Object.entries({
    '': [
      '',
      'backend.userland.com/rss',
      'backend.userland.com/rss2',
      'backend.userland.com/rss091',
      'backend.userland.com/rss092',
      'blogs.law.harvard.edu/tech/rss',
      'cyber.law.harvard.edu/rss/rss.html',
      'rssboard.org/rss-specification',
      'purl.org/rss/1.0',
      'purl.org/net/rss1.1',
      'my.netscape.com/rdf/simple/0.9',
      'channel.netscape.com/rdf/simple/0.9',
      'my.netscape.com/publish/formats/rss-0.91.dtd',
      'purl.org/rss/1.0/modules/rss091',
    ],
    atom: [
      'w3.org/2005/atom',
      'purl.org/atom/app',
      'ietf.org/rfc/rfc4287.txt',
      'purl.org/atom/ns',
      'purl.org/atom',
      'example.com/newformat',
      'example.com/necho',
      'purl.org/echo',
      'uri/of/echo/namespace',
      'purl.org/pie',
      'intertwingly.net/blog/echo',
    ],
    rdf: ['w3.org/1999/02/22-rdf-syntax-ns'],
    dc: ['purl.org/dc/elements/1.1', 'purl.org/dc/elements/1.0', 'purl.org/metadata/dublin_core'],
    dcterms: ['purl.org/dc/terms'],
    content: ['purl.org/rss/1.0/modules/content'],
    xhtml: ['w3.org/1999/xhtml', 'w3.org/tr/xhtml1', 'w3.org/tr/rec-html40'],
    media: [
      'search.yahoo.com/mrss',
      'search.yahoo.com/rss',
      'video.search.yahoo.com/mrss',
      'tools.search.yahoo.com/mrss',
      'rssboard.org/media-rss',
    ],
    itunes: [
      'itunes.com/dtds/podcast-1.0.dtd',
      'itunes.apple.com/dtds/podcast-1.0.dtd',
      'example.com/dtds/podcast-1.0.dtd',
    ],
    podcast: ['podcastindex.org/namespace/1.0', 'github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md'],
    googleplay: ['google.com/schemas/play-podcasts/1.0'],
    georss: ['georss.org/georss', 'georss.org', 'georss.org/georss/10', 'georss.org/georss/11'],
    geo: ['w3.org/2003/01/geo/wgs84_pos', 'w3.org/2003/01/geo'],
    gml: ['opengis.net/gml'],
    icbm: ['postneo.com/icbm'],
    slash: ['purl.org/rss/1.0/modules/slash'],
    wfw: ['wellformedweb.org/commentapi'],
    sy: ['purl.org/rss/1.0/modules/syndication'],
    cc: ['backend.userland.com/creativecommonsrssmodule', 'web.resource.org/cc', 'creativecommons.org/ns'],
    thr: ['purl.org/syndication/thread/1.0'],
    feedburner: ['rssnamespace.org/feedburner/ext/1.0'],
    xml: ['w3.org/xml/1998/namespace'],
  }).flatMap(([vocabulary, uris]) => uris.map(uri => [uri, vocabulary] as const)),
);

/** What an undeclared prefix means: what everybody means by it. */
const vocabularyByPrefix: ReadonlyMap<string, Vocabulary> = new Map(
  'atom dc dcterms content media itunes podcast googleplay georss geo gml icbm slash wfw sy cc thr feedburner xml rdf xhtml'
    .split(' ')
    .map(name => [name, name] as [string, string])
    .concat([
      ['a10', 'atom'],
      ['atom10', 'atom'],
      ['creativecommons', 'cc'],
      ['dct', 'dcterms'],
      ['rss', ''],
      ['mrss', 'media'],
    ]),
);

export function vocabularyOfUri(uri: string): Vocabulary {
  const plain = uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/[/#]+$/, '');
  return vocabularyByUri.get(plain) ?? foreign;
}

/** A name as the tables know it: `dc:creator`, `:title` for RSS. Lower case, since publishers' case is not reliable. */
export type ResolvedName = {
  readonly key: string;
  readonly vocabulary: Vocabulary;
  /** As written, without the prefix. */
  readonly local: string;
};

/** No honest document comes near; a hostile one that declares a prefix at every level must not cost a table at every level. */
const scopeDepthMax = 40;
const declarationsMax = 100;

/** The bindings in force at a place of the document; a chain of immutable scopes, each with its names looked up once. */
export class NamespaceScope {
  readonly #bindings: ReadonlyMap<string, Vocabulary>;
  readonly #names = new Map<string, ResolvedName>();
  readonly #inner = new Map<string, NamespaceScope>();

  readonly #depth: number;

  constructor(bindings: ReadonlyMap<string, Vocabulary> = new Map(), depth = 0) {
    this.#bindings = bindings;
    this.#depth = depth;
  }

  /** @param declarations prefix, URI, prefix, URI, …; equal declarations in an equal place give the same scope. */
  with(declarations: readonly string[]): NamespaceScope {
    if (this.#depth >= scopeDepthMax) return this;
    const key = declarations.join(' ');
    const known = this.#inner.get(key);
    if (known) return known;
    const bindings = new Map(this.#bindings);
    for (let index = 0; index + 1 < declarations.length && index < declarationsMax * 2; index += 2) {
      bindings.set(declarations[index] ?? '', vocabularyOfUri(declarations[index + 1] ?? ''));
    }
    const scope = new NamespaceScope(bindings, this.#depth + 1);
    if (this.#inner.size < 50) this.#inner.set(key, scope);
    return scope;
  }

  /** The default namespace means this vocabulary, whatever its URI: said of roots that declare none or a mistaken one. */
  withDefault(vocabulary: Vocabulary): NamespaceScope {
    return new NamespaceScope(new Map(this.#bindings).set('', vocabulary));
  }

  get defaultVocabulary(): Vocabulary {
    return this.#bindings.get('') ?? '';
  }

  resolve(name: string): ResolvedName {
    const known = this.#names.get(name);
    if (known) return known;
    const resolved = this.#lookup(name);
    if (this.#names.size < 1000) this.#names.set(name, resolved);
    return resolved;
  }

  #lookup(name: string): ResolvedName {
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    const local = name.slice(colon + 1);
    const vocabulary =
      this.#bindings.get(prefix) ?? (prefix === '' ? '' : (vocabularyByPrefix.get(prefix.toLowerCase()) ?? foreign));
    return { key: `${vocabulary}:${local.toLowerCase()}`, vocabulary, local };
  }
}
