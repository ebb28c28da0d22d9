import type { Item, LanguageTag, SourceId, Version } from '../../model.ts';

export type VersionPreference = {
  /** The reader's `lang=`, best first; empty when not given. */
  readonly languages: readonly LanguageTag[];
  /** The topic's `prefer`. */
  readonly prefer: { readonly languages: readonly LanguageTag[]; readonly sources: readonly SourceId[] };
};

/**
 * The version of a story that a reader sees. Language first: the reader's, else the topic's, else that of the topic's
 * preferred source, else that of the first version; then within that language the preferred source, then a full text
 * before a truncated one, then the one that was first. Title, text and link all come from it, so that one entry never
 * mixes languages.
 * @param versions in the order of joining, at least one.
 */
export function chooseVersion(versions: readonly Version[], preference: VersionPreference): Version {
  const [first] = versions;
  if (first === undefined) throw new RangeError('a story has at least one version');
  const candidates = inBestLanguage(versions, preference);
  let best = candidates[0] ?? first;
  for (const version of candidates) {
    if (compare(version.item, best.item, preference.prefer.sources) < 0) best = version;
  }
  return best;
}

function inBestLanguage(versions: readonly Version[], preference: VersionPreference): readonly Version[] {
  for (const language of [...preference.languages, ...preference.prefer.languages]) {
    const exact = versions.filter(version => version.item.language?.toLowerCase() === language.toLowerCase());
    if (exact.length > 0) return exact;
    const related = versions.filter(version => primary(version.item.language) === primary(language));
    if (related.length > 0) return related;
  }
  const preferred = preference.prefer.sources
    .map(source => versions.find(version => version.item.sourceId === source))
    .find(version => version !== undefined);
  const language = primary((preferred ?? versions[0])?.item.language ?? null);
  return versions.filter(version => primary(version.item.language) === language);
}

function primary(language: LanguageTag | null): string {
  return (language ?? '').toLowerCase().split('-', 1)[0] ?? '';
}

function compare(a: Item, b: Item, sources: readonly SourceId[]): number {
  return sourceRank(a, sources) - sourceRank(b, sources) || textRank(a) - textRank(b);
}

function sourceRank(item: Item, sources: readonly SourceId[]): number {
  const index = sources.indexOf(item.sourceId);
  return index < 0 ? sources.length : index;
}

/** 0 a full text, 1 a summary, 2 one that breaks off; a version without an address is a last resort. */
function textRank(item: Item): number {
  const text = item.extra.truncated === true ? 2 : item.contentHtml === null ? 1 : 0;
  return text + (item.url === null ? 10 : 0);
}
