/**
 * Text and JSON as both engines can hold them. PostgreSQL refuses NUL, and a lone surrogate has no UTF-8 form: one bad
 * character must never abort a batch, so it is taken off (NUL) or replaced by U+FFFD here, whoever forgot to.
 */
export function storedText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '') : wellFormed;
}

export function storedTextOrNull(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : storedText(text);
}

/** JSON.stringify escapes lone surrogates and NUL, so the text is safe; the values are cleaned so that they stay gone. */
export function storedJson(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null';
  return /\\u(?:d[89a-f]|0000)/.test(json)
    ? JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'string' ? storedText(entry) : entry))
    : json;
}

/** The far end of the calendar, where `Infinity` and times beyond it are kept: both engines store it as an integer. */
export const endOfTime = 8_640_000_000_000_000;

/** A whole number of milliseconds that an integer column can hold. NaN (a clock or a sum gone wrong) counts as 0: due now. */
export function storedTime(at: number): number {
  if (Number.isNaN(at)) return 0;
  return Math.trunc(Math.min(Math.max(at, -endOfTime), endOfTime));
}

export function storedTimeOrNull(at: number | null | undefined): number | null {
  return at === null || at === undefined ? null : storedTime(at);
}
