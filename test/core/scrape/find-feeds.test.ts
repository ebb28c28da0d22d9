import { expect } from 'chai';
import { commonFeedPaths, findFeeds } from '../../../src/core/scrape/find-feeds.ts';

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

  it('knows where sites of common make keep theirs', () => {
    const paths = commonFeedPaths('https://x.example/blog/post-1');
    expect(paths).to.include.members([
      'https://x.example/blog/feed/',
      'https://x.example/rss.xml',
      'https://x.example/feeds/posts/default',
    ]);
    expect(commonFeedPaths('mailto:x')).to.deep.equal([]);
  });
});
