import { AppError } from '../../errors.ts';
import type { ImportReport } from '../../pipeline/edit-sources.ts';
import { exportOpml } from '../export-opml.ts';
import { html, type SafeHtml } from '../html.ts';
import { twinsAmong } from '../source-listing.ts';
import { actionButton, heading, problemNote, sendDesk, tokenField } from './desk-page.ts';
import type { Desk } from './desk-request.ts';
import type { DeskTextKey } from './desk-text.ts';
import { shortAddress } from './source-list-page.ts';
import { type StarterPack, starterPacks } from './starter-packs.ts';

const linesShown = 2000;

/** `/admin/import`: OPML in, OPML out. */
export function showImport(
  desk: Desk,
  parts: { readonly report?: ImportReport; readonly message?: string; readonly status?: number } = {},
): void {
  const { t } = desk;
  const body = html`${heading(t('importTitle'), t('importHint'))}${problemNote(parts.message ?? null, t('errorTitle'))}${parts.report ? reportOf(parts.report, desk) : null}
<form method="post" action="/admin/import" enctype="multipart/form-data" class="card stack drop" data-drop>${tokenField(desk)}<div class="field"><label for="f-opml">${t('opmlFile')}</label><input id="f-opml" type="file" name="opml" accept=".opml,.xml,text/x-opml,text/xml" required><p class="help">${t('dropHere')}</p></div><button class="primary">${t('importNow')}</button></form>
<p class="buttons"><a class="button" href="/admin/export.opml">${t('exportNow')}</a><a class="button" href="/admin/packs">${t('packs')}</a></p>`;
  sendDesk(desk, { title: t('importTitle'), area: 'sources', body, status: parts.status ?? 200 });
}

export async function importFile(desk: Desk): Promise<void> {
  const text = await desk.form.file('opml');
  if (text === null) return showImport(desk, { message: desk.t('dropHere'), status: 400 });
  try {
    showImport(desk, { report: await desk.edits.importOpml(text, { by: desk.visitor.by }) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    showImport(desk, { message: desk.say(error.message), status: 422 });
  }
}

export async function exportFile({ context, response, edits }: Desk): Promise<void> {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Disposition', 'attachment; filename="newsfold-sources.opml"');
  response.type('text/x-opml; charset=utf-8').send(await exportOpml(context, edits));
}

export function showPacks(desk: Desk, report: ImportReport | null = null): void {
  const { t, shell, context } = desk;
  const twinOf = twinsAmong(context.sources());
  const pack = (each: StarterPack) =>
    html`<section class="card"><h2>${each.title[shell.language]}</h2><ul class="plain pack">${each.sources.map(source => html`<li><span class="badge">${source.language}</span> <span lang="${source.language}">${source.title}</span>${twinOf(source.url) ? html` <span class="soft small">✓ ${t('result_known')}</span>` : null}</li>`)}</ul>${actionButton(desk, `/admin/packs/${each.id}`, t('addPack', { n: each.sources.length }), { kind: 'primary', describe: `${each.title[shell.language]}: ${t('addPack', { n: each.sources.length })}` })}</section>`;
  const body = html`${heading(t('packs'), t('packsHint'))}${report ? reportOf(report, desk) : null}<div class="grid">${starterPacks.map(pack)}</div>`;
  sendDesk(desk, { title: t('packs'), area: 'sources', body });
}

export async function addPack(desk: Desk, id: string): Promise<void> {
  const pack = starterPacks.find(known => known.id === id);
  if (!pack) throw new AppError('not-found', desk.t('nothingFound'));
  const how = { by: desk.visitor.by, from: 'pack-add' };
  showPacks(desk, await desk.edits.importSources(pack.sources, how));
}

function reportOf(report: ImportReport, { t, say }: Desk): SafeHtml {
  const { added, known, refused } = report;
  return html`<section class="card" id="report"><h2 role="status">${t('importReport', { added, known, refused })}</h2><ul class="plain report">${report.lines.slice(0, linesShown).map(line => html`<li><span class="state result-${line.result}">${t(`result_${line.result}` as DeskTextKey)}</span> ${line.id ? html`<a href="/admin/sources/${line.id}">${line.id}</a>` : null} ${line.reason?.includes(line.url) ? null : html`<span class="address">${line.id ? shortAddress(line.url) : line.url.slice(0, 200)}</span>`}${line.reason ? html` <span class="small soft">${say(line.reason)}</span>` : null}</li>`)}</ul></section>`;
}
