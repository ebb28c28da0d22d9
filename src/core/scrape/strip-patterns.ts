import { RE2JS } from 're2js';
import { AppError } from '../../errors.ts';
import type { ScrapeRules } from '../../model.ts';

/** Takes the pattern configured for a field off a value; an emptied value is `null`. */
export type Strips = (field: string, value: string | null) => string | null;

const fields = new Set(['title', 'summary', 'content', 'link', 'author']);
const patternMax = 500;

/**
 * Compiles `strip` with RE2, whose time is linear in the text whatever the pattern.
 * @throws AppError `config-invalid` for an unknown field or a pattern RE2 cannot read
 */
export function compileStrips(strip: ScrapeRules['strip']): Strips {
  if (strip === undefined) return (_, value) => value;
  const patterns = new Map<string, RE2JS>();
  for (const [field, pattern] of Object.entries(strip)) patterns.set(field, compile(field, pattern));
  return (field, value) => {
    const pattern = patterns.get(field);
    if (pattern === undefined || value === null) return value;
    const rest = pattern.matcher(value).replaceAll('').trim();
    return rest === '' ? null : rest;
  };
}

function compile(field: string, pattern: string): RE2JS {
  if (!fields.has(field)) {
    throw new AppError(
      'config-invalid',
      `scrape.strip.${field}: there is no such field; use one of ${[...fields].join(', ')}.`,
    );
  }
  if (pattern.length > patternMax) {
    throw new AppError('config-invalid', `scrape.strip.${field}: the pattern is longer than ${patternMax} characters.`);
  }
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hint = /lookaround|\(\?[=!<]/.test(`${reason}${pattern}`)
      ? ' Look-around and back references are not supported.'
      : '';
    throw new AppError(
      'config-invalid',
      `scrape.strip.${field}: the pattern "${pattern}" cannot be used: ${reason}.${hint}`,
      { cause: error },
    );
  }
}
