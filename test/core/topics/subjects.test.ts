import { expect } from 'chai';
import fc from 'fast-check';
import { emptyLexicon } from '../../../src/core/lexicon/lexicon.ts';
import { classifySubject, compileSubjects, rankSubjects } from '../../../src/core/topics/classify-subject.ts';
import { compileTopics } from '../../../src/core/topics/compile-topics.ts';
import { matchStory } from '../../../src/core/topics/match-story.ts';
import { readVersion } from '../../../src/core/topics/read-version.ts';
import { indexCategoryWords, subjectOfCategory } from '../../../src/core/topics/subject-categories.ts';
import { findSubject, subjectCodes, subjects } from '../../../src/core/topics/subject-names.ts';
import { subjectWeights } from '../../../src/core/topics/subject-weights.ts';
import { sampleItem, sampleTopic } from './sample-topic.ts';

describe('the subjects', () => {
  it('are the seventeen of the top level, by name, code and common other names', () => {
    expect(subjects).to.have.length(17);
    expect(new Set(Object.values(subjectCodes)).size).to.equal(17);
    for (const [name, subject] of [
      ['sport', 'sport'],
      ['Sports', 'sport'],
      ['medtop:15000000', 'sport'],
      ['economy, business and finance', 'economy'],
      ['technology', 'science'],
      ['gardening', null],
    ] as const) {
      expect(findSubject(name), name).to.equal(subject);
    }
  });

  const index = indexCategoryWords();
  const rows: [string, string | null][] = [
    ['Politica', 'politics'],
    ['POLITIK', 'politics'],
    ['News / Sport', 'sport'],
    ['Économie', 'economy'],
    ['Экономика', 'economy'],
    ['رياضة', 'sport'],
    ['健康', 'health'],
    ['Medio ambiente', 'environment'],
    ['kinh tế', 'economy'],
    ['Uncategorized', null],
    ['', null],
  ];
  for (const [category, subject] of rows) {
    it(`are said by the category “${category}”: ${subject}`, () => {
      expect(subjectOfCategory(index, category)?.subject ?? null).to.equal(subject);
    });
  }

  it('have weights for words, one for each subject', () => {
    const weights = subjectWeights();
    expect(weights.size).to.be.greaterThan(1500);
    const row = weights.get('football');
    expect(row?.[subjects.indexOf('sport')]).to.be.greaterThan(2);
    for (const values of weights.values()) expect(values).to.have.length(subjects.length);
  });
});

describe('the subject of a text', () => {
  const reader = compileSubjects(emptyLexicon());
  const rows: [string, string, string][] = [
    ['sw', 'Timu ya soka yashinda mechi ya fainali', 'sport'],
    ['ha', 'Shugaban kasa ya gana da gwamnoni kan zaɓen majalisa', 'politics'],
    ['so', 'Isbitaalka oo dhakhtarro iyo daawo u baahan', 'health'],
    ['am', 'የጤና ሚኒስቴር ክትባት ለሆስፒታል አስረከበ', 'health'],
    ['yo', 'Ààrẹ àti gómìnà jíròrò ìdìbò', 'politics'],
    ['hau', 'Shugaban kasa ya gana da gwamnoni kan zaɓen majalisa', 'politics'],
  ];
  for (const [language, title, subject] of rows) {
    it(`is found without a lexicon where a few words say it (${language}: ${subject})`, () => {
      const [first] = rankSubjects(reader, readVersion(emptyLexicon(), sampleItem({ language, title })));
      expect(first?.[0]).to.equal(subject);
    });
  }

  it('is none where nothing speaks for one', () => {
    expect(
      classifySubject(reader, readVersion(emptyLexicon(), sampleItem({ language: 'sw', title: 'Habari gani' }))).size,
    ).to.equal(0);
  });
});

describe('matching', () => {
  it('never throws, whatever topics and stories say', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const words = fc.array(text, { maxLength: 3 });
    fc.assert(
      fc.property(
        words,
        words,
        words,
        text,
        text,
        words,
        fc.constantFrom('it', 'zh', 'ar', 'xx', null),
        (any, all, none, about, title, categories, language) => {
          const compiled = compileTopics([sampleTopic({ any, all, none, about, subject: title })], { lexicon });
          const item = sampleItem({ title, text: about + title, categories, language });
          expect(matchStory(compiled, [{ item, source: { id: 'x', tags: [] } }])).to.be.an('array');
        },
      ),
      { numRuns: 200 },
    );
  });

  const lexicon = emptyLexicon();
});
