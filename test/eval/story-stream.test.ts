import { expect } from 'chai';
import type { DedupEngine, DedupInput, StoryChange } from '../../src/core/dedup/engine.ts';
import type { LabelledItem } from '../../src/eval/labelled-item.ts';
import { createStoryStream } from '../../src/eval/story-stream.ts';

/** Joins items of equal text; `changes` are what settle answers, once. */
function scriptedEngine(changes: StoryChange[] = []): DedupEngine & { inputs: DedupInput[]; restored: DedupInput[] } {
  const stories = new Map<string, string>();
  const inputs: DedupInput[] = [];
  const restored: DedupInput[] = [];
  return {
    inputs,
    restored,
    add(item) {
      inputs.push(item);
      const known = stories.get(item.text);
      stories.set(item.text, known ?? `story-of-${item.id}`);
      const storyId = known ?? `story-of-${item.id}`;
      return { itemId: item.id, storyId, isNew: !known, with: null, score: 0.5, evidence: [], kept: new Uint8Array(0) };
    },
    restore(item) {
      restored.push(item);
      return new Uint8Array(0);
    },
    recall: () => false,
    reserve: () => undefined,
    reread: () => null,
    settle: () => changes.splice(0),
    remove: () => undefined,
    expire: () => undefined,
    constrain: () => [],
    explain: () => null,
    stats: () => ({ items: 0, stories: 0, postings: 0, calibration: '', encoder: '' }),
  };
}

const item = (id: string, text: string, at: number | null = null): LabelledItem => ({
  id,
  language: null,
  title: id,
  text,
  url: null,
  at,
  source: null,
  group: null,
});

function streamOf(engine: DedupEngine): ReturnType<typeof createStoryStream> {
  return createStoryStream({ engine, languageOf: () => 'it', canonicalUrl: url => url });
}

describe('story stream', () => {
  it('names a story after its first item', () => {
    const stream = streamOf(scriptedEngine());
    expect(['a', 'b', 'c'].map(id => stream.add(item(id, id === 'b' ? 'other' : 'same')).story)).to.deep.equal([
      'a',
      'b',
      'a',
    ]);
    expect([...stream.finish()]).to.deep.equal([
      ['a', 'a'],
      ['b', 'b'],
      ['c', 'a'],
    ]);
  });

  it('names a merged story after the older first item, whichever way the engine merged', () => {
    const stream = streamOf(scriptedEngine([{ kind: 'merge', from: 'story-of-a', into: 'story-of-b', evidence: [] }]));
    stream.add(item('a', 'one'));
    stream.add(item('b', 'two'));
    expect([...stream.finish().values()]).to.deep.equal(['a', 'a']);
  });

  it('names what a split leaves and what it takes away after their own first items', () => {
    const stream = streamOf(
      scriptedEngine([{ kind: 'split', from: 'story-of-a', into: 'new', itemIds: ['a', 'c'], evidence: [] }]),
    );
    for (const id of ['a', 'b', 'c', 'd']) stream.add(item(id, 'same'));
    expect([...stream.finish()]).to.deep.equal([
      ['a', 'a'],
      ['b', 'b'],
      ['c', 'a'],
      ['d', 'b'],
    ]);
  });

  it('answers a repeated id with its story and does not count it again', () => {
    const engine = scriptedEngine();
    const stream = streamOf(engine);
    stream.add(item('a', 'same'));
    stream.add(item('b', 'same'));
    expect(stream.add(item('b', 'entirely new'))).to.include({ story: 'a', repeated: true });
    expect(engine.inputs).to.have.length(2);
  });

  it('takes an item without a date for as old as the latest date before it', () => {
    const engine = scriptedEngine();
    const stream = streamOf(engine);
    stream.add(item('a', '1', 1000));
    stream.add(item('b', '2'));
    stream.add(item('c', '3', 3000));
    stream.add(item('d', '4'));
    expect(engine.inputs.map(({ at }) => at)).to.deep.equal([1000, 1000, 3000, 3000]);
  });

  it('takes items before any date for as old as the first date', () => {
    const engine = scriptedEngine();
    const stream = streamOf(engine);
    stream.add(item('a', '1'));
    stream.add(item('b', '2', 5000));
    stream.add(item('c', '3', 6000));
    expect(engine.restored.map(({ id, at }) => [id, at])).to.deep.equal([['a', 5000]]);
  });

  it('takes items of no source for items of different sources', () => {
    const engine = scriptedEngine();
    const stream = streamOf(engine);
    stream.add(item('a', '1'));
    stream.add(item('b', '2'));
    expect(new Set(engine.inputs.map(({ sourceId }) => sourceId)).size).to.equal(2);
  });
});
