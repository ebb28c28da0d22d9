import { expect } from 'chai';
import { probabilityMetrics } from '../../src/eval/probability-metrics.ts';
import { topicMetrics } from '../../src/eval/topic-metrics.ts';

const pair = (probability: number, same: boolean, weight = 1) => ({ probability, same, weight });

describe('probability metrics', () => {
  it('find the cut with the best F1 and the figures at one half', () => {
    const metrics = probabilityMetrics([pair(0.9, true), pair(0.6, false), pair(0.4, true), pair(0.1, false)]);
    expect(metrics.atHalf).to.include({ precision: 0.5, recall: 0.5 });
    expect(metrics.best.threshold).to.equal(0.4);
    expect(metrics.best.recall).to.equal(1);
    expect(metrics.best.precision).to.be.closeTo(2 / 3, 1e-9);
    expect(metrics.averagePrecision).to.be.closeTo(0.5 + 1 / 3, 1e-9);
  });

  it('do not depend on the order of equal probabilities', () => {
    const figures = [true, false].map(
      first => probabilityMetrics([pair(0.5, first), pair(0.5, !first)]).averagePrecision,
    );
    expect(figures).to.deep.equal([0.5, 0.5]);
  });

  it('measure whether the probability keeps its word', () => {
    const honest = [...Array(7)].map(() => pair(0.7, true)).concat([...Array(3)].map(() => pair(0.7, false)));
    expect(probabilityMetrics(honest).calibrationError).to.be.closeTo(0, 1e-9);
    expect(probabilityMetrics(honest).brier).to.be.closeTo(0.21, 1e-9);
    expect(probabilityMetrics([pair(1, false), pair(0, true)]).calibrationError).to.equal(1);
    expect(probabilityMetrics(honest).bins.filter(bin => bin.pairs > 0)).to.have.length(1);
  });

  it('let a sampled pair count for those it stands for', () => {
    const { precision } = probabilityMetrics([pair(0.9, true), pair(0.9, false, 9)]).atHalf;
    expect(precision).to.be.closeTo(0.1, 1e-9);
  });

  it('are zeros for nothing', () => {
    expect(probabilityMetrics([])).to.include({ pairs: 0, brier: 0, calibrationError: 0, averagePrecision: 0 });
  });
});

describe('topic metrics', () => {
  const metrics = topicMetrics([
    { language: 'it', topic: 'sports', predicted: 'sports' },
    { language: 'it', topic: 'sports', predicted: 'health' },
    { language: 'fr', topic: 'health', predicted: 'health' },
    { language: 'fr', topic: 'health', predicted: null },
  ]);

  it('give accuracy and macro F1, over all and by language', () => {
    expect(metrics).to.include({ items: 4, accuracy: 0.5 });
    expect(metrics.macroF1).to.be.closeTo((2 / 3 + 0.5) / 2, 1e-9);
    expect([...metrics.byLanguage.keys()]).to.deep.equal(['fr', 'it']);
    expect(metrics.byLanguage.get('it')).to.include({ items: 2, accuracy: 0.5 });
  });

  it('say what is taken for what', () => {
    expect(metrics.confusion.get('sports')?.get('health')).to.equal(1);
    expect(metrics.byTopic.get('health')).to.include({ items: 2, precision: 0.5, recall: 0.5 });
  });

  it('do not count a class that the set has not', () => {
    expect(topicMetrics([{ language: null, topic: 'a', predicted: 'other' }])).to.include({ accuracy: 0, macroF1: 0 });
  });
});
