import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Lexicon, openLexicon } from '../core/lexicon/lexicon.ts';

let loading: Promise<Lexicon> | null = null;

/** The one copy of the lexicon in this process, read when the first one needs it. */
export function loadLexicon(): Promise<Lexicon> {
  loading ??= readFile(join(import.meta.dirname, '..', 'core', 'lexicon', 'lexicon.bin')).then(openLexicon);
  return loading;
}
