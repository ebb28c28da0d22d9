import { expect } from 'chai';
import { commonFeedAddresses } from '../../../src/core/scrape/common-feed-addresses.ts';
import { findFeeds } from '../../../src/core/scrape/find-feeds.ts';

describe('finding feeds', () => {
  it('takes alternates, rel=feed and links that look like feeds, each once and absolute', () => {
    const html = `<head><link rel="alternate" type="application/rss+xml" title="All posts" href="/feed/"><link rel="alternate" type="application/json" href="/wp-json/x"><link rel="feed" href="/atom">
      <link rel="alternate" hreflang="fr" href="/fr"><link rel="stylesheet" type="text/css" href="/feed.css"></head>
      <body><a href="/feed/">RSS</a><a href="/news/rss.xml">News feed</a><a href="feed:https://x.example/a.atom">Atom</a><a href="/feeding-birds">Birds</a><a href="?feed=rss2">old</a></body>`;
    expect(findFeeds(html, 'https://x.example/blog').map(feed => feed.url)).to.deep.equal([
      'https://x.example/feed/',
      'https://x.example/atom',
      'https://x.example/news/rss.xml',
      'https://x.example/a.atom',
      'https://x.example/blog?feed=rss2',
    ]);
    expect(findFeeds(html, 'https://x.example/')[0]).to.deep.equal({
      url: 'https://x.example/feed/',
      title: 'All posts',
      type: 'application/rss+xml',
    });
  });

  it('knows where sites of common make keep theirs, in the folder of the page and at the root', () => {
    const addresses = commonFeedAddresses('https://x.example/blog/post-1');
    expect(addresses.slice(0, 4)).to.deep.equal([
      'https://x.example/blog/feed/',
      'https://x.example/feed/',
      'https://x.example/blog/rss.xml',
      'https://x.example/rss.xml',
    ]);
    expect(addresses).to.include('https://x.example/feeds/posts/default');
    expect(new Set(addresses).size).to.equal(addresses.length);
  });

  it('stays at the origin, leaves the page itself out, and has nothing to say of what is no page', () => {
    const addresses = commonFeedAddresses('https://user:word@x.example:8443/rss.xml?a=1#b');
    expect(addresses.every(address => address.startsWith('https://x.example:8443/'))).to.equal(true);
    expect(commonFeedAddresses('https://x.example/feed/')).to.not.include('https://x.example/feed/');
    expect(commonFeedAddresses('mailto:x')).to.deep.equal([]);
    expect(commonFeedAddresses('no address')).to.deep.equal([]);
  });
});
