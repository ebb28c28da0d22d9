import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LanguageDetector } from '../core/normalize/language.ts';
import { detectorOf, openNgrams } from '../core/normalize/language-ngrams.ts';

/** The detector that the service uses: half a MiB, read in a millisecond. Why this one: docs/technotes/009-languages.md. */
export async function loadDetector(): Promise<LanguageDetector> {
  return detectorOf(
    openNgrams(await readFile(join(import.meta.dirname, '..', 'core', 'normalize', 'language-ngrams.bin'))),
  );
}
