import type { PodcastField } from '../../model.ts';
import { cleanText, dropControls, truncateBytes } from '../text/clean-text.ts';
import type { Field } from './field.ts';
import { isDangerous } from './resolve-url.ts';
import type { XmlElement } from './xml-element.ts';

/** Read for the sake of being kept: elements of the podcast vocabularies that mean nothing else to us. */
export const podcastField: Field<unknown> = { mode: 'tree', take: () => {} };

/**
 * `itunes:*` and `podcast:*` as they came, to be republished. Inner elements follow theirs with a path as the name:
 * `podcast:value`, `podcast:value/podcast:valueRecipient`. Names have the usual prefix, whatever the document's.
 */
export function podcastFieldsOf(root: XmlElement): PodcastField[] {
  const fields: PodcastField[] = [];
  const pending: { element: XmlElement; path: string }[] = [{ element: root, path: '' }];
  for (let next = pending.shift(); next && fields.length < 100; next = pending.shift()) {
    const { element } = next;
    const name = `${next.path}${element.name.vocabulary === '' ? '' : `${element.name.vocabulary}:`}${element.name.local}`;
    const text = truncateBytes(cleanText(element.text), 4096);
    fields.push({ name, text: text === '' ? null : text, attributes: attributesOf(element) });
    if (name.length < 200)
      for (const inner of element.children ?? []) pending.push({ element: inner, path: `${name}/` });
  }
  return fields;
}

function attributesOf(element: XmlElement): Record<string, string> {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < element.attributes.length && pairs.length < 30; index += 2) {
    const name = element.attributes[index] ?? '';
    // Republished as it came, but never a link that runs code.
    if (name.startsWith('xmlns') || isDangerous(element.attributes[index + 1] ?? '')) continue;
    pairs.push([name, truncateBytes(dropControls(element.attributes[index + 1] ?? '').trim(), 4096)]);
  }
  // `fromEntries` defines own properties, so that `__proto__` is a name like any other.
  return Object.fromEntries(pairs);
}
