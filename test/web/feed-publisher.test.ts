import { expect } from 'chai';
import { memoryCache } from '../../src/cache/memory-cache.ts';
import { parseFeedRequest } from '../../src/pipeline/feed-request.ts';
import type { StoryStore } from '../../src/pipeline/ports.ts';
import { allTopic } from '../../src/pipeline/topic-registry.ts';
import { createFeedPublisher } from '../../src/web/feed-publisher.ts';
import { isNotModified } from '../../src/web/http-validators.ts';

describe('a published feed', () => {
  it('that changes twice in a second has two times of change, so that If-Modified-Since alone misses neither', async () => {
    let now = 1_790_000_000_100;
    let state = { version: '1', changedAt: now - 50 };
    let title = 'One';
    const stories = {
      topicVersion: async () => state,
      page: async () => [],
    } as unknown as StoryStore;
    const publisher = createFeedPublisher({
      stories,
      cache: memoryCache({ bytesMax: 1e6, now: () => now }),
      now: () => now,
      installationId: 'test',
      site: () => ({
        publicUrl: 'http://localhost',
        hubUrls: [],
        sourceOf: () => ({ title: '', homeUrl: null, feedUrl: null }),
        revision: '',
      }),
    });
    const publish = () =>
      publisher.publish({ ...allTopic, title }, 0, parseFeedRequest('atom', new URLSearchParams()), null);
    const first = await publish();
    const held = new Date(Math.min(first.lastModified, now)).toUTCString();
    expect(isNotModified({ 'if-modified-since': held }, first)).to.equal(true);

    now += 600;
    state = { version: '2', changedAt: now };
    const second = await publish();
    expect(isNotModified({ 'if-modified-since': held }, second)).to.equal(false);
    // And from the next second on, who has the second state is told so.
    now += 1_000;
    const heldNext = new Date(Math.min(second.lastModified, now)).toUTCString();
    expect(isNotModified({ 'if-modified-since': heldNext }, second)).to.equal(true);
    title = 'Two';
    expect((await publish()).hash).to.not.equal(second.hash);
  });
});
