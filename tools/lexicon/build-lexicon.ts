/**
 * Builds `lexicon.bin` from parallel texts and dictionaries: `node tools/lexicon/build-lexicon.ts FOLDER OUT [--without flores_devtest]`.
 * The files, their public origins and licences are listed in `docs/lexicon-card.md`.
 */
import { writeFileSync } from 'node:fs';
import { type LanguageGroup, languageGroups } from '../../src/core/lexicon/language-groups.ts';
import { addVocabulary, markPlaces, prepareVocabulary } from './add-vocabulary.ts';
import { alignLanguage, type FormCounts } from './align-language.ts';
import { chooseEntries } from './choose-entries.ts';
import { collectTexts } from './collect-texts.ts';
import { conflateStems } from './conflate-stems.ts';
import { describeConcepts } from './describe-concepts.ts';
import { learnHanSounds } from './learn-han.ts';
import { readPlaces, readVocabulary } from './vocabulary/read-vocabulary.ts';
import { writeLexicon } from './write-lexicon.ts';

const [folder, out, ...rest] = process.argv.slice(2);
if (folder === undefined || out === undefined) {
  process.stderr.write('usage: node tools/lexicon/build-lexicon.ts FOLDER OUT [--without NAME,NAME] [--entries N]\n');
  process.exit(2);
}
const option = (name: string) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined);
const entriesMax = Number(option('--entries') ?? 675_000);
const started = performance.now();
const say = (message: string) =>
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${message}\n`);

const texts = await collectTexts(folder, new Set((option('--without') ?? '').split(',')));
say(`${texts.english.count} English stems, ${texts.hanPairs.size} traditional characters`);
const counts = new Map<LanguageGroup, FormCounts>();
for (const group of languageGroups) {
  if (group === 'en' || (texts.pairs.get(group)?.length ?? 0) === 0) continue;
  const aligned = alignLanguage(texts, group);
  counts.set(group, aligned);
  say(`${group}: ${texts.pairs.get(group)?.length ?? 0} sentences, ${aligned.forms.size} forms`);
}
// Ideas are stems like any other; which stems are one concept is for the texts to say.
const vocabulary = prepareVocabulary(texts, readVocabulary());
markPlaces(texts, readPlaces());
const classes = conflateStems(texts.english, counts);
addVocabulary(counts, vocabulary);
say(`${classes.merged} stems joined to others`);
const concepts = describeConcepts(texts, classes, counts);
say(`${concepts.labels.length} concepts`);
const chosen = chooseEntries(counts, concepts, entriesMax);
for (const [group, number] of chosen.perGroup) say(`${group}: ${number} entries`);
const bytes = writeLexicon({
  entries: chosen.entries,
  labels: concepts.labels,
  idf: concepts.idf,
  kinds: concepts.kinds,
  steadiness: concepts.steadiness,
  // Room for meaning vectors in the format; none so far was worth its bytes.
  dimensions: 0,
  vectors: new Int8Array(0),
  frequencies: concepts.frequencies,
  hanPairs: texts.hanPairs,
  hanSounds: learnHanSounds(texts.chineseNames, texts.hanFrequency),
  built: option('--label') ?? 'newsfold',
});
writeFileSync(out, bytes);
say(`${out}: ${bytes.length} bytes, ${chosen.entries.length} entries`);
