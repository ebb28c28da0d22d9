import { expect } from 'chai';
import { parseOpml } from '../../../src/core/parse/parse-opml.ts';
import { errorCode } from '../../../src/errors.ts';

describe('parseOpml', () => {
  it('reads nested outlines; the titles around a feed are its categories', () => {
    const { title, feeds } =
      parseOpml(`<?xml version="1.0"?><opml version="2.0"><head><title>My &amp; yours</title></head><body>
      <outline text="News"><outline text="Italy">
        <outline text="A" title="ANSA &quot;x&quot;" type="rss" xmlUrl="https://a.example/rss?x=1&amp;y=2" htmlUrl="https://a.example/" language="it"/>
      </outline></outline>
      <outline text="Flat" xmlUrl="feed:https://b.example/feed" category="/Tech/Web,Blogs"/>
    </body></opml>`);
    expect(title).to.equal('My & yours');
    expect(feeds).to.deep.equal([
      {
        title: 'ANSA "x"',
        xmlUrl: 'https://a.example/rss?x=1&y=2',
        htmlUrl: 'https://a.example/',
        categories: ['News', 'Italy'],
        language: 'it',
      },
      { title: 'Flat', xmlUrl: 'https://b.example/feed', htmlUrl: null, categories: ['Tech/Web', 'Blogs'] },
    ]);
  });

  it('reads wrong case, missing ends and addresses in `url`', () => {
    const { feeds, warnings } = parseOpml(
      '<OPML><BODY><OUTLINE TEXT="x" XMLURL="https://a.example/f"/><outline type="rss" text="y" url="https://b.example/f">',
    );
    expect(feeds.map(feed => feed.xmlUrl)).to.deep.equal(['https://a.example/f', 'https://b.example/f']);
    expect(warnings.map(warning => warning.code)).to.deep.equal(['truncated-document']);
  });

  it('reads no external entity and refuses addresses that are none', () => {
    const { feeds, warnings } = parseOpml(
      '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;a" xmlUrl="https://a.example/&x;"/><outline xmlUrl="javascript:alert(1)"/><outline xmlUrl="file:///etc/passwd"/></body></opml>',
    );
    expect(feeds).to.deep.equal([{ title: 'a', xmlUrl: 'https://a.example/', htmlUrl: null, categories: [] }]);
    expect(warnings.map(warning => warning.code)).to.deep.equal(['bad-url', 'bad-url']);
  });

  it('says what is no list', () => {
    for (const text of ['', 'hello', '<rss><channel/></rss>']) {
      try {
        parseOpml(text);
        expect.fail('it was read');
      } catch (error) {
        expect(errorCode(error)).to.equal('not-a-feed');
      }
    }
  });

  it('survives 100,000 nested outlines', () => {
    const { feeds } = parseOpml(
      `<opml><body>${'<outline text="a">'.repeat(100_000)}<outline xmlUrl="https://a.example/"/></body></opml>`,
    );
    expect(feeds).to.have.length(1);
    expect(feeds[0]?.categories.length).to.be.at.most(20);
  });
});
