import { AppError } from '../../errors.ts';
import type { StoryWithVersions, Version } from '../../model.ts';
import { groupCorrections } from '../api/story-routes.ts';
import { type HtmlValue, html, type SafeHtml, safeHref } from '../html.ts';
import { directionOf } from '../layout.ts';
import { excerpt } from '../pages/story-list.ts';
import { actionButton, heading, problemNote, seeOther, sendDesk, sendPart, timeAgo, tokenField } from './desk-page.ts';
import { type Desk, wantsPart } from './desk-request.ts';
import { evidenceWords } from './topic-pages.ts';

const storiesShown = 30;
const correctionsShown = 100;
const pairsLooked = 3;

/** `/admin/stories`: search, merge, keep apart. */
export async function showStories(desk: Desk, parts: { readonly message?: string } = {}): Promise<void> {
  const { t, query, context } = desk;
  const q = (query.get('q') ?? '').trim().slice(0, 300);
  const before = /^(\d{1,15})~([0-9a-f-]{36})$/.exec(query.get('before') ?? '');
  const stories = await context.store.stories.page({
    topic: 'all',
    limit: storiesShown,
    ...(q ? { q } : {}),
    ...(before ? { before: { publishedAt: Number(before[1]), id: before[2] ?? '' } } : {}),
  });
  const last = stories.length === storiesShown ? stories.at(-1) : undefined;
  const older = new URLSearchParams({
    ...(q ? { q } : {}),
    ...(last ? { before: `${last.publishedAt}~${last.id}` } : {}),
  });
  const list = html`<div id="stories">${stories.length === 0 ? html`<p class="empty">${t('nothingFound')}</p>` : html`<ul class="rows">${stories.map(story => storyRow(story, desk))}</ul>`}${last ? html`<p><a class="button" rel="next" href="?${older.toString()}">${t('older')}</a></p>` : null}</div>`;
  if (wantsPart(desk.request)) return sendPart(desk, list);
  const body = html`${heading(t('storiesTitle'), t('storiesHint'), html`<a class="button" href="/admin/stories/corrections">${t('correctionsTitle')}</a>`)}${problemNote(parts.message ?? null)}
<form method="get" action="/admin/stories" class="filters" role="search" hx-get="/admin/stories" hx-trigger="input delay:300ms, submit" hx-target="#stories" hx-swap="outerHTML" hx-push-url="true"><label class="pick grow"><span class="small soft">${t('search')}</span><input type="search" name="q" value="${q}" placeholder="${t('searchStories')}"></label><button>${t('search')}</button></form>
<form method="post" action="/admin/stories/merge">${tokenField(desk)}${list}<div class="buttons sticky"><button class="primary">${t('mergeChosen')}</button><button formaction="/admin/stories/never-merge">${t('neverChosen')}</button></div></form>`;
  sendDesk(desk, { title: t('storiesTitle'), area: 'stories', body, status: parts.message ? 400 : 200 });
}

function storyRow(story: StoryWithVersions, desk: Desk): SafeHtml {
  const { t, context } = desk;
  const [first] = story.versions;
  const title = first?.item.title ?? story.id;
  return html`<li class="row pickable"><input type="checkbox" name="story" value="${story.id}" aria-label="${t('chooseStory', { title })}"><div class="row-main"><h2><a href="/admin/stories/${story.id}" lang="${first?.item.language ?? ''}" dir="${directionOf(first?.item.language ?? null)}">${title}</a></h2><p class="meta">${story.languages.map(language => html`<span class="badge">${language}</span>`)}<span lang="">${story.versions
    .slice(0, 4)
    .map(({ item }) => context.sourceTitle(item.sourceId))
    .join(
      ', ',
    )}</span>${timeAgo(story.publishedAt, desk)}</p></div><div class="row-side">${story.versions.length > 1 ? html`<p class="small soft">${t('versionsCount', { n: story.versions.length })}</p>` : null}</div></li>`;
}

/** `/admin/stories/:id`: every version with its evidence; what does not belong is taken out. */
export async function showStory(desk: Desk, id: string, parts: { readonly message?: string } = {}): Promise<void> {
  const { t, context } = desk;
  const story = /^[0-9a-f-]{36}$/.test(id) ? await context.store.stories.get(id) : null;
  if (!story) throw new AppError('not-found', t('nothingFound'));
  if (story.id !== id) return seeOther(desk, `/admin/stories/${story.id}`);
  const topics = await context.store.stories.topicsOf(id);
  const titles = new Map(story.versions.map(({ item }) => [item.id, item.title]));
  const items = new Set(titles.keys());
  const corrections = groupCorrections(
    (await context.store.corrections.list({ includeUndone: true })).filter(({ a, b }) => items.has(a) || items.has(b)),
  );
  const first = story.versions[0]?.item;
  const canSplit = story.versions.length > 1;
  const body = html`${heading(html`<span lang="${first?.language ?? ''}" dir="${directionOf(first?.language ?? null)}">${first?.title ?? id}</span>`, html`${timeAgo(story.publishedAt, desk)} · ${t('versionsCount', { n: story.versions.length })}`, html`<a class="button" href="/stories/${id}">${t('publicPage')}</a>`)}
${problemNote(parts.message ?? null)}${canSplit ? html`<p class="soft">${t('splitHint')}</p>` : null}
<form method="post" action="/admin/stories/${id}/split">${tokenField(desk)}<ul class="rows">${story.versions.map((version, i) => versionRow(version, { desk, isFirst: i === 0, canSplit, titles }))}</ul>${canSplit ? html`<div class="buttons sticky"><button class="primary">${t('splitChosen')}</button></div>` : null}</form>
${topics.length > 0 ? html`<h2>${t('inTopicsBecause')}</h2><ul class="plain">${topics.map(topic => html`<li><a href="/admin/topics/${topic.topicId}">${topic.topicId}</a><ul class="why">${topic.evidence.slice(0, 4).map(piece => html`<li>${evidenceWords(piece, t)}</li>`)}</ul></li>`)}</ul>` : null}
${corrections.length > 0 ? html`<h2>${t('correctionsTitle')}</h2>${correctionList(corrections, new Map(), desk)}` : null}`;
  sendDesk(desk, { title: first?.title ?? id, area: 'stories', body, status: parts.message ? 400 : 200 });
}

function versionRow(
  version: Version,
  {
    desk,
    isFirst,
    canSplit,
    titles,
  }: {
    readonly desk: Desk;
    readonly isFirst: boolean;
    readonly canSplit: boolean;
    readonly titles: ReadonlyMap<string, string>;
  },
): SafeHtml {
  const { t, context, shell } = desk;
  const { item } = version;
  const reasons = isFirst ? [] : context.describeEvidence(version.evidence, shell.language);
  const partner = version.with === null ? undefined : titles.get(version.with);
  return html`<li class="row pickable">${canSplit ? html`<input type="checkbox" name="item" value="${item.id}" aria-label="${t('chooseVersion', { title: item.title })}">` : null}<div class="row-main"><h2 lang="${item.language ?? ''}" dir="${directionOf(item.language)}"><a href="${safeHref(item.url)}" rel="noopener noreferrer">${item.title}</a></h2><p class="meta"><span class="badge">${item.language ?? '?'}</span><a href="/admin/sources/${item.sourceId}" lang="">${context.sourceTitle(item.sourceId)}</a>${timeAgo(item.orderAt, desk)}${item.authors.slice(0, 3).map(({ name }) => (name ? html`<span lang="">${name}</span>` : null))}</p><p class="small" lang="${item.language ?? ''}" dir="${directionOf(item.language)}">${excerpt(item.text, 240)}</p>${isFirst ? html`<p class="small soft">${shell.text('founder')}</p>` : null}${reasons.length > 0 ? html`<ul class="why">${partner ? html`<li>${t('matchedWith')} “<span lang="" dir="auto">${partner}</span>”</li>` : null}${reasons.map(reason => html`<li>${reason}</li>`)}</ul>` : null}</div></li>`;
}

export async function splitStory(desk: Desk, id: string): Promise<void> {
  const items = desk.form.all('item');
  if (items.length === 0) return showStory(desk, id, { message: desk.t('needOne') });
  try {
    await desk.context.operations.split(id, items, desk.visitor.by);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid-input') throw error;
    return showStory(desk, id, { message: desk.say(error.message) });
  }
  seeOther(desk, `/admin/stories/${id}`, 'doneSplit');
}

export async function mergeStories(desk: Desk): Promise<void> {
  const stories = desk.form.all('story');
  if (stories.length < 2) return showStories(desk, { message: desk.t('needTwo') });
  await desk.context.operations.merge(stories.slice(0, 50), desk.visitor.by);
  seeOther(desk, `/admin/stories/${stories[0] ?? ''}`, 'doneMerged');
}

export async function neverMerge(desk: Desk): Promise<void> {
  const [a, b, ...others] = desk.form.all('story');
  if (a === undefined || b === undefined || others.length > 0)
    return showStories(desk, { message: desk.t('needTwoExactly') });
  await desk.context.operations.neverMerge(a, b, desk.visitor.by);
  seeOther(desk, '/admin/stories/corrections', 'doneNever');
}

/** `/admin/stories/corrections`: each can be undone as it was made. */
export async function showCorrections(desk: Desk): Promise<void> {
  const { t, context } = desk;
  const groups = groupCorrections(await context.store.corrections.list({ includeUndone: true })).slice(
    0,
    correctionsShown,
  );
  const titles = new Map<string, string>();
  for (const id of new Set(groups.flatMap(({ pairs }) => pairs.slice(0, pairsLooked).flat())))
    titles.set(id, (await context.store.items.get(id))?.title ?? id);
  const body = html`${heading(t('correctionsTitle'), null, html`<a class="button" href="/api/v1/corrections/export">${t('exportCorrections')}</a>`)}${groups.length === 0 ? html`<p class="empty">${t('noCorrections')}</p>` : correctionList(groups, titles, desk)}`;
  sendDesk(desk, { title: t('correctionsTitle'), area: 'stories', body });
}

export async function undoCorrection(desk: Desk, action: string): Promise<void> {
  await desk.context.operations.undo(action, desk.visitor.by);
  seeOther(desk, '/admin/stories/corrections', 'doneUndone');
}

function correctionList(
  groups: ReturnType<typeof groupCorrections>,
  titles: ReadonlyMap<string, string>,
  desk: Desk,
): SafeHtml {
  const { t } = desk;
  const names = (pairs: (typeof groups)[number]['pairs']): HtmlValue => {
    const told = pairs.slice(0, pairsLooked).filter(([a]) => titles.has(a));
    if (told.length === 0) return null;
    return html`<ul class="plain pairs">${told.map(([a, b]) => html`<li><span lang="" dir="auto">${titles.get(a)}</span> ↔ <span lang="" dir="auto">${titles.get(b)}</span></li>`)}</ul>`;
  };
  return html`<ul class="rows">${groups.map(group => html`<li class="row"><div class="row-main"><p><span class="state ${group.undoneAt === null ? 'state-ok' : 'state-paused'}">${t(`correction_${group.kind}`)}</span> ${timeAgo(group.at, desk)} · ${group.by}${group.undoneAt === null ? null : html` · ${t('undoneAt', { when: new Date(group.undoneAt).toISOString().slice(0, 16).replace('T', ' ') })}`}</p>${names(group.pairs)}</div><div class="row-side">${group.undoneAt === null ? actionButton(desk, `/admin/stories/corrections/${group.action}/undo`, t('undo')) : null}</div></li>`)}</ul>`;
}
