import { expect } from 'chai';
import { formatFeedQuery, parseFeedRequest } from '../../src/pipeline/feed-request.ts';

const read = (query: string) => parseFeedRequest('rss', new URLSearchParams(query));

describe('a feed’s query', () => {
  it('has sensible defaults', () => {
    expect(read('')).to.deep.equal({
      format: 'rss',
      languages: [],
      limit: 50,
      full: true,
      dedup: 'story',
      sources: [],
      q: null,
      before: null,
      archive: null,
    });
  });
  for (const [query, key, expected] of [
    ['limit=200', 'limit', 200],
    ['limit=1', 'limit', 1],
    ['limit=0', 'limit', 50],
    ['limit=999', 'limit', 200],
    ['limit=ten', 'limit', 50],
    ['lang=it,en', 'languages', ['it', 'en']],
    ['lang=it, pt-BR,<script>', 'languages', ['it', 'pt-BR']],
    ['full=0', 'full', false],
    ['dedup=none', 'dedup', 'none'],
    ['dedup=everything', 'dedup', 'story'],
    ['source=ansa,le-monde', 'sources', ['ansa', 'le-monde']],
    ['q=%20earth%20', 'q', 'earth'],
    ['archive=2026-10-31', 'archive', '2026-10-31'],
    ['archive=2026-13-31', 'archive', null],
    ['archive=last%20week', 'archive', null],
    ['utm_source=x&nonsense=1', 'limit', 50],
  ] as const) {
    it(`reads ${query}`, () => {
      expect(read(query)[key]).to.deep.equal(expected);
    });
  }
  it('writes back what it read, with defaults left out', () => {
    const query = formatFeedQuery(read('limit=10&lang=it,en&utm=1&dedup=exact'));
    expect(read(query.slice(1))).to.deep.equal(read('limit=10&lang=it,en&dedup=exact'));
    expect(formatFeedQuery(read(''))).to.equal('');
  });
});
