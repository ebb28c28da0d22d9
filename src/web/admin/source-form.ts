import { concealEntry } from '../../pipeline/conceal-secrets.ts';
import type { Entry } from '../desk-edits.ts';
import { html, type SafeHtml } from '../html.ts';
import type { Form } from './desk-request.ts';
import type { DeskText } from './desk-text.ts';
import { clean, listOf, mapOf, orNothing, textOf } from './entry-values.ts';
import { checkField, group, keyText, lineField, textField } from './form-fields.ts';
import { scrapeFields, scrapeOfForm } from './scrape-form.ts';

/** Every key of a source as form fields. */
export function sourceFields(entry: Entry, t: DeskText, options: { readonly isNew: boolean }): SafeHtml {
  const shown = concealEntry(entry);
  const text = (key: string) => textOf(shown[key]);
  const http = mapOf(shown.http);
  const auth = mapOf(http.auth);
  const words = listOf(shown.keep).length + listOf(shown.drop).length > 0;
  return html`<div class="fields">
${options.isNew ? lineField({ name: 'id', ...keyText(t, 'id'), value: text('id'), code: true }) : null}
${lineField({ name: 'url', ...keyText(t, 'url'), value: text('url'), required: true, code: true })}
${lineField({ name: 'title', ...keyText(t, 'title'), value: text('title') })}
${lineField({ name: 'tags', ...keyText(t, 'tags'), value: listOf(shown.tags).join(', ') })}
${lineField({ name: 'language', ...keyText(t, 'language'), value: text('language') })}
${checkField({ name: 'paused', ...keyText(t, 'paused'), checked: shown.paused === true })}
${checkField({ name: 'fullText', ...keyText(t, 'fullText'), checked: shown.fullText === true })}</div>
${group(t('group_rhythm'), [lineField({ name: 'schedule', ...keyText(t, 'schedule'), value: text('schedule'), code: true }), lineField({ name: 'timezone', ...keyText(t, 'timezone'), value: text('timezone') })], text('schedule') !== '')}
${group(t('group_words'), [textField({ name: 'keep', ...keyText(t, 'keep'), value: listOf(shown.keep).join('\n') }), textField({ name: 'drop', ...keyText(t, 'drop'), value: listOf(shown.drop).join('\n') })], words)}
${group(t('group_page'), scrapeFields(shown, t), shown.scrape !== undefined)}
${group(
  t('group_http'),
  [
    textField({
      name: 'headers',
      ...keyText(t, 'headers'),
      value: Object.entries(mapOf(http.headers))
        .map(([name, value]) => `${name}: ${textOf(value)}`)
        .join('\n'),
      code: true,
    }),
    lineField({ name: 'user', ...keyText(t, 'user'), value: textOf(auth.user) }),
    lineField({ name: 'authPassword', ...keyText(t, 'authPassword'), value: textOf(auth.password) }),
    lineField({ name: 'proxy', ...keyText(t, 'proxy'), value: textOf(http.proxy), code: true }),
    lineField({ name: 'userAgent', ...keyText(t, 'userAgent'), value: textOf(http.userAgent) }),
    checkField({ name: 'insecureTls', ...keyText(t, 'insecureTls'), checked: http.insecureTls === true }),
  ],
  Object.keys(http).length > 0,
)}`;
}

/** The entry that a posted form means; empty fields are left out, the id comes from `before`. */
export function entryOfForm(form: Form, before: Entry): Entry {
  const line = (name: string) => form.get(name) || undefined;
  const lines = (name: string) =>
    orNothing(
      form
        .get(name)
        .split('\n')
        .map(each => each.trim())
        .filter(Boolean),
    );
  const user = form.get('user');
  const password = form.get('authPassword');
  const http = clean({
    headers: headersOf(form.get('headers')),
    auth: user === '' && password === '' ? undefined : { user, password },
    proxy: line('proxy'),
    userAgent: line('userAgent'),
    insecureTls: form.has('insecureTls') || undefined,
  });
  return clean({
    id: form.get('id') || before.id,
    url: form.get('url'),
    title: line('title'),
    tags: orNothing(
      form
        .get('tags')
        .split(',')
        .map(tag => tag.trim())
        .filter(Boolean),
    ),
    language: line('language'),
    schedule: line('schedule'),
    timezone: line('timezone'),
    paused: form.has('paused') || undefined,
    fullText: form.has('fullText') || undefined,
    keep: lines('keep'),
    drop: lines('drop'),
    scrape: form.has('scrape') ? scrapeOfForm(form) : undefined,
    http: Object.keys(http).length > 0 ? http : undefined,
  });
}

function headersOf(text: string): Entry | undefined {
  const pairs = text.split('\n').flatMap(line => {
    const colon = line.indexOf(':');
    return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const] : [];
  });
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}
