import type { NamespaceScope, ResolvedName } from './namespaces.ts';

/**
 * What an element's content is to us.
 * - `fields`: its children are looked up in the tables (channel, item)
 * - `text`: one string; markup inside is kept as HTML
 * - `tree`: a small structure that is kept with its children (author, image, media:group)
 * - `markup`: an element inside a `text` one, already written into it
 * - `skip`: nothing in here counts
 */
export type ElementMode = 'fields' | 'text' | 'tree' | 'markup' | 'skip';

/** An open element of the document, or a finished one that a field is taken from. */
export class XmlElement {
  /** As written, prefix included: what its end tag says. */
  readonly tag: string;
  readonly name: ResolvedName;
  readonly parent: XmlElement | null;
  readonly scope: NamespaceScope;
  /** `xml:base` in force, absolute; `null` when neither the document nor its address gives one. */
  readonly base: string | null;
  /** `xml:lang` in force; `null` when none was said. */
  readonly language: string | null;
  readonly mode: ElementMode;
  /** Name, decoded value, name, decoded value, …; names as written. */
  readonly attributes: readonly string[];
  /** Text is kept as it stands in the source, being HTML already (Atom's inline XHTML). */
  readonly inline: boolean;
  text = '';
  /** The text holds tags that stood in the document as elements. */
  hasMarkup = false;
  children: XmlElement[] | null = null;

  constructor(init: {
    tag: string;
    name: ResolvedName;
    parent: XmlElement | null;
    scope: NamespaceScope;
    base: string | null;
    language: string | null;
    mode: ElementMode;
    attributes: readonly string[];
    inline: boolean;
  }) {
    this.tag = init.tag;
    this.name = init.name;
    this.parent = init.parent;
    this.scope = init.scope;
    this.base = init.base;
    this.language = init.language;
    this.mode = init.mode;
    this.attributes = init.attributes;
    this.inline = init.inline;
  }
}

/** @param name lower case, without prefix; @returns the trimmed value, `null` when there is none or it is empty. */
export function attribute(element: XmlElement, name: string): string | null {
  const { attributes } = element;
  for (let index = 0; index + 1 < attributes.length; index += 2) {
    const written = attributes[index] ?? '';
    if (written === name || localLower(written) === name) {
      const value = (attributes[index + 1] ?? '').trim();
      if (value !== '') return value;
    }
  }
  return null;
}

function localLower(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

/** The first child of a `tree` with one of these keys that says something; keys in order of preference. */
export function child(element: XmlElement, ...keys: readonly string[]): XmlElement | null {
  for (const key of keys) {
    for (const candidate of element.children ?? []) {
      if (candidate.name.key === key) return candidate;
    }
  }
  return null;
}

export function childText(element: XmlElement, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    for (const candidate of element.children ?? []) {
      if (candidate.name.key === key && candidate.text.trim() !== '') return candidate.text.trim();
    }
  }
  return null;
}

/** All text of a `tree`, in order of the elements. */
export function wholeText(element: XmlElement): string {
  const parts: string[] = [];
  const pending = [element];
  for (let next = pending.shift(); next && parts.length < 100; next = pending.shift()) {
    parts.push(next.text);
    pending.unshift(...(next.children ?? []));
  }
  return parts.join(' ');
}
