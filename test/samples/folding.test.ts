import { expect } from 'chai';
import { loadLexicon } from '../../src/app/load-lexicon.ts';
import { createDedupEngine, type DedupEngine } from '../../src/core/dedup/engine.ts';
import { newsroom } from '../../src/samples/newsroom.ts';

/** Translations the engine cannot fold yet, by title. The list may only shrink. */
const notFoldedYet: readonly string[] = [];

const now = Date.UTC(2026, 10, 1);
const posts = newsroom.flatMap(site =>
  site.posts.map(post => ({
    story: post.story ?? `${site.id}/${post.slug}`,
    input: {
      id: `${site.id}/${post.slug}`,
      sourceId: site.id,
      language: site.format === 'latest-list' ? null : site.language,
      title: post.title,
      text: post.text.join(' '),
      url: `http://samples.example/${site.id}/${post.slug}`,
      at: now - post.hoursAgo * 3_600_000,
    },
  })),
);

/** Which posts ended in which story, whatever order they arrived in. */
function fold(engine: DedupEngine, order: readonly (typeof posts)[number][]): Map<string, string> {
  const storyOf = new Map<string, string>();
  for (const { input } of order) storyOf.set(input.id, engine.add(input).storyId);
  for (const change of engine.settle(now)) {
    if (change.kind === 'split') for (const id of change.itemIds) storyOf.set(id, change.into);
    else for (const [id, story] of storyOf) if (story === change.from) storyOf.set(id, change.into);
  }
  return storyOf;
}

describe('the sample newsroom, folded', function () {
  this.timeout(30_000);
  let storyOf: Map<string, string>;
  before(async () => {
    const lexicon = await loadLexicon();
    const byArrival = posts.toSorted((a, b) => a.input.at - b.input.at);
    storyOf = fold(createDedupEngine({ lexicon, windowMs: 7 * 86_400_000 }), byArrival);
  });

  it('has enough to show: at least 60 posts and 12 stories in two to five languages', () => {
    const languages = new Map<string, Set<string>>();
    for (const site of newsroom)
      for (const { story } of site.posts)
        if (story) languages.set(story, (languages.get(story) ?? new Set()).add(site.language));
    expect(posts.length).to.be.at.least(60);
    expect([...languages.values()].filter(set => set.size >= 2).length).to.be.at.least(12);
  });

  it('merges no two stories that only look alike', () => {
    const wrong: string[] = [];
    for (const [i, a] of posts.entries()) {
      for (const b of posts.slice(i + 1)) {
        if (a.story !== b.story && storyOf.get(a.input.id) === storyOf.get(b.input.id))
          wrong.push(`${a.input.title} ≠ ${b.input.title}`);
      }
    }
    expect(wrong, wrong.join('\n')).to.deep.equal([]);
  });

  it('folds every translation but those listed', () => {
    const alone: string[] = [];
    for (const story of new Set(posts.map(post => post.story))) {
      const versions = posts.filter(post => post.story === story);
      const sizes = new Map<string, number>();
      for (const { input } of versions)
        sizes.set(storyOf.get(input.id) ?? '', (sizes.get(storyOf.get(input.id) ?? '') ?? 0) + 1);
      const [main] = [...sizes].toSorted((a, b) => b[1] - a[1])[0] ?? [''];
      alone.push(...versions.filter(({ input }) => storyOf.get(input.id) !== main).map(({ input }) => input.title));
    }
    expect(alone.toSorted()).to.deep.equal(notFoldedYet.toSorted());
  });
});
