import { expect } from 'chai';
import { correctionLines } from '../../src/eval/corrections.ts';
import { evaluateTopics, readTopicItems } from '../../src/eval/evaluate-topics.ts';
import { readLabelled } from '../../src/eval/read-labelled.ts';
import { seededOrder } from '../../src/eval/seeded-order.ts';
import { splitHalf } from '../../src/eval/split-half.ts';
import type { Item } from '../../src/model.ts';
import type { StoredCorrection } from '../../src/pipeline/ports.ts';

describe('labelled sets', () => {
  it('are read with the contract’s names and with older ones', () => {
    const { items } = readLabelled([
      '{"id":"a","language":"it","title":"T","text":"x","url":"https://e.example/","publishedAt":"2025-03-01T12:00:00Z","source":"s","group":"g"}',
      '{"id":7,"lang":"fr","title":"T","time":1740830400,"group":3}',
      '{"id":"c","title":"T"}',
    ]);
    expect(items.map(item => [item.id, item.language, item.at, item.group])).to.deep.equal([
      ['a', 'it', Date.UTC(2025, 2, 1, 12), 'g'],
      ['7', 'fr', Date.UTC(2025, 2, 1, 12), '3'],
      ['c', null, null, null],
    ]);
    expect(items[0]).to.include({ text: 'x', url: 'https://e.example/', source: 's' });
  });

  it('may hold labelled pairs', () => {
    const { pairs } = readLabelled(['{"a":{"id":"1","title":"x"},"b":{"id":"2","title":"y"},"same":true}']);
    expect(pairs[0]).to.deep.include({ same: true });
    expect(pairs[0]?.b.title).to.equal('y');
  });

  const badLines: [string, RegExp][] = [
    ['nonsense', /not JSON/],
    ['[1]', /not a JSON object/],
    ['null', /not a JSON object/],
    ['{"title":"x"}', /"id" is missing/],
    ['{"id":"1"}', /"title" is missing/],
    ['{"id":"1","title":"  "}', /"title" is missing/],
    ['{"id":"1","title":["x"]}', /"title" is not a string/],
    ['{"id":"1","title":"x","publishedAt":"yesterday"}', /not a date/],
    ['{"id":"1","title":"x","publishedAt":1e300}', /not a date/],
    ['{"a":{"id":"1","title":"x"},"b":{},"same":true}', /"b": "id" is missing/],
    ['{"a":{"id":"1","title":"x"},"b":{"id":"2","title":"y"},"same":"yes"}', /"same" is not/],
  ];
  for (const [line, problem] of badLines)
    it(`say what is wrong with ${line.slice(0, 60)} and go on`, () => {
      const set = readLabelled(['', line, '{"id":"z","title":"good","group":"g"}']);
      expect(set.items.map(item => item.id)).to.deep.equal(['z']);
      expect(set.badLines).to.equal(1);
      expect(set.problems[0])
        .to.match(/^line 2: /)
        .and.match(problem);
    });

  it('for topics need a topic', () => {
    const { items, problems } = readTopicItems([
      '{"id":"1","title":"x","topic":"sports"}',
      '{"id":"2","title":"x"}',
      '{',
    ]);
    expect(items).to.have.length(1);
    expect(problems).to.have.length(2);
    expect(evaluateTopics(items, labels => () => labels[0] ?? null).accuracy).to.equal(1);
  });
});

describe('a seeded order', () => {
  it('is the same for the same seed and loses nothing', () => {
    const items = [...Array(50).keys()];
    expect(seededOrder(items, 3)).to.deep.equal(seededOrder(items, 3));
    expect(seededOrder(items, 3)).to.not.deep.equal(seededOrder(items, 4));
    expect(seededOrder(items, 3).sort((a, b) => a - b)).to.deep.equal(items);
  });
});

describe('the two halves', () => {
  it('keep look-alikes together', () => {
    expect(splitHalf('quake-noto')).to.equal(splitHalf('quake-crete'));
    expect(new Set(['quake', 'tennis', 'f1', 'suez', 'weather', 'solvane'].map(splitHalf)).size).to.equal(2);
  });
});

describe('corrections as labelled data', () => {
  const item = (id: string): Item =>
    ({ id, sourceId: 's', title: `title ${id}`, text: '', url: null, language: 'it', orderAt: 0 }) as unknown as Item;
  const correction = (change: Partial<StoredCorrection>): StoredCorrection => ({
    id: 'c',
    kind: 'together',
    a: '1',
    b: '2',
    at: 0,
    by: 'ada',
    undoneAt: null,
    action: 'x',
    ...change,
  });
  const lines = (corrections: StoredCorrection[]) =>
    correctionLines(corrections, id => (id === 'gone' ? undefined : item(id)));

  it('are read back by the evaluation', () => {
    const { pairs, badLines } = readLabelled(lines([correction({}), correction({ b: '3', kind: 'apart' })]));
    expect(badLines).to.equal(0);
    expect(pairs.map(({ a, b, same }) => [a.id, b.id, same])).to.deep.equal([
      ['1', '2', true],
      ['1', '3', false],
    ]);
    expect(pairs[0]?.a).to.include({ title: 'title 1', language: 'it', at: 0, source: 's' });
  });

  it('leave out what was undone, what is gone, and what a later word replaced', () => {
    const given = lines([
      correction({ undoneAt: 5 }),
      correction({ b: 'gone' }),
      correction({ a: '4', b: '5', at: 2, kind: 'apart' }),
      correction({ a: '5', b: '4', at: 1 }),
    ]);
    expect(given).to.have.length(1);
    expect(JSON.parse(given[0] ?? '')).to.include({ same: false });
  });
});
