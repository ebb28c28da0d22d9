import { expect } from 'chai';
import { readAmbiguousPairs } from '../../src/eval/ambiguous-pairs.ts';
import { type Clustered, clusterMetrics } from '../../src/eval/cluster-metrics.ts';

/** `it:A>1 fr:A>1 en:B>2`: language, group, the story it was given. */
function clustered(text: string): Clustered[] {
  return text.split(' ').map((word, i) => {
    const [, language = '', group = '', story = ''] = /^(\w+):(\w+)>(\w+)$/.exec(word) ?? [];
    return { id: String(i), language, group, story };
  });
}

describe('cluster metrics', () => {
  it('are all 1 when the stories are the groups, whatever the names', () => {
    const metrics = clusterMetrics(clustered('it:A>x fr:A>x en:B>y'));
    expect(metrics.bCubed).to.deep.equal({ precision: 1, recall: 1, f1: 1 });
    expect(metrics.pairwise).to.include({ precision: 1, recall: 1, truePositives: 1, falsePositives: 0, missed: 0 });
    expect(metrics).to.include({ items: 3, groups: 2, stories: 2, falsePerMillion: 0 });
  });

  it('follow the textbook on an example worked out by hand', () => {
    // Stories {A A B} and {A}: precision (2/3 + 2/3 + 1/3 + 1) / 4, recall (2/3 + 2/3 + 1 + 1/3) / 4.
    const metrics = clusterMetrics(clustered('it:A>1 fr:A>1 en:B>1 de:A>2'));
    expect(metrics.bCubed.precision).to.be.closeTo(8 / 12, 1e-9);
    expect(metrics.bCubed.recall).to.be.closeTo(8 / 12, 1e-9);
    expect(metrics.pairwise).to.include({ truePositives: 1, falsePositives: 2, missed: 2 });
    expect(metrics.falsePerMillion).to.be.closeTo((2 / 3) * 1e6, 1);
    expect(metrics.mixedStories).to.deep.equal([{ story: '1', groups: ['A', 'B'] }]);
  });

  it('say which languages fail', () => {
    const { byLanguages } = clusterMetrics(clustered('it:A>1 fr:A>1 fr:B>2 it:B>3 it:C>4 it:D>4'));
    expect([...byLanguages.keys()]).to.deep.equal(['fr–it', 'it']);
    expect(byLanguages.get('fr–it')).to.include({ truePositives: 1, missed: 1, recall: 0.5, precision: 1 });
    expect(byLanguages.get('it')).to.include({ falsePositives: 1 });
  });

  it('count pairs of ambiguous groups nowhere', () => {
    const isAmbiguous = readAmbiguousPairs({ ambiguous_group_pairs: [['B', 'A']] });
    const metrics = clusterMetrics(clustered('it:A>1 fr:B>1'), isAmbiguous);
    expect(metrics.pairwise).to.include({ falsePositives: 0, f1: 1 });
    expect(metrics.bCubed.f1).to.equal(1);
    expect(metrics.mixedStories).to.deep.equal([]);
  });

  it('survive an empty set', () => {
    expect(clusterMetrics([]).bCubed).to.include({ precision: 1, recall: 1 });
  });
});

describe('ambiguous pairs', () => {
  it('come as an object of any name or as a list, in any order of the two', () => {
    for (const given of [{ ambiguous_doc_pairs: [['a', 'b']] }, [['b', 'a']]]) {
      const isAmbiguous = readAmbiguousPairs(given);
      expect([
        isAmbiguous('a', 'b'),
        isAmbiguous('b', 'a'),
        isAmbiguous('a', 'c'),
        isAmbiguous(null, 'a'),
      ]).to.deep.equal([true, true, false, false]);
    }
  });

  it('are refused in any other shape', () => {
    for (const given of [null, 'x', {}, { pairs: ['a'] }, [['a']], [['a', 1]]])
      expect(() => readAmbiguousPairs(given)).to.throw(TypeError);
  });
});
