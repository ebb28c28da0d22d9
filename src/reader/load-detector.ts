import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ReadTools } from '../pipeline/read-document.ts';

type Eld = {
  detect(text: string): { language: string; isReliable(): boolean; getScores(): Record<string, number> };
};

/**
 * The language detector: `eld` with its smallest database, loaded by the first text that asks for it (28 MiB of heap, half a second):
 * where a publisher's word is confirmed by small words alone, none does. Why this one: docs/technotes/009-languages.md.
 */
export async function loadDetector(): Promise<ReadTools['detector']> {
  let eld: Eld | null = null;
  return text => {
    eld ??= loadNow();
    const result = eld.detect(text);
    if (!result.language) return null;
    return {
      language: result.language,
      isReliable: result.isReliable(),
      // Ordered and scaled only for the few texts that contradict what their publisher says.
      get scores() {
        return result.getScores();
      },
    };
  };
}

/** The package says only how it is imported, and importing cannot be done in the middle of a document. */
function loadNow(): Eld {
  const file = fileURLToPath(import.meta.resolve('eld/extrasmall'));
  return (createRequire(import.meta.url)(file) as { readonly eld: Eld }).eld;
}
