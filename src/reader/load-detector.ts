import type { ReadTools } from '../pipeline/read-document.ts';

/**
 * The language detector: `eld` with its smallest database, loaded when the first text needs it (28 MiB of heap, half a second).
 * Why this one: docs/technotes/009-languages.md.
 */
export async function loadDetector(): Promise<ReadTools['detector']> {
  const { eld } = await import('eld/extrasmall');
  return text => {
    const result = eld.detect(text);
    if (!result.language) return null;
    return {
      language: result.language,
      isReliable: result.isReliable(),
      // Ordered and scaled only for the few texts that contradict what their publisher says.
      get scores() {
        return result.getScores() as Record<string, number>;
      },
    };
  };
}
