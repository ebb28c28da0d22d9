import { expect } from 'chai';
import { describeEvidence } from '../../../src/core/dedup/describe-evidence.ts';

describe('evidence in words', () => {
  it('writes figures as the reader’s language does, and numbers as the text has them', () => {
    const evidence = [
      { kind: 'meaning', similarity: 0.831, encoder: 'static' },
      { kind: 'probability', value: 0.978 },
      { kind: 'numbers', values: ['1.200', '5,2'] },
    ] as const;
    expect(describeEvidence(evidence, 'it').join('; ')).to.match(/0,83.*98 %.*1\.200, 5,2/);
    expect(describeEvidence(evidence, 'en').join('; ')).to.match(/0\.83.*98 %.*1\.200, 5,2/);
  });
});
