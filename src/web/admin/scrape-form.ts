import type { Entry } from '../desk-edits.ts';
import { html, type SafeHtml } from '../html.ts';
import type { Form } from './desk-request.ts';
import type { DeskText, DeskTextKey } from './desk-text.ts';
import { clean, mapOf, textOf } from './entry-values.ts';
import { checkField, keyText, lineField } from './form-fields.ts';

const selectorKeys = ['items', 'link', 'title', 'summary', 'date', 'image', 'author', 'content', 'next'] as const;
const stripKeys = ['title', 'summary', 'content', 'link', 'author'] as const;
const catalogueKey: Readonly<Record<string, string>> = { title: 'itemTitle', next: 'nextPage' };
/** As many as the file may hold. */
const listsMax = 10;

/**
 * The rules of a page without a feed: what holds for the whole page, then each list with rules of its own, and an empty one that becomes
 * a list when something is written into it. So lists are added and removed without script.
 */
export function scrapeFields(entry: Entry, t: DeskText): SafeHtml[] {
  const rules = mapOf(entry.scrape);
  const lists = Array.isArray(rules.lists) ? rules.lists.map(mapOf) : [];
  return [
    checkField({ name: 'scrape', ...keyText(t, 'scrape'), checked: entry.scrape !== undefined }),
    ...ruleFields('scrape', rules, t),
    html`<div class="wide lists"><p class="help">${t('listsHint')}</p>${lists.map((list, i) => listFields(list, i, t))}${lists.length < listsMax ? listFields(null, lists.length, t) : null}</div>`,
  ];
}

/** The `scrape:` that a posted form means. */
export function scrapeOfForm(form: Form): Entry {
  const lists = Array.from({ length: listsMax }, (_, i) => `list-${i}`)
    .filter(prefix => !form.has(`${prefix}-remove`))
    .map(prefix => rulesOfForm(form, prefix))
    .filter(list => Object.keys(list).length > 0);
  return clean({ ...rulesOfForm(form, 'scrape'), lists: lists.length > 0 ? lists : undefined });
}

function listFields(list: Entry | null, i: number, t: DeskText): SafeHtml {
  const remove = list && checkField({ name: `list-${i}-remove`, label: t('removeList'), checked: false });
  return html`<details class="group"${list ? html` open` : null}><summary>${list ? t('list', { n: i + 1 }) : t('addList')}</summary><div class="fields">${ruleFields(`list-${i}`, list ?? {}, t)}${remove}</div></details>`;
}

/** Selectors, how far pages are followed, and what is taken off each field. */
function ruleFields(prefix: string, rules: Entry, t: DeskText): SafeHtml[] {
  const strip = mapOf(rules.strip);
  const labelOf = (key: string) => t(`field_${catalogueKey[key] ?? key}` as DeskTextKey);
  return [
    ...selectorKeys.map(key =>
      lineField({
        name: `${prefix}-${key}`,
        ...keyText(t, catalogueKey[key] ?? key),
        value: textOf(rules[key]),
        code: true,
      }),
    ),
    lineField({ name: `${prefix}-pagesMax`, ...keyText(t, 'pagesMax'), value: textOf(rules.pagesMax), kind: 'number' }),
    checkField({ name: `${prefix}-article`, ...keyText(t, 'article'), checked: rules.article === true }),
    html`<details class="group wide"${Object.keys(strip).length > 0 ? html` open` : null}><summary>${t('stripTitle')}</summary><p class="help">${t('stripHint')}</p><div class="fields">${stripKeys.map(key => lineField({ name: `${prefix}-strip-${key}`, label: labelOf(key), value: textOf(strip[key]), code: true }))}</div></details>`,
  ];
}

function rulesOfForm(form: Form, prefix: string): Entry {
  const pagesMax = Number.parseInt(form.get(`${prefix}-pagesMax`), 10);
  // Not trimmed: a space is often part of what is taken off.
  const strip = clean(
    Object.fromEntries(stripKeys.map(key => [key, form.secret(`${prefix}-strip-${key}`) || undefined])),
  );
  return clean({
    ...Object.fromEntries(selectorKeys.map(key => [key, form.get(`${prefix}-${key}`) || undefined])),
    pagesMax: Number.isInteger(pagesMax) ? pagesMax : undefined,
    article: form.has(`${prefix}-article`) || undefined,
    strip: Object.keys(strip).length > 0 ? strip : undefined,
  });
}
