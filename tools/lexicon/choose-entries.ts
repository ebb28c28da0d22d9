/** Which forms go into the file: those that add to what their beginning already says, most useful first. */
import { type LanguageGroup, languageGroups } from '../../src/core/lexicon/language-groups.ts';
import { formKey, PREFIX_SALT } from '../../src/core/lexicon/lexicon.ts';
import type { FormCount, FormCounts } from './align-language.ts';
import type { Concepts } from './describe-concepts.ts';
import type { LexiconEntry } from './write-lexicon.ts';

type Meaning = readonly (readonly [concept: number, weight: number])[];

type Candidate = { readonly key: number; readonly meaning: Meaning; readonly value: number };

const WEIGHT_MIN = 0.15;
const SELDOM_MIN = 0.3;
/** Kept before all that texts and dictionaries have. */
const SURE = 20;

export function chooseEntries(
  counts: ReadonlyMap<LanguageGroup, FormCounts>,
  concepts: Concepts,
  entriesMax: number,
): { entries: LexiconEntry[]; perGroup: Map<LanguageGroup, number> } {
  const entries: LexiconEntry[] = [];
  const perGroup = new Map<LanguageGroup, number>();
  concepts.stems.forEach((stems, concept) => {
    for (const stem of stems) entries.push({ key: formKey('en', stem, PREFIX_SALT), concepts: [[concept, 1]] });
  });
  perGroup.set('en', entries.length);
  const all: (Candidate & { group: LanguageGroup })[] = [];
  for (const group of languageGroups) {
    const table = counts.get(group);
    if (table === undefined) continue;
    for (const candidate of groupCandidates(group, table, concepts)) all.push({ ...candidate, group });
  }
  // Equal values are cut in no order that follows the key, or one end of the table would fill up.
  all.sort((one, two) => two.value - one.value || scatter(one.key) - scatter(two.key));
  for (const candidate of all.slice(0, entriesMax - entries.length)) {
    entries.push({ key: candidate.key, concepts: candidate.meaning });
    perGroup.set(candidate.group, (perGroup.get(candidate.group) ?? 0) + 1);
  }
  return { entries, perGroup };
}

function groupCandidates(group: LanguageGroup, table: FormCounts, concepts: Concepts): Candidate[] {
  const inflects = !['zh', 'ja', 'vi', 'th'].includes(group);
  const beginnings = inflects ? meanBeginnings(group, table, concepts) : new Map<string, Meaning>();
  const out: Candidate[] = [];
  const used = new Set<string>();
  for (const [form, row] of table.forms) {
    const meaning = meaningOf(row, concepts);
    // What a rare word has been seen with once or twice is chance.
    const sure = row.total >= 2.5 || (meaning[0]?.[1] ?? 0) >= 0.45;
    if (!sure || (meaning.length === 0 && row.total < 12)) continue;
    const begun = longestBeginning(beginnings, form);
    if (begun !== null) {
      used.add(begun);
      if (!row.sure && saysTheSame(beginnings.get(begun) as Meaning, meaning)) continue;
    }
    out.push({
      key: formKey(group, form),
      meaning,
      value: Math.log(1 + row.total) + (meaning.length === 0 ? 2 : 0) + (row.sure ? SURE : 0),
    });
  }
  for (const form of beginnings.keys())
    out.push({
      key: formKey(group, form, PREFIX_SALT),
      meaning: beginnings.get(form) as Meaning,
      value: table.beginnings.has(form) ? SURE : used.has(form) ? 4 : 1,
    });
  return out;
}

/** At most two concepts with their share of the form's occurrences. */
function meaningOf(row: FormCount, concepts: Concepts): Meaning {
  const byConcept = new Map<number, number>();
  for (const [stem, count] of row.stems) {
    const concept = concepts.ofStem[stem] as number;
    if (concept !== 0) byConcept.set(concept, (byConcept.get(concept) ?? 0) + count);
  }
  const total = Math.max(row.total, 1);
  return (
    [...byConcept]
      // What a word was seen with a few times only is chance unless it was nearly always so.
      .filter(([, count]) => count / total >= (count >= 2.5 ? WEIGHT_MIN : SELDOM_MIN))
      .map(([concept, count]) => [concept, Math.min(1, count / total)] as const)
      .sort((one, two) => two[1] - one[1] || one[0] - two[0])
      .slice(0, 2)
  );
}

/** Beginnings of four to nine letters under which several forms mean one thing. */
function meanBeginnings(group: LanguageGroup, table: FormCounts, concepts: Concepts): Map<string, Meaning> {
  const least = group === 'ko' ? 2 : ['ar', 'he', 'fa', 'hi'].includes(group) ? 3 : 4;
  const sums = new Map<string, { row: FormCount; forms: number }>();
  for (const [form, row] of table.forms)
    for (let length = Math.max(least, form.length - 5); length < form.length; length += 1) {
      const start = form.slice(0, length);
      const sum = sums.get(start) ?? { row: { total: 0, stems: new Map() }, forms: 0 };
      sum.row.total += row.total;
      sum.forms += 1;
      for (const [stem, count] of row.stems) sum.row.stems.set(stem, (sum.row.stems.get(stem) ?? 0) + count);
      sums.set(start, sum);
    }
  const out = new Map<string, Meaning>();
  for (const start of [...sums.keys()].sort((one, two) => one.length - two.length)) {
    const sum = sums.get(start) as { row: FormCount; forms: number };
    const meaning = meaningOf(sum.row, concepts);
    if (sum.forms < 2 || sum.row.total < 2 || (meaning[0]?.[1] ?? 0) < 0.45) continue;
    const shorter = longestBeginning(out, start);
    // One letter or two: what reads the file cuts no more than five off.
    if (shorter !== null && start.length - shorter.length <= 2 && saysTheSame(out.get(shorter) as Meaning, meaning))
      continue;
    out.set(start, meaning);
  }
  for (const [start, row] of table.beginnings) out.set(start, meaningOf(row, concepts));
  return out;
}

function longestBeginning(beginnings: ReadonlyMap<string, Meaning>, form: string): string | null {
  for (let length = form.length - 1; length >= Math.max(2, form.length - 5); length -= 1) {
    const start = form.slice(0, length);
    if (beginnings.has(start)) return start;
  }
  return null;
}

function saysTheSame(one: Meaning, two: Meaning): boolean {
  return one[0]?.[0] === two[0]?.[0] && Math.abs((one[0]?.[1] ?? 0) - (two[0]?.[1] ?? 0)) < 0.3;
}

function scatter(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 0;
}
