import { Feed } from 'feed';
import type { Millis } from '../model.ts';
import { escapeHtml } from './sample-pages.ts';
import type { SamplePost, SampleSite } from './sample-site.ts';

export type SampleContext = { readonly site: SampleSite; readonly home: string; readonly startedAt: Millis };

/** Written with `feed`, as the blogs of this ecosystem do; RSS 1.0, which it does not know, by hand. */
export function renderSampleFeed(
  context: SampleContext,
  feedUrl: string,
): { readonly contentType: string; readonly body: string } {
  const { site, home } = context;
  if (site.format === 'rdf')
    return { contentType: 'application/rdf+xml; charset=utf-8', body: renderRdf(context, feedUrl) };
  const feed = new Feed({
    id: home,
    title: site.title,
    description: site.description,
    link: home,
    language: site.language,
    copyright: 'Invented for newsfold',
    updated: latest(context),
    feedLinks: { rss: feedUrl, atom: feedUrl, json: feedUrl },
  });
  for (const post of site.posts) {
    feed.addItem({
      id: home + post.slug,
      title: post.title,
      link: home + post.slug,
      date: publishedAt(post, context.startedAt),
      description: post.text[0] ?? '',
      content: post.text.map(paragraph => `<p>${escapeHtml(paragraph)}</p>`).join(''),
      ...(post.author ? { author: [{ name: post.author }] } : {}),
      ...(post.categories ? { category: post.categories.map(name => ({ name })) } : {}),
    });
  }
  if (site.format === 'atom') return { contentType: 'application/atom+xml; charset=utf-8', body: feed.atom1() };
  if (site.format === 'json') return { contentType: 'application/feed+json; charset=utf-8', body: feed.json1() };
  return { contentType: 'application/rss+xml; charset=utf-8', body: feed.rss2() };
}

export function publishedAt(post: SamplePost, startedAt: Millis): Date {
  return new Date(startedAt - post.hoursAgo * 3_600_000);
}

function latest({ site, startedAt }: SampleContext): Date {
  return new Date(startedAt - Math.min(...site.posts.map(post => post.hoursAgo)) * 3_600_000);
}

function renderRdf({ site, home, startedAt }: SampleContext, feedUrl: string): string {
  const items = site.posts.map(post => ({ ...post, url: home + post.slug }));
  return `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="${feedUrl}">
<title>${escapeHtml(site.title)}</title><link>${home}</link><description>${escapeHtml(site.description)}</description>
<dc:language>${site.language}</dc:language>
<items><rdf:Seq>${items.map(({ url }) => `<rdf:li rdf:resource="${url}"/>`).join('')}</rdf:Seq></items>
</channel>
${items
  .map(
    post => `<item rdf:about="${post.url}"><title>${escapeHtml(post.title)}</title><link>${post.url}</link>
<description>${escapeHtml(post.text.join(' '))}</description><dc:date>${publishedAt(post, startedAt).toISOString()}</dc:date></item>`,
  )
  .join('\n')}
</rdf:RDF>
`;
}
