import { type ConfigFileName, configFiles } from '../../config/load-config.ts';
import { redact } from '../../core/text/redact.ts';
import { AppError } from '../../errors.ts';
import { concealText } from '../../pipeline/conceal-secrets.ts';
import { html, type SafeHtml } from '../html.ts';
import { conflictNote } from './conflict-note.ts';
import { actionButton, heading, problemNote, seeOther, sendDesk, timeAgo, tokenField } from './desk-page.ts';
import { type Desk, howOf } from './desk-request.ts';
import { isDeskTextKey } from './desk-text.ts';

const entriesShown = 100;
const revisionsShown = 50;

/** `/admin/config?file=`: the files as text, with their earlier texts. */
export async function showConfig(
  desk: Desk,
  extra: {
    readonly draft?: string;
    readonly message?: string;
    readonly conflict?: boolean;
    readonly status?: number;
  } = {},
): Promise<void> {
  const { t, edits, context, query, form } = desk;
  const file = fileOf(form.get('file') || query.get('file'));
  const { text, tag } = await edits.readText(file);
  const revisions = await context.editor.revisions(file);
  const problem = context.config.problem();
  const body = html`${heading(t('configTitle'), t('configHint'))}
${problem === null ? null : problemNote(desk.say(problem), t('configStale'))}
<nav class="choices" aria-label="${t('file')}">${configFiles.map(name => html`<a class="button" href="/admin/config?file=${name}"${name === file ? html` aria-current="page"` : null}>${name}.yaml</a>`)}</nav>
${extra.conflict ? conflictNote(desk, text) : null}${problemNote(extra.message ?? null, t('errorTitle'))}
<form method="post" action="/admin/config" class="stack">${tokenField(desk)}<input type="hidden" name="file" value="${file}"><input type="hidden" name="tag" value="${tag}"><label class="unseen" for="f-text">${file}.yaml</label><textarea id="f-text" name="text" class="code editor" rows="24" spellcheck="false" autocapitalize="off">\n${extra.draft ?? text}</textarea><div class="buttons"><button class="primary">${t('save')}</button></div></form>
<h2>${t('revisions')}</h2>${revisions.length === 0 ? html`<p class="soft">${t('noRevisions')}</p>` : html`<ul class="plain">${revisions.slice(0, revisionsShown).map(revision => html`<li><a href="/admin/config/${file}/${revision.name}">${new Date(revision.at).toISOString().slice(0, 19).replace('T', ' ')}</a> · ${timeAgo(revision.at, desk)}</li>`)}</ul>`}`;
  sendDesk(desk, { title: t('configTitle'), area: 'config', body, status: extra.status ?? 200 });
}

export async function saveConfig(desk: Desk): Promise<void> {
  const { form, edits } = desk;
  const file = fileOf(form.get('file'));
  const text = (form.all('text')[0] ?? '').replace(/\n*$/, '\n');
  try {
    await edits.replaceText(file, text, howOf(desk));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'config-conflict') return showConfig(desk, { draft: text, conflict: true, status: 412 });
    return showConfig(desk, {
      draft: text,
      message: desk.say(error.message),
      status: error.code === 'config-invalid' ? 422 : 400,
    });
  }
  seeOther(desk, `/admin/config?file=${file}`, 'doneSaved');
}

export async function showRevision(desk: Desk, fileName: string, name: string): Promise<void> {
  const { t, edits, context } = desk;
  const file = fileOf(fileName);
  const text = concealText(await context.editor.revisionText(file, name));
  const { text: current, tag } = await edits.readText(file);
  const when = (await context.editor.revisions(file)).find(revision => revision.name === name)?.at ?? 0;
  const title = t('revisionOf', { file, when: new Date(when).toISOString().slice(0, 19).replace('T', ' ') });
  const body = html`${heading(title)}${lineChanges(text, current)}<div class="buttons">${actionButton(desk, `/admin/config/${file}/${name}/restore`, t('restore'), { kind: 'primary', fields: { tag } })}<a class="button" href="/admin/config?file=${file}">${t('cancel')}</a></div>`;
  sendDesk(desk, { title, area: 'config', body });
}

export async function restoreRevision(desk: Desk, fileName: string, name: string): Promise<void> {
  const file = fileOf(fileName);
  await desk.edits.restore(file, name, howOf(desk));
  seeOther(desk, `/admin/config?file=${file}`, 'doneRestored');
}

/** `/admin/audit`. */
export async function showAudit(desk: Desk): Promise<void> {
  const { t, context, query } = desk;
  const before = Number.parseInt(query.get('before') ?? '', 10);
  const entries = await context.store.audit.list({
    limit: entriesShown,
    ...(Number.isInteger(before) ? { beforeId: before } : {}),
  });
  const last = entries.length === entriesShown ? entries.at(-1) : undefined;
  const body = html`${heading(t('auditTitle'), t('auditHint'))}${
    entries.length === 0
      ? html`<p class="empty">${t('nothingYet')}</p>`
      : html`<div class="table-box"><table><thead><tr><th>${t('when')}</th><th>${t('who')}</th><th>${t('what')}</th><th>${t('subject')}</th><th>${t('detail')}</th></tr></thead><tbody>${entries.map(
          ({ at, by, action, subject, detail }) =>
            html`<tr><td>${timeAgo(at, desk)}</td><td>${by}</td><td>${actionWord(action, desk)}</td><td class="break">${desk.say(subject)}</td><td class="break small soft">${redact(
              Object.entries(detail)
                .map(
                  ([key, value]) =>
                    `${detailWord(key, desk)}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
                )
                .join(', '),
            )}</td></tr>`,
        )}</tbody></table></div>`
  }${last ? html`<p><a class="button" rel="next" href="?before=${last.id}">${t('older')}</a></p>` : null}`;
  sendDesk(desk, { title: t('auditTitle'), area: 'audit', body });
}

function actionWord(action: string, { t }: Desk): string {
  const key = `action_${action}`;
  return isDeskTextKey(key) ? t(key) : action;
}

function detailWord(detail: string, { t }: Desk): string {
  const key = `detail_${detail}`;
  return isDeskTextKey(key) ? t(key) : detail;
}

function fileOf(name: string | null): ConfigFileName {
  return configFiles.find(known => known === name) ?? 'sources';
}

/** The earlier text, with the lines that are no longer there marked; enough to see what would come back. */
function lineChanges(earlier: string, current: string): SafeHtml {
  const now = new Set(current.split('\n'));
  return html`<pre class="changes" tabindex="0">${earlier.split('\n').map(line => (now.has(line) ? html`${line}\n` : html`<mark>${line}</mark>\n`))}</pre>`;
}
