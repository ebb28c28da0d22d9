/** Markup that is already safe: made by `html`, or taken from a stored field that passed the sanitizer. */
export class SafeHtml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export type HtmlValue = SafeHtml | string | number | null | undefined | false | readonly HtmlValue[];

/** Every value is escaped unless it is `SafeHtml`; `null`, `undefined` and `false` vanish, lists are joined. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  let text = strings[0] ?? '';
  values.forEach((value, i) => {
    text += render(value) + (strings[i + 1] ?? '');
  });
  return new SafeHtml(text);
}

/** Only for fields that `core/normalize/sanitize-html` wrote. */
export function trusted(sanitized: string): SafeHtml {
  return new SafeHtml(sanitized);
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, character => `&#${character.charCodeAt(0)};`);
}

function render(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof SafeHtml) return value.text;
  if (typeof value === 'object') return value.map(render).join('');
  return escapeHtml(String(value));
}

/** An address for `href` and `src`: only http, https and our own paths; anything else leads nowhere. */
export function safeHref(address: string | null | undefined): string {
  if (!address) return '#';
  return /^(https?:\/\/|\/(?!\/)|feed:https?:)/i.test(address) ? address : '#';
}
