import { expect } from 'chai';
import { languageGroups } from '../../../src/core/lexicon/language-groups.ts';
import { readVocabulary } from '../../../tools/lexicon/vocabulary/read-vocabulary.ts';

describe('the vocabulary of the news', () => {
  const vocabulary = readVocabulary();

  it('has a file for every language without texts, and for most others', () => {
    for (const group of 'sk sl et lv lt mk is sq be az uz kk hy ka ur ne bn ta th sw ha tl'.split(' '))
      expect(
        vocabulary.get(languageGroups.find(known => known === group) ?? 'en')?.length ?? 0,
        group,
      ).to.be.greaterThan(600);
    expect(vocabulary.size).to.be.greaterThan(45);
  });

  const all = Array.from(vocabulary, ([group, entries]) => entries.map(entry => ({ group, ...entry }))).flat();

  it('names every idea in plain English words', () => {
    expect(all.filter(({ english }) => english.some(word => !/^[a-z]+$/.test(word)))).to.deep.equal([]);
  });

  it('has no stem too short to tell anything, and no form longer than a term', () => {
    expect(all.filter(({ form, isStem }) => isStem && form.length < 2)).to.deep.equal([]);
    expect(all.filter(({ form }) => form.split(' ').length > 6 || /[-\t]$/.test(form))).to.deep.equal([]);
  });
});
