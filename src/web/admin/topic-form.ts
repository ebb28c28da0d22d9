import { subjects } from '../../core/topics/subject-names.ts';
import type { Entry } from '../desk-edits.ts';
import { html, type SafeHtml } from '../html.ts';
import type { Form } from './desk-request.ts';
import type { DeskText, DeskTextKey } from './desk-text.ts';
import { clean, listOf, mapOf, orNothing, textOf } from './entry-values.ts';
import { checkField, choiceField, group, keyText, lineField, textField } from './form-fields.ts';

const thresholds = ['strict', 'normal', 'wide'] as const;

/** Every key of a topic as form fields. */
export function topicFields(entry: Entry, t: DeskText, { isNew }: { readonly isNew: boolean }): SafeHtml {
  const text = (key: string) => textOf(entry[key]);
  const words = (key: string) => listOf(entry[key]).join('\n');
  const prefer = mapOf(entry.prefer);
  const commas = (value: unknown) => listOf(value).join(', ');
  return html`<div class="fields">
${isNew ? lineField({ name: 'id', ...keyText(t, 'id'), value: text('id'), required: true, code: true }) : null}
${lineField({ name: 'title', label: t('field_title'), value: text('title'), required: true })}
${lineField({ name: 'description', label: t('field_description'), value: text('description') })}
${textField({ name: 'any', ...keyText(t, 'any'), value: words('any'), rows: 4 })}
${textField({ name: 'none', ...keyText(t, 'none'), value: words('none'), rows: 2 })}
${checkField({ name: 'private', ...keyText(t, 'private'), checked: entry.private === true })}</div>
${group(
  t('moreRules'),
  [
    textField({ name: 'all', ...keyText(t, 'all'), value: words('all'), rows: 2 }),
    textField({ name: 'about', ...keyText(t, 'about'), value: text('about'), rows: 2 }),
    choiceField({
      name: 'threshold',
      label: t('field_threshold'),
      value: text('threshold') || 'normal',
      options: thresholds.map(name => [name, t(`threshold_${name}` as DeskTextKey)]),
    }),
    choiceField({
      name: 'subject',
      ...keyText(t, 'subject'),
      value: text('subject'),
      options: [['', '–'], ...subjects.map(name => [name, t(`subject_${name}`)] as const)],
    }),
    lineField({ name: 'sources', ...keyText(t, 'sources'), value: commas(entry.sources) }),
    lineField({ name: 'languages', ...keyText(t, 'languages'), value: commas(entry.languages) }),
    lineField({ name: 'prefer-languages', ...keyText(t, 'preferLanguages'), value: commas(prefer.languages) }),
    lineField({ name: 'prefer-sources', ...keyText(t, 'preferSources'), value: commas(prefer.sources) }),
    lineField({ name: 'perSourceMax', ...keyText(t, 'perSourceMax'), value: text('perSourceMax'), kind: 'number' }),
    lineField({ name: 'formerIds', ...keyText(t, 'formerIds'), value: commas(entry.formerIds) }),
  ],
  ['all', 'about', 'subject', 'sources', 'languages', 'prefer'].some(key => entry[key] !== undefined),
)}`;
}

/** The entry that a posted form means; empty fields are left out. */
export function topicOfForm(form: Form, id: string): Entry {
  const lines = (name: string) =>
    orNothing(
      form
        .get(name)
        .split('\n')
        .map(word => word.trim())
        .filter(Boolean),
    );
  const commas = (name: string) =>
    orNothing(
      form
        .get(name)
        .split(',')
        .map(word => word.trim())
        .filter(Boolean),
    );
  const prefer = clean({ languages: commas('prefer-languages'), sources: commas('prefer-sources') });
  const perSourceMax = Number.parseInt(form.get('perSourceMax'), 10);
  const threshold = form.get('threshold');
  return clean({
    id,
    title: form.get('title'),
    description: form.get('description') || undefined,
    any: lines('any'),
    all: lines('all'),
    none: lines('none'),
    about: form.get('about') || undefined,
    threshold: threshold === '' || threshold === 'normal' ? undefined : threshold,
    subject: form.get('subject') || undefined,
    sources: commas('sources'),
    languages: commas('languages'),
    prefer: Object.keys(prefer).length > 0 ? prefer : undefined,
    perSourceMax: Number.isInteger(perSourceMax) ? perSourceMax : undefined,
    private: form.has('private') || undefined,
    formerIds: commas('formerIds'),
  });
}
