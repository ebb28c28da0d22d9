import { expect } from 'chai';
import RssParser from 'rss-parser';
import { generateFeeds } from '../../../bench/support/generate-feeds.ts';
import { parseFeed } from '../../../src/core/parse/parse-feed.ts';
import { htmlToText } from '../../../src/core/text/html-to-text.ts';

/**
 * rss-parser is right about well-formed feeds, and what it reads there is what users of such feeds expect. It keeps titles
 * as written, so both are compared as text, and dates as instants.
 */
describe('parseFeed beside rss-parser, on well-formed feeds', () => {
  const oracle = new RssParser();

  for (const { name, text, body } of generateFeeds(30)) {
    it(`reads ${name} alike`, async () => {
      const theirs = await oracle.parseString(text);
      const ours = parseFeed({ body });
      expect(ours.feed.title).to.equal(theirs.title);
      // Of an Atom feed rss-parser takes the first link, be it the feed's own address.
      if (ours.format !== 'atom') expect(ours.feed.link).to.equal(theirs.link);
      expect(ours.items).to.have.length(theirs.items.length);
      for (const [index, item] of ours.items.entries()) {
        const other = theirs.items[index];
        expect(item.url).to.equal(other?.link ?? null);
        expect(item.title).to.equal(htmlToText(other?.title ?? ''));
        expect(Date.parse(item.publishedAt ?? '')).to.equal(Date.parse(other?.isoDate ?? ''));
        expect(item.id).to.equal(other?.guid ?? (other as { id?: string } | undefined)?.id);
        expect(item.enclosures[0]?.url).to.equal(other?.enclosure?.url);
      }
    });
  }
});
