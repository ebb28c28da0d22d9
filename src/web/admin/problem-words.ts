import { redact } from '../../core/text/redact.ts';
import type { UiLanguage } from '../ui-text.ts';
import { editingItalian } from './italian/editing.ts';
import { fetchingItalian } from './italian/fetching.ts';
import { readingItalian } from './italian/reading.ts';

/**
 * What the service says in English (problems, reasons, mistakes; they are stored and sent by the API as they are), for a page, without
 * secrets. Each known sentence is exchanged where it stands; a test looks through the sources for sentences that are not known.
 */
export function problemWords(problem: string, language: UiLanguage): string {
  const text = redact(problem);
  if (language !== 'it') return text;
  compiled ??= [...fetchingItalian, ...readingItalian, ...editingItalian]
    // Whole sentences before the fragments that occur in them.
    .toSorted(([a], [b]) => b.length - a.length)
    .map(([english, italian]) => compile(english, italian));
  const words = compiled.reduce((all, [english, italian]) => all.replace(english, italian), text);
  return words.replace(/(\d) days\b/g, '$1 giorni');
}

type Exchange = readonly [RegExp, (found: string, ...parts: string[]) => string];
let compiled: readonly Exchange[] | null = null;

const kinds: Readonly<Record<string, string>> = {
  w: '(\\S+)',
  n: '(\\d(?:[\\d.,]*\\d)?)',
  q: '("[^"]*"|`[^`]*`)',
  t: '(\\w+)',
  p: "((?: [A-Z][A-Za-z'-]*)*)",
  '*': '(.*)',
};
const types: Readonly<Record<string, string>> = {
  string: 'un testo',
  number: 'un numero',
  boolean: 'true o false',
  array: 'un elenco',
  object: 'una mappa',
  record: 'una mappa',
  null: 'nulla',
};

function compile(english: string, italian: string): Exchange {
  const pieces = english.split(/\{([wnqtp*])\}/);
  const source = pieces
    .map((piece, i) => (i % 2 === 0 ? piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : kinds[piece]))
    .join('');
  const marks = italian.split(/\{([wnqtp*])\}/);
  return [
    new RegExp(source, 'g'),
    (_found, ...parts) =>
      marks
        .map((mark, i) =>
          i % 2 === 0
            ? mark
            : mark === 't'
              ? (types[parts[(i - 1) / 2] ?? ''] ?? parts[(i - 1) / 2])
              : parts[(i - 1) / 2],
        )
        .join(''),
  ];
}
