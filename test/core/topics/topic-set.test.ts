import { expect } from 'chai';
import type { Topic } from '../../../src/model.ts';
import { loadItems, loadLexicon, measure, precision, recall } from './topic-set.ts';

const byWords = ({ about, subject }: Topic): boolean => about === undefined && subject === undefined;

describe('topics on the labelled set in 22 languages', () => {
  const lexicon = loadLexicon();
  if (lexicon === null) {
    it('is not measured: this checkout has no lexicon (src/core/lexicon/lexicon.bin)', () => {
      console.log('      topics not measured: no lexicon.bin');
    });
    return;
  }

  const floors: [string, (topic: Topic) => boolean, number, number][] = [
    ['words, names, places and concepts', byWords, 0.95, 0.72],
    ['meaning', topic => topic.about !== undefined, 0.6, 0.6],
    ['subjects', topic => topic.subject !== undefined, 0.7, 0.65],
  ];
  for (const [name, isMeasured, precisionMin, recallMin] of floors) {
    it(`finds by ${name} what people would, on the part that nothing was tuned on`, () => {
      const { total, byKind } = measure(lexicon, loadItems('held-out'), isMeasured);
      const kinds = [...byKind].map(([kind, count]) => `${kind} ${count.hits} right ${count.false} wrong`).join(', ');
      console.log(`      precision ${precision(total).toFixed(2)}, recall ${recall(total).toFixed(2)}; ${kinds}`);
      expect(precision(total)).to.be.at.least(precisionMin);
      expect(recall(total)).to.be.at.least(recallMin);
    });
  }
});
