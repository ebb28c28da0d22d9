import { expect } from 'chai';
import fc from 'fast-check';
import { parseOpml } from 'feedsmith';
import { type OpmlFeed, renderOpml } from '../../../src/core/render/render-opml.ts';
import { parseStrictXml } from '../../support/strict-xml.ts';
import { anyText } from './sample-feed.ts';

const feed: OpmlFeed = {
  title: 'Libya & Co',
  feedUrl: 'https://news.example/feeds/libya.rss',
  homeUrl: 'https://news.example/topics/libya',
  description: null,
  language: 'it',
  format: 'rss',
  tags: [],
};

describe('the OPML writer', () => {
  it('lists feeds as readers import them, in a folder per first tag', () => {
    const opml = parseOpml(renderOpml('Topics', [feed, { ...feed, title: 'Two', tags: ['africa', 'agency'] }]));
    expect(opml.head?.title).to.equal('Topics');
    expect(opml.body?.outlines?.[0]).to.deep.include({
      type: 'rss',
      text: 'Libya & Co',
      xmlUrl: feed.feedUrl,
      htmlUrl: feed.homeUrl,
    });
    expect(opml.body?.outlines?.[1]?.text).to.equal('africa');
    expect(opml.body?.outlines?.[1]?.outlines?.[0]?.category).to.equal('africa,agency');
  });

  it('leaves secrets and unusable addresses out', () => {
    const text = renderOpml('x', [
      { ...feed, feedUrl: 'https://me:pw@host.example/f?token=s3cret' },
      { ...feed, feedUrl: 'file:///etc/passwd' },
    ]);
    expect(text)
      .to.include('xmlUrl="https://host.example/f"')
      .and.not.match(/pw|s3cret|passwd/);
  });

  it('is well-formed whatever the titles are', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (title, description, tag) => {
        const root = parseStrictXml(renderOpml(title, [{ ...feed, title, description, tags: [tag] }]));
        expect(root.name).to.equal('opml');
      }),
      { numRuns: 200 },
    );
  });
});
