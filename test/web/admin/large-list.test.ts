import { expect } from 'chai';
import { type RunningService, startService } from '../../support/running-service.ts';

describe('a list of 2,000 sources', function () {
  this.timeout(90_000);
  let service: RunningService;
  before(async () => {
    const entries = Array.from(
      { length: 2000 },
      (_, i) =>
        `  - { id: source-${i}, url: "http://host-${i % 400}.invalid/feed-${i}", title: "Source number ${i}", tags: [tag-${i % 300}, all], language: ${['it', 'fr', 'en', 'ar'][i % 4]}, paused: true }`,
    );
    service = await startService({ newsfold: 'samples: false\n', sources: `sources:\n${entries.join('\n')}\n` });
  });
  after(() => service.stop());

  it('is small, whatever is asked of it, and leads to all of them', async () => {
    for (const query of [
      '',
      '?sort=title&from=1950',
      '?q=number',
      '?tag=all',
      '?state=paused&language=ar',
      '?from=999999',
    ]) {
      const page = await fetch(`${service.url}/admin/sources${query}`);
      const body = await page.text();
      expect(page.status, query).to.equal(200);
      expect(body.length, query).to.be.at.most(300_000);
    }
    const seen = new Set<string>();
    for (let from = 0; from < 2000; from += 50) {
      const body = await (await fetch(`${service.url}/admin/sources?sort=title&from=${from}`)).text();
      for (const [, id] of body.matchAll(/href="\/admin\/sources\/(source-\d+)"/g)) seen.add(id ?? '');
    }
    expect(seen.size).to.equal(2000);
  });

  it('finds one of them by title, address and tag', async () => {
    for (const q of ['number 1234', 'feed-1234', 'host-34 1234'])
      expect(await (await fetch(`${service.url}/admin/sources?q=${encodeURIComponent(q)}`)).text(), q).to.include(
        'source-1234',
      );
  });
});
