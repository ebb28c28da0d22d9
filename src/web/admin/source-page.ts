import { redact } from '../../core/text/redact.ts';
import { AppError } from '../../errors.ts';
import type { SourceTest } from '../../pipeline/operations.ts';
import type { FetchRecord } from '../../pipeline/ports.ts';
import { checkSource } from '../api/source-routes.ts';
import type { Entry } from '../desk-edits.ts';
import { type HtmlValue, html, type SafeHtml, safeHref } from '../html.ts';
import { directionOf } from '../layout.ts';
import { barChart } from '../pages/bar-chart.ts';
import { excerpt } from '../pages/story-list.ts';
import { InvalidInput } from '../problem.ts';
import { listed } from '../source-listing.ts';
import { conflictNote } from './conflict-note.ts';
import {
  actionButton,
  heading,
  problemNote,
  seeOther,
  sendDesk,
  sizeOf,
  timeAgo,
  timeAhead,
  tokenField,
} from './desk-page.ts';
import { type Desk, howOf } from './desk-request.ts';
import { type DeskText, type DeskTextKey, isDeskTextKey } from './desk-text.ts';
import { feedOffer } from './feed-offer.ts';
import { layoutProposal } from './scrape-guesses.ts';
import { entryOfForm, sourceFields } from './source-form.ts';
import { healthBadge, shortAddress } from './source-list-page.ts';

const historyShown = 30;
const chartDays = 30;
const itemsShown = 12;

type Extra = {
  readonly test?: SourceTest;
  /** What was posted and could not be saved. */
  readonly draft?: Entry;
  readonly message?: string;
  readonly conflict?: boolean;
  readonly status?: number;
};

/** `/admin/sources/:id`: how it is, what happened last, and every key to edit. */
export async function showSource(desk: Desk, id: string, extra: Extra = {}): Promise<void> {
  const { context, edits, t } = desk;
  const source = context.sources().get(id);
  if (!source) throw new AppError('not-found', t('nothingFound'));
  const [written, state, history, perDay] = [
    await edits.read('sources', id),
    (await context.store.sources.get(id)) ?? undefined,
    await context.store.sources.history(id, historyShown),
    (await context.store.sources.itemsPerDay(chartDays, desk.now)).get(id) ?? [],
  ];
  const row = listed(source, state);
  const isSecret = String(written?.entry.url ?? '').includes('${');
  const moved = state && !isSecret && state.url !== state.configuredUrl ? state.url : null;
  const words = row.health === 'ok' || row.health === 'new' || row.health === 'paused' ? t(`hint_${row.health}`) : null;
  const base = `/admin/sources/${id}`;
  const proposal = row.health === 'layout-changed' && written ? await layoutProposal(desk, id, written.tag) : null;
  const body = html`${heading(
    html`<span lang="${row.language ?? ''}" dir="auto">${row.title}</span>`,
    html`${healthBadge(row.health, t)} ${row.language ? html`<span class="badge">${row.language}</span>` : null} <span class="address">${shortAddress(String(written?.entry.url ?? source.url))}</span>`,
    html`${actionButton(desk, `${base}/collect`, t('collectNow'), { kind: 'primary' })}${actionButton(desk, `${base}/test`, t('testNow'))}${written ? actionButton(desk, `${base}/pause`, source.paused ? t('resume') : t('pause'), { fields: { paused: source.paused ? '' : '1', tag: written.tag } }) : null}`,
  )}
${row.health !== 'paused' && state?.problem ? html`<div class="notice bad"><strong>${t('problemLabel')}</strong><p>${desk.say(state.problem)}</p></div>` : words ? html`<p class="soft">${words}</p>` : null}
${moved ? html`<p class="notice">${t('movedTo')} <code>${redact(moved)}</code></p>` : null}
${source.http.insecureTls ? html`<p class="notice warn">${t('insecure')}</p>` : null}
${written ? null : html`<p class="notice">${t('sampleHint')}</p>`}
${extra.test ? testReport(extra.test, desk) : null}
${proposal}
${written && state ? feedOffer(desk, { id, tag: written.tag }, state) : null}
<dl class="figures"><div><dt>${t('items')}</dt><dd>${state?.itemCount ?? 0}</dd></div><div><dt>${t('lastFetch')}</dt><dd>${timeAgo(state?.lastFetchAt, desk)}</dd></div><div><dt>${t('nextFetch')}</dt><dd>${row.health === 'paused' ? '–' : timeAhead(state?.nextAt, desk.now, t)}</dd><dd class="small soft">${desk.say(state?.nextReason ?? '')}</dd></div>${perDay.some(n => n > 0) ? html`<div class="wide"><dt>${t('perDay')}</dt><dd>${barChart(perDay, t('perDay'))}</dd></div>` : null}</dl>
${written ? editForm(desk, written, extra) : null}
<h2>${t('historyTitle')}</h2>${historyTable(history, desk)}
${written ? html`<details class="danger"><summary>${t('removeSource')}</summary><p>${t('removeConfirm')}</p>${actionButton(desk, `${base}/delete`, t('removeSource'), { kind: 'danger', fields: { tag: written.tag } })}</details>` : null}`;
  sendDesk(desk, { title: row.title, area: 'sources', body, status: extra.status ?? 200 });
}

export async function saveSource(desk: Desk, id: string): Promise<void> {
  const before = await desk.edits.read('sources', id);
  if (!before) throw new AppError('not-found', desk.t('nothingFound'));
  const entry = entryOfForm(desk.form, before.entry);
  try {
    checkSource({ ...entry, id });
    await desk.edits.replace('sources', id, entry, howOf(desk));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const message =
      error instanceof InvalidInput
        ? error.mistakes.map(({ at, message: text }) => `${at}: ${desk.say(text)}`).join('\n')
        : desk.say(error.message);
    if (error.code === 'config-conflict') return showSource(desk, id, { draft: entry, conflict: true, status: 412 });
    return showSource(desk, id, { draft: entry, message, status: error.code === 'config-invalid' ? 422 : 400 });
  }
  seeOther(desk, `/admin/sources/${id}`, 'doneSaved');
}

/** Puts a proposed list's selectors in the place of the old ones, and reads the page with them. */
export async function adoptRules(desk: Desk, id: string): Promise<void> {
  const { context, edits, form } = desk;
  try {
    const scrape = readPatch(form.get('patch'));
    await edits.patch('sources', id, { scrape }, { ...howOf(desk), check: checkSource });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const status = error.code === 'config-conflict' ? 412 : error.code === 'not-found' ? 404 : 400;
    return showSource(desk, id, { message: desk.say(error.message), status });
  }
  await context.operations.collectNow(id);
  seeOther(desk, `/admin/sources/${id}`, 'doneAdopted');
}

function readPatch(text: string): Entry {
  try {
    const patch: unknown = JSON.parse(text);
    if (patch !== null && typeof patch === 'object' && !Array.isArray(patch)) return patch as Entry;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new AppError('invalid-input', 'The form does not hold selectors.');
}

export async function pauseSource(desk: Desk, id: string): Promise<void> {
  const paused = desk.form.get('paused') !== '';
  await desk.edits.patch('sources', id, { paused: paused ? true : null }, { by: desk.visitor.by });
  seeOther(desk, `/admin/sources/${id}`, paused ? 'donePaused' : 'doneResumed');
}

export async function removeSource(desk: Desk, id: string): Promise<void> {
  await desk.edits.remove('sources', id, howOf(desk));
  seeOther(desk, '/admin/sources', 'doneRemoved');
}

export async function collectSource(desk: Desk, id: string): Promise<void> {
  if (!desk.context.sources().has(id)) throw new AppError('not-found', desk.t('nothingFound'));
  const record = await desk.context.operations.collectNow(id);
  seeOther(desk, `/admin/sources/${id}`, typeof record === 'string' ? 'doneBusy' : 'doneCollected');
}

export async function testSource(desk: Desk, id: string): Promise<void> {
  const source = desk.context.sources().get(id);
  if (!source) throw new AppError('not-found', desk.t('nothingFound'));
  return showSource(desk, id, { test: await desk.context.operations.testSource(source) });
}

function editForm(
  desk: Desk,
  written: { readonly entry: Entry; readonly tag: string },
  { draft, message, conflict }: Extra,
): SafeHtml {
  const { t } = desk;
  return html`<details class="edit"${draft || message ? html` open` : null}><summary>${t('editSource')}</summary>
${conflict ? conflictNote(desk, written.entry) : null}${problemNote(message ?? null, t('errorTitle'))}
<form method="post" action="/admin/sources/${String(written.entry.id)}" class="stack">${tokenField(desk)}<input type="hidden" name="tag" value="${written.tag}">${sourceFields(draft ?? written.entry, t, { isNew: false })}<div class="buttons"><button class="primary">${t('save')}</button></div></form></details>`;
}

function historyTable(history: readonly FetchRecord[], desk: Desk): SafeHtml {
  const { t } = desk;
  if (history.length === 0) return html`<p class="soft">${t('noHistory')}</p>`;
  const slowest = Math.max(1, ...history.map(({ durationMs }) => durationMs));
  return html`<div class="table-box"><table class="history"><thead><tr><th>${t('when')}</th><th>${t('outcome')}</th><th class="number">${t('took')}</th><th class="number">${t('size')}</th><th class="number">${t('items')}</th></tr></thead><tbody>${history.map(record => html`<tr><td>${timeAgo(record.at, desk)}</td><td><span class="outcome outcome-${record.outcome}">${t(`outcome_${record.outcome}` as DeskTextKey)}${record.status === null ? null : ` ${record.status}`}</span>${record.message ? html`<p class="small problem">${desk.say(record.message)}</p>` : null}${warningList(record.warnings, desk)}</td><td class="number">${record.durationMs} ms<meter min="0" max="${slowest}" value="${record.durationMs}" aria-hidden="true"></meter></td><td class="number">${record.bytes === 0 ? '–' : sizeOf(record.bytes, desk)}</td><td class="number">${changesOf(record, t)}</td></tr>`)}</tbody></table></div>`;
}

function changesOf(record: FetchRecord, t: DeskText): string {
  const parts = [
    record.itemsNew > 0 ? t('newItems', { n: record.itemsNew }) : '',
    record.itemsEdited > 0 ? t('editedItems', { n: record.itemsEdited }) : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : record.itemsTotal > 0 ? String(record.itemsTotal) : '–';
}

function warningList(
  warnings: readonly { readonly code: string; readonly message: string }[],
  { t, say }: Desk,
): HtmlValue {
  if (warnings.length === 0) return null;
  return html`<details class="small"><summary>${t('warnings')} (${warnings.length})</summary><ul>${warnings.slice(0, 20).map(({ message }) => html`<li>${say(message)}</li>`)}</ul></details>`;
}

/** What a first fetch did, step by step, and what it read. */
export function testReport(test: SourceTest, desk: Desk): SafeHtml {
  const { t, say, shell } = desk;
  return html`<section class="card"><h2>${t('whatHappened')}</h2>
<ol class="steps">${test.steps.map(step => html`<li class="${step.ok ? 'good' : 'bad'}"><span aria-hidden="true">${step.ok ? '✓' : '✗'}</span> <strong>${stepName(step.name, t)}</strong>${step.ms === null ? null : html` <span class="soft small">${step.ms} ms</span>`} ${say(step.detail)}</li>`)}</ol>
${problemNote(test.problem === null ? null : say(test.problem))}${warningList(test.warnings, desk)}
${test.items.length > 0 ? html`<h3>${t('itemsInFeed')}</h3><ul class="plain previews">${test.items.slice(0, itemsShown).map(item => html`<li lang="${item.language ?? shell.language}" dir="${directionOf(item.language)}"><a href="${safeHref(item.url)}" rel="noopener noreferrer">${item.title}</a>${item.text ? html` <span class="soft small">${excerpt(item.text, 160)}</span>` : null}</li>`)}</ul>` : null}</section>`;
}

function stepName(step: string, t: DeskText): string {
  const key = `step_${step}`;
  return isDeskTextKey(key) ? t(key) : step;
}
