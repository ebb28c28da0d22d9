import { stripPrefixes, trimEndings } from '../lexicon/inflection.ts';
import type { LanguageGroup } from '../lexicon/language-groups.ts';
import { NAME_SPACE, spaceOf } from '../lexicon/term-ids.ts';
import { nameKey, transliterate } from '../text/transliterate.ts';
import type { Component } from './compile-term.ts';
import type { Add, At } from './hit.ts';
import { nameSimilarity } from './name-similarity.ts';
import type { Token } from './read-version.ts';
import type { TermIndex } from './term-index.ts';

/** A name is written in other letters, or heard otherwise: as sure as its consonants agree. */
const sureName = 0.95;

/** Below this two names only happen to begin alike. */
const similarityMin = 0.8;

/** Characters that write a foreign name say no more than its coarse sound: it must be long to be trusted. */
const sureOfSound: readonly number[] = [0, 0, 0, 0.75, 0.85];

/** Names of the term that sound like this word: Haftar, Хафтар, حفتر, ハフタル, 哈夫塔尔. */
export function findNames(add: Add, index: TermIndex, at: At): void {
  const { token, version } = at;
  if (token.script === 'digit' || token.script === 'other') return;
  if (token.script === 'cjk') {
    findSounds(add, index, at);
    return;
  }
  if (!looksLikeName(at)) return;
  const tried = new Set<number>();
  for (const folded of spellings(token, version.group)) {
    const latin = transliterate(folded, token.script);
    for (const component of index.bySound.get(nameKey(latin)) ?? []) {
      const wanted = index.components[component];
      if (wanted === undefined || tried.has(component)) continue;
      const strength = nameStrength(wanted, latin, token);
      if (strength === 0) continue;
      tried.add(component);
      add(component, { kind: 'name', strength, token, found: token.surface });
    }
  }
}

/** Chinese and Japanese: the lexicon's reader divides the run and hears the characters that write foreign names. */
function findSounds(add: Add, index: TermIndex, { token, read }: At): void {
  for (const { id, surface } of read) {
    if (id < NAME_SPACE) continue;
    for (const component of index.bySoundId.get(id) ?? []) {
      const wanted = index.components[component];
      if (wanted === undefined) continue;
      const strength = sureName * (sureOfSound[Math.min(4, wanted.sound.length)] ?? 0);
      add(component, { kind: 'name', strength, token, found: surface });
    }
  }
}

/** With a capital where that says something; where it does not, no word that the lexicon knows to mean something else. */
function looksLikeName({ token, read, version, lexicon }: At): boolean {
  const isCased = token.script === 'latin' || token.script === 'cyrillic' || token.script === 'greek';
  if (isCased && !token.capital) return false;
  if (isCased && !token.initial && !version.plainCapitals && version.group !== 'de') return true;
  return !read.some(({ id, weight }) => spaceOf(id) === 'concept' && lexicon.kinds[id] === 0 && weight >= 0.4);
}

function spellings(token: Token, group: LanguageGroup | null): readonly string[] {
  if (token.script === 'arabic' || token.script === 'hebrew') {
    return [token.folded, ...stripPrefixes(token.folded, token.script === 'hebrew' ? 'he' : 'ar')];
  }
  const trimmed = group === null ? token.folded : trimEndings(token.folded, group);
  // Selenskyj, Zelenskij, Zelenskyi: one ending of Slavic names, in as many spellings.
  const slavic = token.folded.replace(/(?<=[iy])[ijy]$/, '');
  return [...new Set([token.folded, trimmed, slavic])];
}

function nameStrength(wanted: Pick<Component, 'latin' | 'script'>, latin: string, token: Token): number {
  const similarity = nameSimilarity(wanted.latin, latin, [token.script, wanted.script]);
  return similarity < similarityMin ? 0 : sureName * similarity;
}
