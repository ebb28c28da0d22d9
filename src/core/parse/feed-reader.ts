import { FeedDraft, ItemDraft } from './draft.ts';
import { endsHtml, type FeedGrammar } from './feed-grammar.ts';
import { type Context, type Field, languageTag } from './field.ts';
import { isVoid, startTag } from './inline-markup.ts';
import { foreign, type NamespaceScope, type ResolvedName } from './namespaces.ts';
import { podcastField, podcastFieldsOf } from './podcast-fields.ts';
import { escapeText } from './resolve-html.ts';
import { resolveBase } from './resolve-url.ts';
import { type ElementMode, XmlElement } from './xml-element.ts';
import { EntityDecoder, type XmlEntities } from './xml-entities.ts';
import type { XmlHandler } from './xml-scanner.ts';

export type FinishedItem = { readonly draft: ItemDraft; readonly language: string | null };

const structural = /^(?:channel|item|entry)$/i;
const nothing: readonly string[] = [];
const childrenMax = 2000;
/** How far up an end tag looks for its start; deeper mistakes are taken for stray end tags. */
const lookUpMax = 256;

/**
 * Reads the elements of a feed, as they come, into drafts. One open element is an object with its parent: nesting costs
 * no stack. Inside a `text` element, markup is written into its text, in true order.
 */
export class FeedReader implements XmlHandler {
  readonly feed: FeedDraft;
  readonly items: FinishedItem[] = [];
  feedLanguage: string | null = null;
  malformed = 0;
  truncated = false;
  itemsLeftOut = 0;
  /** A `channel` or `feed` was met; a bare root is no feed. */
  described = false;

  readonly #grammar: FeedGrammar;
  readonly #context: Context;
  readonly #entities: EntityDecoder;
  readonly #tables: { feed: ReadonlyMap<string, Field<FeedDraft>>; item: ReadonlyMap<string, Field<ItemDraft>> };
  #current: XmlElement | null = null;
  #item: ItemDraft | null = null;
  #itemElement: XmlElement | null = null;
  #leaf: XmlElement | null = null;
  #treeSize = 0;
  readonly #rootScope: NamespaceScope;

  constructor(options: { grammar: FeedGrammar; context: Context; entities: XmlEntities; scope: NamespaceScope }) {
    this.#grammar = options.grammar;
    this.#context = options.context;
    this.#entities = new EntityDecoder(options.entities);
    this.#rootScope = options.scope;
    this.#tables = { feed: options.grammar.feedFields, item: options.grammar.itemFields };
    this.feed = new FeedDraft(options.context);
  }

  get itemOpen(): boolean {
    return this.#item !== null;
  }

  wantsText(): boolean {
    return this.#leaf !== null || this.#current?.mode === 'tree';
  }

  text(source: string): void {
    const leaf = this.#leaf;
    if (leaf) leaf.text += this.#isMarkup(leaf) ? this.#entities.expandOwn(source) : this.#entities.decode(source);
    else if (this.#current) this.#current.text += this.#entities.decode(source);
  }

  cdata(source: string): void {
    const leaf = this.#leaf;
    if (leaf) leaf.text += this.#isMarkup(leaf) ? escapeText(source) : source;
    else if (this.#current) this.#current.text += source;
  }

  /** Text inside inline markup is HTML as it stands; directly in the element it may be HTML that was escaped. */
  #isMarkup(leaf: XmlElement): boolean {
    return leaf.inline || this.#current !== leaf;
  }

  open(tag: string, attributes: readonly string[], selfClosing: boolean): void {
    const parent = this.#current;
    let scope = this.#scopeOf(parent, attributes);
    let name = scope.resolve(tag);
    if (name.vocabulary === foreign && !this.#leaf && structural.test(tag)) {
      // An item is an item, whatever address stands in its `xmlns`.
      scope = scope.withDefault(this.#rootScope.defaultVocabulary);
      name = scope.resolve(tag);
    }
    if (this.#leaf && this.#endsLeaf(name, this.#leaf)) {
      this.malformed++;
      this.#closeTo(this.#leaf.parent);
      this.open(tag, attributes, selfClosing);
      return;
    }
    if (name.key === this.#grammar.item && !this.#leaf) {
      this.#openItem(tag, name, scope, attributes, selfClosing);
      return;
    }
    if (this.#leaf) {
      this.#openMarkup(this.#leaf, tag, name, scope, attributes, selfClosing);
      return;
    }
    const mode = this.#modeOf(parent, name);
    const element = this.#element(tag, name, scope, mode, attributes);
    if (mode === 'tree' && parent?.mode === 'tree') {
      parent.children ??= [];
      parent.children.push(element);
    }
    this.#current = element;
    if (mode === 'text') this.#leaf = element;
    else if (mode === 'fields') {
      this.feedLanguage ??= element.language;
      if (name.key === ':channel' || name.key === 'atom:feed') this.described = true;
      this.#grammar.onStart?.(this.feed, element, this.#context);
    }
    if (selfClosing) this.#closeTo(parent);
  }

  close(tag: string): void {
    const current = this.#current;
    if (!current) return;
    if (current.tag === tag) {
      this.#closeTo(current.parent);
      return;
    }
    const match = this.#openElementNamed(tag);
    if (!isVoid(tag)) this.malformed++;
    if (match) this.#closeTo(match.parent);
  }

  end(midToken: boolean): void {
    // An item that was cut in the middle of an element is not a complete one; the next fetch brings it whole.
    const cut = midToken || this.#leaf !== null || this.#current?.mode === 'tree';
    if (this.#current) this.truncated = true;
    if (cut && this.#itemElement) {
      this.#current = this.#itemElement.parent;
      this.#leaf = null;
      this.#item = null;
      this.#itemElement = null;
    }
    this.#closeTo(null);
  }

  #scopeOf(parent: XmlElement | null, attributes: readonly string[]): NamespaceScope {
    let declarations: string[] | null = null;
    for (let index = 0; index < attributes.length; index += 2) {
      const name = attributes[index] ?? '';
      if (!name.startsWith('xmlns')) continue;
      if (name !== 'xmlns' && name.charAt(5) !== ':') continue;
      declarations ??= [];
      declarations.push(name.slice(6), this.#entities.decode(attributes[index + 1] ?? ''));
    }
    const outer = parent?.scope ?? this.#rootScope;
    // The root's declarations are already part of the root scope (see detect-format.ts).
    return declarations === null || parent === null ? outer : outer.with(declarations);
  }

  /** A start tag that cannot stand inside this text: its end tag is missing. */
  #endsLeaf(name: ResolvedName, leaf: XmlElement): boolean {
    if (leaf.inline) return false;
    if (name.key === this.#grammar.item) return true;
    if (name.vocabulary === foreign || name.vocabulary === 'xhtml') return false;
    const known = this.#item ? this.#tables.item : this.#tables.feed;
    if (!known.has(name.key)) return false;
    const field = known.get(leaf.name.key);
    if (!field?.html) return true;
    // HTML has elements called title, link, summary, source, body …: only names that HTML has not count here.
    return (name.vocabulary !== '' && name.vocabulary !== 'atom') || endsHtml.has(name.local.toLowerCase());
  }

  #modeOf(parent: XmlElement | null, name: ResolvedName): ElementMode {
    if (parent === null || this.#grammar.containers.has(name.key)) return this.#item ? 'skip' : 'fields';
    if (parent.mode === 'tree') return ++this.#treeSize > childrenMax ? 'skip' : 'tree';
    if (parent.mode !== 'fields') return 'skip';
    const field = this.#fieldOf(name);
    if (field?.mode === 'tree') this.#treeSize = 0;
    return field ? field.mode : 'skip';
  }

  #fieldOf(name: ResolvedName): Field<ItemDraft> | Field<FeedDraft> | undefined {
    const field = this.#item ? this.#tables.item.get(name.key) : this.#tables.feed.get(name.key);
    return field ?? (name.vocabulary === 'podcast' || name.vocabulary === 'itunes' ? podcastField : undefined);
  }

  #element(
    tag: string,
    name: ResolvedName,
    scope: NamespaceScope,
    mode: ElementMode,
    written: readonly string[],
  ): XmlElement {
    const parent = this.#current;
    let base = parent ? parent.base : this.#context.url;
    let language = parent?.language ?? null;
    let attributes = nothing;
    if (written.length > 0 && mode !== 'skip') {
      attributes = written.map((value, index) => (index % 2 === 0 ? value : this.#entities.decode(value)));
      for (let index = 0; index < attributes.length; index += 2) {
        if (attributes[index] === 'xml:base') base = resolveBase(attributes[index + 1] ?? '', base);
        else if (attributes[index] === 'xml:lang') language = languageTag(attributes[index + 1] ?? '');
      }
    }
    const inline = mode === 'text' ? (this.#fieldOf(name)?.inline?.(attributes) ?? false) : false;
    return new XmlElement({ tag, name, parent, scope, base, language, mode, attributes, inline });
  }

  #openItem(
    tag: string,
    name: ResolvedName,
    scope: NamespaceScope,
    attributes: readonly string[],
    selfClosing: boolean,
  ): void {
    if (this.#itemElement) {
      this.malformed++;
      this.#closeTo(this.#itemElement.parent);
    } else if (this.#current?.mode === 'tree') this.#closeTo(this.#outermostFields());
    const parent = this.#current;
    const element = this.#element(tag, name, scope, 'fields', attributes);
    this.#current = element;
    this.#itemElement = element;
    this.#item = new ItemDraft(this.#context);
    this.#grammar.onStart?.(this.#item, element, this.#context);
    if (selfClosing) this.#closeTo(parent);
  }

  #outermostFields(): XmlElement | null {
    let element = this.#current;
    while (element && element.mode !== 'fields') element = element.parent;
    return element;
  }

  #openMarkup(
    leaf: XmlElement,
    tag: string,
    name: ResolvedName,
    scope: NamespaceScope,
    attributes: readonly string[],
    selfClosing: boolean,
  ): void {
    const parent = this.#current;
    leaf.hasMarkup = true;
    const local = name.local === '' ? tag : name.local;
    const element = this.#element(tag, name, scope, 'markup', attributes);
    leaf.text += startTag(local, element.attributes, element.base);
    if (isVoid(local)) return;
    this.#current = element;
    if (selfClosing) this.#closeTo(parent);
  }

  #openElementNamed(tag: string): XmlElement | null {
    const lower = tag.toLowerCase();
    let element = this.#current;
    for (let steps = 0; element && steps < lookUpMax; steps++) {
      if (element.tag.length === tag.length && element.tag.toLowerCase() === lower) return element;
      element = element.parent;
    }
    // However deep the mess is, the end of an item or of the text around it is the end.
    for (const outer of [this.#leaf, this.#itemElement, this.#itemElement?.parent]) {
      if (outer?.tag.toLowerCase() === lower) return outer;
    }
    return null;
  }

  /** Ends everything that is open inside `target`. */
  #closeTo(target: XmlElement | null): void {
    while (this.#current && this.#current !== target) {
      const element = this.#current;
      this.#current = element.parent;
      if (element.mode === 'markup') {
        if (this.#leaf) this.#leaf.text += `</${element.name.local}>`;
      } else if (element === this.#itemElement) this.#finishItem(element);
      else if (element.mode === 'text' || (element.mode === 'tree' && element.parent?.mode === 'fields'))
        this.#take(element);
    }
  }

  #take(element: XmlElement): void {
    if (this.#leaf === element) this.#leaf = null;
    const item = this.#item;
    if (item) (this.#tables.item.get(element.name.key) ?? podcastField).take(item, element, this.#context);
    else (this.#tables.feed.get(element.name.key) ?? podcastField).take(this.feed, element, this.#context);
    if (element.name.vocabulary === 'itunes' || element.name.vocabulary === 'podcast') {
      for (const field of podcastFieldsOf(element)) (item ?? this.feed).podcastField(field);
    }
  }

  #finishItem(element: XmlElement): void {
    const draft = this.#item;
    this.#item = null;
    this.#itemElement = null;
    if (!draft) return;
    if (this.items.length < this.#context.limits.itemsMax) this.items.push({ draft, language: element.language });
    else this.itemsLeftOut++;
  }
}
