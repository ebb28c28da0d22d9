import { expect } from 'chai';
import fc from 'fast-check';
import { emptyLexicon } from '../../../src/core/lexicon/lexicon.ts';
import { type CompiledTopics, compileTopics } from '../../../src/core/topics/compile-topics.ts';
import { matchStory, type VersionOfSource } from '../../../src/core/topics/match-story.ts';
import type { Topic } from '../../../src/model.ts';
import { sampleItem, sampleTopic } from './sample-topic.ts';
import { loadItems, loadLexicon, loadTopics } from './topic-set.ts';

const lexicon = loadLexicon() ?? emptyLexicon();
const items = [...loadItems('tune'), ...loadItems('held-out')];
const labelled = loadTopics();
const terms = [...labelled.flatMap(({ any, all, none }) => [...any, ...all, ...none]), 'Haftar Tripoli', 'Duran Duran'];
const meanings = labelled.flatMap(({ about }) => about ?? []);

const term = fc.oneof(
  fc.constantFrom(...terms),
  fc.tuple(fc.constantFrom(...terms), fc.constantFrom(...terms)).map(pair => pair.join(' ')),
);
const topic = fc
  .record({
    any: fc.array(term, { maxLength: 3 }),
    all: fc.array(term, { maxLength: 1 }),
    none: fc.array(term, { maxLength: 1 }),
    about: fc.option(fc.constantFrom(...meanings), { nil: undefined, freq: 3 }),
    subject: fc.option(fc.constantFrom('politics', 'sport'), { nil: undefined, freq: 4 }),
    sources: fc.constantFrom([], ['s1'], ['tag:even']),
    languages: fc.constantFrom([], [], ['it', 'de']),
    threshold: fc.constantFrom<Topic['threshold']>('strict', 'normal', 'wide'),
  })
  .map(({ about, subject, ...rest }) => ({
    ...rest,
    ...(about === undefined ? {} : { about }),
    ...(subject === undefined ? {} : { subject }),
  }));
const topics = fc
  .array(topic, { minLength: 2, maxLength: 12 })
  .map(rows => rows.map((row, index) => sampleTopic({ ...row, id: `t${index}` })));
const story = fc
  .array(fc.constantFrom(...items), { minLength: 1, maxLength: 3 })
  .map(versions => versions.map(asVersion));

function asVersion({ topics: _, ...item }: (typeof items)[number], index: number): VersionOfSource {
  const tags = index % 2 === 0 ? ['even'] : [];
  return { item: sampleItem({ ...item, id: `i${index}` }), source: { id: `s${index}`, tags } };
}

/** Without what makes it quick: every topic is asked, every phrase is looked for wherever one of its words is. */
function plainly(compiled: CompiledTopics): CompiledTopics {
  const termsByComponent = compiled.index.components.map((_, component) =>
    compiled.index.wordsOf.flatMap((words, number) => (words.includes(component) ? [number] : [])),
  );
  return {
    ...compiled,
    alwaysAsked: compiled.topics.map((_, index) => index),
    topicsByTerm: new Map(),
    topicsByConcept: new Map(),
    index: { ...compiled.index, termsByComponent },
  };
}

describe('matching many topics at once', () => {
  it('says of each topic what asking it alone says', () => {
    fc.assert(
      fc.property(topics, story, (wanted, versions) => {
        const together = matchStory(compileTopics(wanted, { lexicon }), versions);
        const alone = wanted.flatMap(one => matchStory(compileTopics([one], { lexicon }), versions));
        expect(together).to.deep.equal(alone);
      }),
      { numRuns: 20 },
    );
  }).timeout(60_000);

  it('says what asking every topic about every word says', () => {
    let matched = 0;
    fc.assert(
      fc.property(topics, story, (wanted, versions) => {
        const compiled = compileTopics(wanted, { lexicon });
        const quickly = matchStory(compiled, versions);
        matched += quickly.length;
        expect(quickly).to.deep.equal(matchStory(plainly(compiled), versions));
      }),
      { numRuns: 80 },
    );
    expect(matched).to.be.greaterThan(0);
  }).timeout(60_000);

  it('misses none that is only just alike', () => {
    // Each title as a free text: everything from alike to nothing in common.
    const about = items.map(({ title }, index) => sampleTopic({ id: `t${index}`, about: title, threshold: 'wide' }));
    const compiled = compileTopics(about, { lexicon });
    for (const item of items.slice(0, 60)) {
      const versions = [asVersion(item, 0)];
      expect(matchStory(compiled, versions)).to.deep.equal(matchStory(plainly(compiled), versions));
    }
  });
});
