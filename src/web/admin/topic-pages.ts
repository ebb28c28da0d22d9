import { topicSchema, toTopic } from '../../config/topics.ts';
import { AppError } from '../../errors.ts';
import type { TopicEvidence } from '../../model.ts';
import { createToken, isAlive, revokeToken } from '../access/credentials.ts';
import { checkTopic } from '../api/topic-routes.ts';
import type { Entry } from '../desk-edits.ts';
import { type HtmlValue, html, type SafeHtml } from '../html.ts';
import { directionOf } from '../layout.ts';
import { InvalidInput } from '../problem.ts';
import { conflictNote } from './conflict-note.ts';
import { actionButton, heading, problemNote, seeOther, sendDesk, sendPart, timeAgo, tokenField } from './desk-page.ts';
import { type Desk, howOf, wantsPart } from './desk-request.ts';
import type { DeskText, DeskTextKey } from './desk-text.ts';
import { textOf } from './entry-values.ts';
import { lineField } from './form-fields.ts';
import { topicFields, topicOfForm } from './topic-form.ts';

const countedMs = 14 * 86_400_000;
const previewDays = 7;
const previewShown = 25;

/** `/admin/topics`: in the order of the pages. */
export async function showTopics(desk: Desk): Promise<void> {
  const { t, edits, context } = desk;
  const topics = await edits.readAll('topics');
  const counts = await context.store.stories.topicCounts(desk.now - countedMs);
  const ids = topics.map(topic => textOf(topic.id));
  const row = (topic: Entry, i: number) => {
    const [id, title] = [textOf(topic.id), textOf(topic.title)];
    const moved = (by: number) => {
      const order = ids.filter(other => other !== id);
      order.splice(i + by, 0, id);
      return order.join(' ');
    };
    return html`<li class="row" data-id="${id}"><div class="row-main"><h2><a href="/admin/topics/${id}">${title}</a></h2><p class="meta">${topic.private === true ? html`<span class="state state-paused">${t('privateBadge')}</span>` : null}<span>${[topic.any, topic.all].flat().filter(Boolean).slice(0, 8).map(textOf).join(' · ')}</span></p></div><div class="row-side"><p class="small soft">${t('stories14')}: ${counts.get(id)?.stories ?? 0}</p><div class="buttons">${i > 0 ? actionButton(desk, '/admin/topics/order', t('up'), { fields: { order: moved(-1) }, describe: t('moveUp', { title }) }) : null}${i < topics.length - 1 ? actionButton(desk, '/admin/topics/order', t('down'), { fields: { order: moved(1) }, describe: t('moveDown', { title }) }) : null}</div></div></li>`;
  };
  const body = html`${heading(t('topicsTitle'), t('topicsHint'), html`<a class="button primary" href="/admin/topics/add">${t('addTopic')}</a>`)}
${topics.length === 0 ? html`<p class="empty">${t('noTopicsYet')}</p>` : html`<ul class="rows" data-order="order-form">${topics.map(row)}</ul>`}
<form method="post" action="/admin/topics/order" id="order-form" hidden>${tokenField(desk)}<input type="hidden" name="order" value=""></form>`;
  sendDesk(desk, { title: t('topicsTitle'), area: 'topics', body });
}

export async function orderTopics(desk: Desk): Promise<void> {
  await desk.edits.order('topics', desk.form.get('order').split(/\s+/).filter(Boolean), { by: desk.visitor.by });
  seeOther(desk, '/admin/topics', 'doneOrdered');
}

type Extra = {
  readonly draft?: Entry;
  readonly message?: string;
  readonly conflict?: boolean;
  readonly secret?: string;
  readonly status?: number;
};

/** `/admin/topics/:id` and `/admin/topics/add`: rules beside what they match. */
export async function showTopic(desk: Desk, id: string | null, extra: Extra = {}): Promise<void> {
  const { t, edits } = desk;
  const written = id === null ? null : await edits.read('topics', id);
  if (id !== null && !written) throw new AppError('not-found', t('nothingFound'));
  const entry = extra.draft ?? written?.entry ?? {};
  const title = textOf(written?.entry.title) || t('addTopic');
  const action = id === null ? '/admin/topics' : `/admin/topics/${id}`;
  const body = html`${heading(title, null, id === null || written?.entry.private === true ? null : html`<a class="button" href="/topics/${id}">${t('publicPage')}</a><a class="button" href="/feeds/${id}.atom">${t('feed')}</a>`)}
${extra.conflict && written ? conflictNote(desk, written.entry) : null}${problemNote(extra.message ?? null, t('errorTitle'))}
<div class="beside"><form method="post" action="${action}" class="stack" hx-post="/admin/topics/preview" hx-trigger="input delay:500ms" hx-target="#preview" hx-swap="innerHTML">${tokenField(desk)}${written ? html`<input type="hidden" name="tag" value="${written.tag}"><input type="hidden" name="topic" value="${id}">` : null}${topicFields(entry, t, { isNew: id === null })}<div class="buttons"><button class="primary" data-plain>${t('save')}</button><button formaction="/admin/topics/preview" data-plain>${t('previewNow')}</button></div></form>
<section class="card preview" aria-live="polite"><h2>${t('previewTitle')}</h2><div id="preview">${await preview(desk, entry)}</div></section></div>
${written ? html`${written.entry.private === true ? await tokenSection(desk, textOf(id), extra.secret) : null}<details class="danger"><summary>${t('removeTopic')}</summary><p>${t('removeTopicHint')}</p>${actionButton(desk, `${action}/delete`, t('removeTopic'), { kind: 'danger', fields: { tag: written.tag } })}</details>` : null}`;
  sendDesk(desk, { title, area: 'topics', body, status: extra.status ?? 200 });
}

export async function saveTopic(desk: Desk, id: string | null): Promise<void> {
  const { edits, form } = desk;
  const topicId = id ?? form.get('id');
  const entry = topicOfForm(form, topicId);
  try {
    checkTopic(entry);
    if (id === null) await edits.create('topics', entry, howOf(desk));
    else await edits.replace('topics', id, entry, howOf(desk));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const message =
      error instanceof InvalidInput
        ? error.mistakes.map(({ at, message: text }) => `${at}: ${desk.say(text)}`).join('\n')
        : desk.say(error.message);
    if (error.code === 'config-conflict') return showTopic(desk, id, { draft: entry, conflict: true, status: 412 });
    return showTopic(desk, id, {
      draft: entry,
      message,
      status: error.code === 'conflict' ? 409 : error.code === 'config-invalid' ? 422 : 400,
    });
  }
  seeOther(desk, `/admin/topics/${topicId}`, 'doneTopicSaved');
}

/** For htmx the matches alone, else the whole page with the form as it was sent. */
export async function previewTopic(desk: Desk): Promise<void> {
  const id = desk.form.get('topic') || null;
  const entry = topicOfForm(desk.form, id ?? desk.form.get('id'));
  if (wantsPart(desk.request)) return sendPart(desk, html`${await preview(desk, entry)}`);
  return showTopic(desk, id, { draft: entry });
}

export async function removeTopic(desk: Desk, id: string): Promise<void> {
  await desk.edits.remove('topics', id, howOf(desk));
  seeOther(desk, '/admin/topics', 'doneTopicRemoved');
}

export async function addFeedToken(desk: Desk, id: string): Promise<void> {
  const { context, form, now, visitor, edits, t } = desk;
  if (!(await edits.read('topics', id))) throw new AppError('not-found', t('nothingFound'));
  const wish = {
    kind: 'feed',
    scope: 'read',
    label: form.get('label').slice(0, 200),
    topicId: id,
    expiresAt: null,
  } as const;
  const { secret } = await createToken(context.store, wish, { now, by: visitor.by });
  return showTopic(desk, id, { secret });
}

export async function removeFeedToken(desk: Desk, id: string, tokenId: string): Promise<void> {
  await revokeToken(desk.context.store, tokenId, { now: desk.now, by: desk.visitor.by });
  seeOther(desk, `/admin/topics/${id}`, 'doneRevoked');
}

async function tokenSection(desk: Desk, id: string, secret: string | undefined): Promise<SafeHtml> {
  const { t, context, now, shell } = desk;
  const alive = (await context.store.tokens.list('feed')).filter(token => token.topicId === id && isAlive(token, now));
  const address = secret ? `${context.publicUrl()}/feeds/${id}.atom?token=${secret}` : null;
  return html`<section class="card"><h2>${t('feedTokens')}</h2><p class="soft small">${t('feedTokensHint')}</p>
${address ? html`<p class="notice good" role="status">${t('feedAddress')}<br><code class="secret">${address}</code> <button type="button" data-copy="${address}" data-copied="${shell.text('copied')}">${shell.text('copy')}</button></p>` : null}
<ul class="plain">${alive.map(token => html`<li class="choice"><span>${token.label || '–'} · ${t('created')} ${timeAgo(token.createdAt, desk)}</span>${actionButton(desk, `/admin/topics/${id}/tokens/${token.id}/revoke`, t('revoke'), { describe: `${t('revoke')}: ${token.label}` })}</li>`)}</ul>
<form method="post" action="/admin/topics/${id}/tokens" class="one-line">${tokenField(desk)}${lineField({ name: 'label', label: t('tokenLabel'), value: '' })}<button>${t('createFeedToken')}</button></form></section>`;
}

async function preview(desk: Desk, entry: Entry): Promise<HtmlValue> {
  const { t, context } = desk;
  const parsed = topicSchema.safeParse({
    title: 'preview',
    ...entry,
    id: 'preview',
    ...(textOf(entry.title) ? {} : { title: 'preview' }),
  });
  if (!parsed.success)
    return problemNote(
      parsed.error.issues.map(issue => `${issue.path.join('.')}: ${desk.say(issue.message)}`).join('\n'),
    );
  const topic = toTopic(parsed.data);
  if (topic.any.length + topic.all.length + topic.sources.length === 0 && !topic.about && !topic.subject)
    return html`<p class="soft">${t('previewHint')}</p>`;
  const { searched, matched } = await context.operations.previewTopic(topic, { days: previewDays, limit: 200 });
  if (matched.length === 0)
    return html`<p class="soft">${t('previewNothing')} ${t('previewFigures', { matched: 0, searched })}</p>`;
  return html`<p class="soft">${t('previewFigures', { matched: matched.length, searched })}</p><ol class="plain matches">${matched.slice(0, previewShown).map(match => html`<li><a href="/admin/stories/${match.storyId}" lang="${match.language ?? ''}" dir="${directionOf(match.language)}">${match.title}</a> <span class="badge">${match.language ?? '?'}</span><ul class="why">${match.evidence.slice(0, 3).map(piece => html`<li>${evidenceWords(piece, t)}</li>`)}</ul></li>`)}</ol>`;
}

export function evidenceWords(piece: TopicEvidence, t: DeskText): string {
  if (piece.kind === 'all-items') return t('because_all');
  return t('matched', { wanted: piece.wanted, found: piece.found, where: t(`where_${piece.where}` as DeskTextKey) });
}
