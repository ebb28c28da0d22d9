/**
 * Makes `src/core/normalize/language-ngrams.bin` from the database of the package `eld`: the same groups of letters and the same
 * scores, as sorted numbers.
 *
 * Usage: node tools/language/build-ngrams.ts OUT
 */
import { writeFileSync } from 'node:fs';
import { kindOf, type LanguageNgrams, writeNgrams } from '../../src/core/normalize/language-ngrams.ts';

type Database = {
  readonly languages: Readonly<Record<string, string>>;
  readonly ngrams: Readonly<Record<string, Readonly<Record<string, number>>>>;
};
type EldModules = [
  { readonly ngramsData: Database },
  { readonly dictionary: readonly string[] },
  { readonly avgScore: Readonly<Record<string, number>> },
];

/** The package exports its detector only; what it is made of is read by address. */
async function eldModules(): Promise<EldModules> {
  const entry = import.meta.resolve('eld/extrasmall');
  const names = ['../ngrams/extrasmall.js', '../dictionary.js', '../avgScore.js'];
  return (await Promise.all(names.map(name => import(new URL(name, entry).href)))) as EldModules;
}

export async function ngramsOfEld(): Promise<LanguageNgrams> {
  const [{ ngramsData }, { dictionary }, { avgScore }] = await eldModules();
  // The package writes bytes that are no ASCII letter as characters of its own choice.
  const byteOf = new Map(dictionary.map((character, byte) => [character, byte]).toReversed() as [string, number][]);
  for (const ascii of "abcdefghijklmnopqrstuvwxyz'`") byteOf.set(ascii, ascii.charCodeAt(0));
  const languages = Object.values(ngramsData.languages);
  const rows = Object.entries(ngramsData.ngrams).map(([written, scores]) => {
    const begins = written.startsWith(' ');
    const ends = written.length > 1 && written.endsWith(' ');
    const bytes = [...written.slice(begins ? 1 : 0, ends ? -1 : undefined)].map(character => byteOf.get(character));
    if (bytes.length === 0 || bytes.length > 4 || bytes.includes(undefined)) {
      throw new Error(`a group of letters that cannot be read: ${JSON.stringify(written)}`);
    }
    const group = [0, 1, 2, 3].reduce((sum, n) => (sum << 8) | (bytes[n] ?? 0), 0);
    return {
      kind: kindOf(begins, ends),
      group,
      scores: Object.entries(scores).map(([key, score]) => [Number(key), score]),
    };
  });
  rows.sort((a, b) => a.kind - b.kind || a.group - b.group);
  return {
    languages,
    usualScores: languages.map(language => avgScore[language] ?? 0),
    groups: Int32Array.from(rows, ({ group }) => group),
    kinds: Uint8Array.from(rows, ({ kind }) => kind),
    counts: Uint8Array.from(rows, ({ scores }) => scores.length),
    entries: Uint8Array.from(rows.flatMap(({ scores }) => scores.flat())),
  };
}

const [out] = process.argv.slice(2);
if (import.meta.main) {
  if (!out) {
    console.error('usage: build-ngrams OUT');
    process.exit(2);
  }
  const file = writeNgrams(await ngramsOfEld());
  writeFileSync(out, file);
  console.log(`${out}: ${(file.length / 1000).toFixed(0)} kB`);
}
