/** Concepts: which classes of stems are kept, their label, kind, background idf and how steadily they survive translation. */
import type { LanguageGroup } from '../../src/core/lexicon/language-groups.ts';
import { stemEnglish } from '../../src/core/lexicon/stem-english.ts';
import { foldedFrequencyIndex } from '../../src/core/lexicon/word-frequency.ts';
import { englishCalendarWords } from '../../src/core/text/month-names.ts';
import { readWords } from '../../src/core/text/words.ts';
import type { FormCounts } from './align-language.ts';
import type { CollectedTexts } from './collect-texts.ts';
import type { StemClasses } from './conflate-stems.ts';

export type Concepts = {
  /** Stem to concept, 0 for those that are left out. */
  readonly ofStem: Int32Array;
  /** Stems of each kept concept's English forms, for the English entries. */
  readonly stems: readonly (readonly string[])[];
  readonly labels: readonly string[];
  readonly idf: Uint8Array;
  readonly kinds: Uint8Array;
  readonly steadiness: Uint8Array;
  readonly frequencies: Uint8Array;
};

const CONCEPTS_MAX = 60_000;

export function describeConcepts(
  texts: CollectedTexts,
  classes: StemClasses,
  counts: ReadonlyMap<LanguageGroup, FormCounts>,
): Concepts {
  const { english } = texts;
  const mass = new Float64Array(english.count);
  for (const table of counts.values())
    for (const row of table.forms.values())
      for (const [stem, count] of row.stems) {
        const of = classes.classOf[stem] as number;
        mass[of] = (mass[of] as number) + Math.min(3, count);
      }
  const kept = [...classes.classOf.keys()]
    .filter(id => classes.classOf[id] === id && (mass[id] as number) >= 1)
    .sort((one, two) => (mass[two] as number) - (mass[one] as number))
    .slice(0, CONCEPTS_MAX - 1);
  const numberOf = new Map(kept.map((id, index) => [id, index + 1]));
  const ofStem = classes.classOf.map(id => numberOf.get(id) ?? 0);
  const total = kept.length + 1;
  const share = new Float64Array(total);
  const capital = new Float64Array(total);
  const lower = new Float64Array(total);
  const listed = new Uint8Array(total);
  const stems: string[][] = Array.from({ length: total }, () => []);
  const forms: Map<string, number>[] = Array.from({ length: total }, () => new Map());
  ofStem.forEach((concept, stem) => {
    if (concept === 0) return;
    share[concept] = (share[concept] as number) + (english.share[stem] as number);
    capital[concept] = (capital[concept] as number) + (english.capital[stem] as number);
    lower[concept] = (lower[concept] as number) + (english.lower[stem] as number);
    if (english.place.has(stem)) listed[concept] = 2;
    else if (english.proper.has(stem) && listed[concept] === 0) listed[concept] = 1;
    (stems[concept] as string[]).push(english.labels[stem] as string);
    for (const [form, count] of english.forms[stem] as Map<string, number>) {
      const known = forms[concept] as Map<string, number>;
      known.set(form, (known.get(form) ?? 0) + count);
    }
  });
  const idf = new Uint8Array(total);
  const kinds = new Uint8Array(total);
  for (let concept = 1; concept < total; concept += 1) {
    idf[concept] = quantizeIdf(share[concept] as number);
    if ((stems[concept] as string[]).some(stem => calendar.has(stem))) continue;
    kinds[concept] = kindOf({
      capital: capital[concept] as number,
      lower: lower[concept] as number,
      listed: listed[concept] as number,
    });
  }
  return {
    ofStem,
    stems,
    labels: forms.map(
      known => [...known].sort((one, two) => two[1] - one[1] || one[0].length - two[0].length)[0]?.[0] ?? '',
    ),
    idf,
    kinds,
    steadiness: measureSteadiness(texts, ofStem, counts),
    frequencies: countFrequencies(texts),
  };
}

const calendar: ReadonlySet<string> = new Set(englishCalendarWords.map(stemEnglish));

/** −ln of the share, in sixteenths; a stem never seen in text counts as one sentence in thirty thousand. */
function quantizeIdf(share: number): number {
  return Math.max(1, Math.min(255, Math.round(-Math.log(share + 3e-5) * 16)));
}

/** Most uses inside a sentence have a capital; what is never used counts as its dictionaries list it. */
function kindOf(seen: { capital: number; lower: number; listed: number }): number {
  const uses = seen.capital + seen.lower;
  const isName = uses >= 2 ? seen.capital / uses >= 0.7 : seen.listed !== 0 && seen.lower === 0;
  if (!isName) return 0;
  return seen.listed === 2 ? 2 : 1;
}

/** How often the concept of an English word is found in the translation, smoothed towards one half. */
function measureSteadiness(
  texts: CollectedTexts,
  ofStem: Int32Array,
  counts: ReadonlyMap<LanguageGroup, FormCounts>,
): Uint8Array {
  const total = ofStem.reduce((most, concept) => Math.max(most, concept), 0) + 1;
  const expected = new Float64Array(total);
  const found = new Float64Array(total);
  for (const table of counts.values())
    for (const row of table.forms.values())
      for (const [stem, count] of row.stems)
        if (count >= 0.12 * row.total)
          found[ofStem[stem] as number] = (found[ofStem[stem] as number] as number) + count;
  for (const [group, pairs] of texts.pairs) {
    if (group === 'en') continue;
    for (const pair of pairs)
      for (const stem of pair.english)
        expected[ofStem[stem] as number] = (expected[ofStem[stem] as number] as number) + pair.weight;
  }
  return Uint8Array.from(expected, (count, concept) =>
    Math.min(255, Math.round((255 * (Math.min(found[concept] as number, count) + 6)) / (count + 8))),
  );
}

/** Rough idf of any word form of any language by hash, so that frequent words outside the lexicon weigh little. */
function countFrequencies(texts: CollectedTexts): Uint8Array {
  const size = 1 << 16;
  const seen = new Float64Array(size);
  let documents = 0;
  for (const row of texts.sentences)
    for (const text of Object.values(row)) {
      documents += 1;
      for (const form of new Set(readWords(text, 60).map(word => word.folded))) {
        const index = foldedFrequencyIndex(form, size);
        seen[index] = (seen[index] as number) + 1;
      }
    }
  // A form belongs to one language in about thirty.
  return Uint8Array.from(seen, count =>
    Math.max(1, Math.min(255, Math.round(-Math.log((count * 12) / documents + 3e-5) * 16))),
  );
}
