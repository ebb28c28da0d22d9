import { concealEntry } from '../../pipeline/conceal-secrets.ts';
import type { Entry } from '../desk-edits.ts';
import { html, type SafeHtml } from '../html.ts';
import type { Form } from './desk-request.ts';
import type { DeskText } from './desk-text.ts';
import { checkField, group, keyText, lineField, textField } from './form-fields.ts';

const selectorKeys = ['items', 'link', 'title', 'summary', 'date', 'image', 'author', 'content', 'next'] as const;
const catalogueKey: Readonly<Record<string, string>> = { title: 'itemTitle', next: 'nextPage' };

/** Every key of a source as form fields; what the form cannot show (several lists, strip) stays as it is in the file. */
export function sourceFields(entry: Entry, t: DeskText, options: { readonly isNew: boolean }): SafeHtml {
  const shown = concealEntry(entry);
  const text = (key: string) => textOf(shown[key]);
  const http = mapOf(shown.http);
  const auth = mapOf(http.auth);
  const words = linesOf(shown.keep).length + linesOf(shown.drop).length > 0;
  return html`<div class="fields">
${options.isNew ? lineField({ name: 'id', ...keyText(t, 'id'), value: text('id'), code: true }) : null}
${lineField({ name: 'url', ...keyText(t, 'url'), value: text('url'), required: true, code: true })}
${lineField({ name: 'title', ...keyText(t, 'title'), value: text('title') })}
${lineField({ name: 'tags', ...keyText(t, 'tags'), value: listOf(shown.tags).join(', ') })}
${lineField({ name: 'language', ...keyText(t, 'language'), value: text('language') })}
${checkField({ name: 'paused', ...keyText(t, 'paused'), checked: shown.paused === true })}
${checkField({ name: 'fullText', ...keyText(t, 'fullText'), checked: shown.fullText === true })}</div>
${group(t('group_rhythm'), [lineField({ name: 'schedule', ...keyText(t, 'schedule'), value: text('schedule'), code: true }), lineField({ name: 'timezone', ...keyText(t, 'timezone'), value: text('timezone') })], text('schedule') !== '')}
${group(t('group_words'), [textField({ name: 'keep', ...keyText(t, 'keep'), value: linesOf(shown.keep).join('\n') }), textField({ name: 'drop', ...keyText(t, 'drop'), value: linesOf(shown.drop).join('\n') })], words)}
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

export function scrapeFields(entry: Entry, t: DeskText): SafeHtml[] {
  const rules = mapOf(entry.scrape);
  return [
    checkField({ name: 'scrape', ...keyText(t, 'scrape'), checked: entry.scrape !== undefined }),
    ...selectorKeys.map(key =>
      lineField({
        name: `scrape-${key}`,
        ...keyText(t, catalogueKey[key] ?? key),
        value: textOf(rules[key]),
        code: true,
      }),
    ),
    lineField({ name: 'scrape-pagesMax', ...keyText(t, 'pagesMax'), value: textOf(rules.pagesMax), kind: 'number' }),
    checkField({ name: 'scrape-article', ...keyText(t, 'article'), checked: rules.article === true }),
  ];
}

/** The entry that a posted form means; empty fields are left out, keys the form does not show come from `before`. */
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
    ...pick(mapOf(before.http), []),
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
    scrape: form.has('scrape') ? scrapeOfForm(form, mapOf(before.scrape)) : undefined,
    http: Object.keys(http).length > 0 ? http : undefined,
  });
}

function scrapeOfForm(form: Form, before: Entry): Entry {
  const pagesMax = Number.parseInt(form.get('scrape-pagesMax'), 10);
  return clean({
    ...pick(before, ['lists', 'strip']),
    ...Object.fromEntries(selectorKeys.map(key => [key, form.get(`scrape-${key}`) || undefined])),
    pagesMax: Number.isInteger(pagesMax) ? pagesMax : undefined,
    article: form.has('scrape-article') || undefined,
  });
}

function headersOf(text: string): Entry | undefined {
  const pairs = text.split('\n').flatMap(line => {
    const colon = line.indexOf(':');
    return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const] : [];
  });
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}

function pick(entry: Entry, keys: readonly string[]): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => keys.includes(key)));
}

export function clean(entry: Readonly<Record<string, unknown>>): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}

export function orNothing<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf) : [];
}

const linesOf = listOf;

export function mapOf(value: unknown): Entry {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Entry) : {};
}
