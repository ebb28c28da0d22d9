import { type HtmlValue, html, type SafeHtml } from '../html.ts';
import type { DeskText, DeskTextKey } from './desk-text.ts';

type Base = { readonly name: string; readonly label: string; readonly help?: string; readonly value: string };

/** One line of text with its label and help; `kind` is an input's type. */
export function lineField(
  field: Base & {
    readonly kind?: string;
    readonly required?: boolean;
    readonly readOnly?: boolean;
    readonly code?: boolean;
    readonly complete?: string;
  },
): SafeHtml {
  const { name, value, kind = 'text' } = field;
  return wrap(
    field,
    html`<input id="f-${name}" name="${name}" type="${kind}" value="${value}"${field.required ? html` required` : null}${field.readOnly ? html` readonly` : null}${field.code ? html` class="code" spellcheck="false" autocapitalize="off"` : null}${kind === 'password' ? html` autocomplete="${field.complete ?? 'off'}"` : null}${field.help ? html` aria-describedby="h-${name}"` : null}>`,
  );
}

export function textField(field: Base & { readonly rows?: number; readonly code?: boolean }): SafeHtml {
  const { name, value, rows = 3 } = field;
  return wrap(
    field,
    html`<textarea id="f-${name}" name="${name}" rows="${rows}"${field.code ? html` class="code" spellcheck="false"` : null}${field.help ? html` aria-describedby="h-${name}"` : null}>${value}</textarea>`,
  );
}

export function choiceField(field: Base & { readonly options: readonly (readonly [string, string])[] }): SafeHtml {
  const { name, value, options } = field;
  return wrap(
    field,
    html`<select id="f-${name}" name="${name}"${field.help ? html` aria-describedby="h-${name}"` : null}>${options.map(([key, label]) => html`<option value="${key}"${key === value ? html` selected` : null}>${label}</option>`)}</select>`,
  );
}

export function checkField(field: Omit<Base, 'value'> & { readonly checked: boolean }): SafeHtml {
  const { name, label, help, checked } = field;
  return html`<div class="field check"><label><input type="checkbox" name="${name}" value="1"${checked ? html` checked` : null}${help ? html` aria-describedby="h-${name}"` : null}> ${label}</label>${help ? html`<p class="help" id="h-${name}">${help}</p>` : null}</div>`;
}

/** How a secret of the environment is written. */
const reference = '$'.concat('{NAME}');

/** Label and help of a configuration key from the catalogue. */
export function keyText(t: DeskText, key: string): { readonly label: string; readonly help: string } {
  return { label: t(`field_${key}` as DeskTextKey), help: t(`help_${key}` as DeskTextKey, { env: reference }) };
}

export function group(title: string, fields: HtmlValue, open: boolean): SafeHtml {
  return html`<details class="group"${open ? html` open` : null}><summary>${title}</summary><div class="fields">${fields}</div></details>`;
}

function wrap({ name, label, help }: Base, control: SafeHtml): SafeHtml {
  return html`<div class="field"><label for="f-${name}">${label}</label>${control}${help ? html`<p class="help" id="h-${name}">${help}</p>` : null}</div>`;
}
