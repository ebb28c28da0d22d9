import type { Millis } from '../model.ts';
import { newsroom, samplePath, samplePathOf } from './newsroom.ts';
import { renderSampleFeed } from './sample-feeds.ts';
import { renderArticlePage, renderFrontPage } from './sample-pages.ts';

export type SampleAnswer = { readonly status: number; readonly contentType: string; readonly body: string };

const html = 'text/html; charset=utf-8';
const notFound: SampleAnswer = {
  status: 404,
  contentType: html,
  body: '<!doctype html><title>404</title><h1>No such page in the sample newsroom</h1>',
};

/**
 * The newsroom as a pure function of path and time.
 * @param startedAt the dates' anchor: it stays the same while the service runs, so that a second fetch finds nothing new
 */
export function answerSample(
  path: string,
  options: { readonly origin: string; readonly startedAt: Millis },
): SampleAnswer {
  const [name, rest = ''] = path.slice(samplePath.length).split('/', 2);
  const site = newsroom.find(({ id }) => id === `sample-${name}`);
  if (!site) return notFound;
  if (site.format === 'broken') return { status: 500, contentType: 'text/plain', body: 'The press is broken.' };
  const context = { site, home: `${options.origin}${samplePath}${name}/`, startedAt: options.startedAt };
  if (path === samplePathOf(site) && rest)
    return { status: 200, ...renderSampleFeed(context, `${options.origin}${path}`) };
  if (rest === '') return { status: 200, contentType: html, body: renderFrontPage(context) };
  const post = site.posts.find(({ slug }) => slug === rest);
  return post ? { status: 200, contentType: html, body: renderArticlePage(context, post) } : notFound;
}
