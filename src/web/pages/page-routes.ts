import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { chooseVersion } from '../../core/render/choose-version.ts';
import { renderOpml } from '../../core/render/render-opml.ts';
import { AppError } from '../../errors.ts';
import type { SourceId, Topic, TopicId } from '../../model.ts';
import { allTopic } from '../../pipeline/topic-registry.ts';
import { problemWords } from '../admin/problem-words.ts';
import { html } from '../html.ts';
import { imageAddress } from '../image-address.ts';
import { renderPage, type Shell } from '../layout.ts';
import type { WebContext } from '../web-context.ts';
import { homePage } from './home-page.ts';
import { readPageRequest } from './page-request.ts';
import { storyPage } from './story-page.ts';
import { topicPage } from './topic-page.ts';

const assets = join(import.meta.dirname, '..', 'assets');
/** Served from the package, so that no copy of it ages here. */
const htmxFile = join(dirname(createRequire(import.meta.url).resolve('htmx.org')), 'htmx.min.js');
const chartDays = 14;
const pageSize = 30;

/** The public pages. They work without script; the only one copies an address. */
export function pageRoutes(context: WebContext): Router {
  const router = Router();
  const page =
    (handler: (request: Request, response: Response) => Promise<void>) =>
    (request: Request, response: Response, next: NextFunction) => {
      handler(request, response).catch(next);
    };
  router.get('/assets/htmx.js', (_request, response) => response.sendFile(htmxFile, { maxAge: '1h' }));
  router.use('/assets', express.static(assets, { maxAge: '1h', index: false }));
  for (const icon of ['icon.svg', 'icon.png'])
    router.get(`/${icon}`, (_request, response) => response.sendFile(join(assets, icon), { maxAge: '1d' }));
  router.get(
    '/',
    page((request, response) => showHome(context, request, response)),
  );
  router.get('/topics.opml', (_request, response) => sendOpml(context, response));
  router.get(
    '/topics/:topic',
    page((request, response) => showTopic(context, request, response)),
  );
  router.get(
    '/stories/:id',
    page((request, response) => showStory(context, request, response)),
  );
  return router;
}

async function showHome(context: WebContext, request: Request, response: Response): Promise<void> {
  const { shell } = readPageRequest(request, context);
  const now = context.now();
  const topics = [allTopic, ...context.registry().topics.filter(topic => !topic.private)];
  const counts = await context.store.stories.topicCounts(now - chartDays * 86_400_000);
  const cards = await Promise.all(
    topics.map(async topic => ({
      topic,
      stories: counts.get(topic.id)?.stories ?? 0,
      perDay: await context.store.stories.storiesPerDay(topic.id, chartDays, now),
    })),
  );
  const body = homePage(cards, { text: shell.text, publicUrl: context.publicUrl() });
  send(response, renderPage(shell, { title: 'newsfold', body, current: 'home', feeds: feedLinks(allTopic, shell) }));
}

async function showTopic(context: WebContext, request: Request, response: Response): Promise<void> {
  const { shell, languages, preferred, query } = readPageRequest(request, context);
  const found = context.registry().find(String(request.params.topic));
  if (found.kind === 'renamed') return response.redirect(301, `/topics/${found.to}`);
  if (found.kind === 'removed') throw new AppError('not-found', shell.text('goneTopic'));
  if (found.kind !== 'found' || found.topic.private) throw new AppError('not-found', shell.text('notFoundText'));
  const { topic } = found;
  const before = readBefore(query.get('before'));
  const q = query.get('q')?.trim().slice(0, 200) || null;
  const stories = await context.store.stories.page({
    topic: topic.id,
    limit: pageSize,
    ...(before ? { before } : {}),
    ...(q === null ? {} : { q }),
  });
  const last = stories.at(-1);
  const older = new URLSearchParams(query);
  if (last) older.set('before', `${last.publishedAt}~${last.id}`);
  const offered = [
    ...new Set([...languages, ...topic.prefer.languages, ...stories.flatMap(story => story.languages)]),
  ].slice(0, 16);
  const body = topicPage(topic, stories, {
    topic,
    languages,
    preferred: topic.prefer.languages.length > 0 ? languages : preferred,
    offered,
    q,
    now: context.now(),
    text: shell.text,
    titleOf: titles(context),
    imageOf: url => imageAddress(url, context.images.key),
    publicUrl: context.publicUrl(),
    olderHref: stories.length === pageSize ? `?${older.toString()}` : null,
  });
  const title = topic.id === 'all' ? shell.text('allStories') : topic.title;
  send(
    response,
    renderPage(shell, { title: `${title} · newsfold`, body, current: 'topic', feeds: feedLinks(topic, shell) }),
  );
}

async function showStory(context: WebContext, request: Request, response: Response): Promise<void> {
  const { shell, languages, preferred } = readPageRequest(request, context);
  const id = String(request.params.id);
  const story = /^[0-9a-f-]{36}$/.test(id) ? await context.store.stories.get(id) : null;
  if (!story || story.versions.length === 0) throw new AppError('not-found', shell.text('notFoundText'));
  // A merged story's address leads to the story it went into.
  if (story.id !== id) return response.redirect(301, `/stories/${story.id}`);
  const registry = context.registry();
  const topics = (await context.store.stories.topicsOf(id)).flatMap(({ topicId }) => {
    const found = registry.find(topicId);
    return found.kind === 'found' && !found.topic.private ? [{ id: topicId, title: found.topic.title }] : [];
  });
  const shown = chooseVersion(story.versions, { languages: preferred, prefer: allTopic.prefer });
  const body = storyPage(story, {
    shown,
    now: context.now(),
    text: shell.text,
    titleOf: titles(context),
    imageOf: url => imageAddress(url, context.images.key),
    chosen: languages[0] ?? null,
    describe: version => context.describeEvidence(version.evidence, shell.language),
    topics,
  });
  send(response, renderPage(shell, { title: `${shown.item.title} · newsfold`, body, current: 'story' }));
}

/** An error as a page, in the reader's language, for those who came with a browser. */
export function errorPage(context: WebContext, request: Request, error: unknown, status: number): string {
  const { shell } = readPageRequest(request, context);
  const unavailable = status === 503 || status === 507;
  const title = shell.text(unavailable ? 'unavailableTitle' : 'notFoundTitle');
  const detail = unavailable
    ? shell.text('unavailableText')
    : error instanceof AppError
      ? problemWords(error.message, shell.language)
      : shell.text('notFoundText');
  return renderPage(shell, {
    title: `${title} · newsfold`,
    body: html`<h1>${title}</h1><p class="lead">${detail}</p><p><a class="button" href="/">${shell.text('home')}</a></p>`,
  });
}

function sendOpml(context: WebContext, response: Response): void {
  const topics = [allTopic, ...context.registry().topics.filter(topic => !topic.private)];
  const base = context.publicUrl();
  const feeds = topics.map(topic => ({
    title: topic.title,
    feedUrl: `${base}/feeds/${topic.id}.atom`,
    homeUrl: topic.id === 'all' ? `${base}/` : `${base}/topics/${topic.id}`,
    description: topic.description ?? null,
    language: topic.prefer.languages[0] ?? null,
    format: 'atom' as const,
    tags: [],
  }));
  response.setHeader('Content-Disposition', 'attachment; filename="newsfold-topics.opml"');
  response.type('text/x-opml; charset=utf-8').send(renderOpml('newsfold', feeds));
}

function titles(context: WebContext): (source: SourceId) => string {
  return id => context.sourceTitle(id);
}

function feedLinks(topic: Topic, { text }: Shell): { title: string; href: string; type: string }[] {
  const link = (id: TopicId, extension: string, type: string) => ({
    title: `${topic.id === 'all' ? text('allStories') : topic.title} (${extension})`,
    href: `/feeds/${id}.${extension}`,
    type,
  });
  return [
    link(topic.id, 'atom', 'application/atom+xml'),
    link(topic.id, 'rss', 'application/rss+xml'),
    link(topic.id, 'json', 'application/feed+json'),
  ];
}

function readBefore(text: string | null): { publishedAt: number; id: string } | null {
  const match = /^(\d{1,15})~([0-9a-f-]{36})$/.exec(text ?? '');
  return match ? { publishedAt: Number(match[1]), id: match[2] ?? '' } : null;
}

function send(response: Response, page: string): void {
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('Vary', 'Accept-Language, Accept-Encoding');
  response.type('text/html; charset=utf-8').send(page);
}
