/** Finding a word form in the lexicon: as it is, without what the language hangs on it, or by its beginning. */
import type { Word } from '../text/words.ts';
import { stripPrefixes } from './inflection.ts';
import { type LanguageGroup, serbianToLatin } from './language-groups.ts';
import { FORM_SALT, finishHash, formKey, groupSeed, hashUnit, type Lexicon, PREFIX_SALT } from './lexicon.ts';
import { isEnglishStop, stemEnglish } from './stem-english.ts';

/** `slot` −1: a word the lexicon knows to say nothing (kept so that it is not taken for a name). */
export type FormHit = { readonly slot: number; readonly trust: number };

/** Letters that may be cut off the end in search of a known beginning. */
const CUT_MAX = 5;

/** English is stored by stem. */
export function findEnglish(lexicon: Lexicon, folded: string): FormHit | null {
  const slot = englishSlot(lexicon, folded);
  if (slot === STOP) return stop;
  return slot < 0 ? null : { slot, trust: 1 };
}

const STOP = -2;
const stop: FormHit = { slot: -1, trust: 0 };

function englishSlot(lexicon: Lexicon, folded: string): number {
  const known = lexicon.englishSlots.get(folded);
  if (known !== undefined) return known;
  const slot = isEnglishStop(folded) ? STOP : lexicon.find(formKey('en', stemEnglish(folded), PREFIX_SALT));
  lexicon.englishSlots.set(folded, slot);
  return slot;
}

export function findForm(lexicon: Lexicon, group: LanguageGroup, word: Word): FormHit | null {
  if (group === 'en') return findEnglish(lexicon, word.folded);
  const form = group === 'hr' && word.script === 'cyrillic' ? serbianToLatin(word.folded) : word.folded;
  const exact = lexicon.find(formKey(group, form));
  if (exact >= 0) return { slot: exact, trust: 1 };
  const bare = stripPrefixes(form, group);
  for (const rest of bare) {
    const slot = lexicon.find(formKey(group, rest));
    if (slot >= 0) return { slot, trust: 0.95 };
  }
  return null;
}

/** By its beginning, with Arabic and Hebrew prefixes on and off. */
export function findInflected(lexicon: Lexicon, group: LanguageGroup, word: Word): FormHit | null {
  if (group === 'en') return null;
  const form = group === 'hr' && word.script === 'cyrillic' ? serbianToLatin(word.folded) : word.folded;
  const begun = findBeginning(lexicon, group, form);
  if (begun !== null) return begun;
  const bare = stripPrefixes(form, group)[0];
  return bare === undefined ? null : findBeginning(lexicon, group, bare);
}

/** The longest beginning with a concept of its own; shorter is less sure. */
function findBeginning(lexicon: Lexicon, group: LanguageGroup, form: string): FormHit | null {
  const least = group === 'ko' ? 2 : group === 'ar' || group === 'he' || group === 'fa' || group === 'hi' ? 3 : 4;
  const from = Math.max(least, form.length - CUT_MAX);
  let hash = groupSeed(group);
  let best: FormHit | null = null;
  for (let index = 0; index < form.length; index += 1) {
    hash = hashUnit(hash, form.charCodeAt(index));
    const length = index + 1;
    if (length < from) continue;
    const slot = lexicon.find(finishHash(hash, PREFIX_SALT));
    if (slot >= 0) best = { slot, trust: 1 - 0.05 * (form.length - length) };
    // A whole form that goes on as another form of itself.
    if (length < form.length && length >= least) {
      const whole = lexicon.find(finishHash(hash, FORM_SALT));
      if (whole >= 0 && (slot < 0 || best === null))
        best = { slot: whole, trust: 0.95 - 0.08 * (form.length - length) };
    }
  }
  return best;
}

const compounding = new Set<LanguageGroup>(['de', 'nl', 'sv', 'da', 'no', 'fi', 'hu']);
const links = ['', 's', 'es', 'n', 'en', 'e', 'er'];

/** Two known words written as one: Präsidentschafts|wahl. The longest first part wins. */
export function splitCompound(lexicon: Lexicon, group: LanguageGroup, word: Word): readonly FormHit[] | null {
  const form = word.folded;
  if (!compounding.has(group) || form.length < 8) return null;
  for (let cut = form.length - 4; cut >= 4; cut -= 1) {
    const head = formBefore(lexicon, group, form.slice(0, cut));
    if (head === null) continue;
    const rest = form.slice(cut);
    const exact = lexicon.find(formKey(group, rest));
    const tail = exact >= 0 ? { slot: exact, trust: 0.9 } : findBeginning(lexicon, group, rest);
    if (tail !== null) return [head, tail];
  }
  return null;
}

function formBefore(lexicon: Lexicon, group: LanguageGroup, head: string): FormHit | null {
  for (const link of links) {
    if (!head.endsWith(link) || head.length - link.length < 4) continue;
    const slot = lexicon.find(formKey(group, link === '' ? head : head.slice(0, -link.length)));
    if (slot >= 0) return { slot, trust: 0.9 };
  }
  return null;
}
