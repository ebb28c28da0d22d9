/**
 * News invented from the lexicon's own labels: stories of one to eight versions, each version a shuffled part of the story's words, with a
 * teaser. The same at every run.
 */
import type { DedupInput } from '../../src/core/dedup/engine.ts';
import type { Lexicon } from '../../src/core/lexicon/lexicon.ts';

export const weekMs = 7 * 86_400_000;

/** @param weekItems how many items fill a week. */
export function inventNews(lexicon: Lexicon, { weekItems }: { readonly weekItems: number }): () => DedupInput {
  let state = 42;
  function dice(below: number): number {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x100000000) * below);
  }

  const labels = Array.from({ length: lexicon.header.concepts - 1 }, (_, at) => lexicon.label(at + 1));

  /** Concepts are numbered by frequency; the n-th comes 1/n as often as the first, as words do (Zipf). */
  const word = () => labels[Math.floor(labels.length ** (dice(1_000_000) / 1_000_000)) - 1] as string;

  let story: string[] = [];
  let versionsLeft = 0;
  let serial = 0;
  return () => {
    if (versionsLeft === 0) {
      story = Array.from({ length: 50 }, word);
      versionsLeft = 1 + (dice(3) === 0 ? dice(8) : 0);
    }
    versionsLeft -= 1;
    serial += 1;
    const pick = (count: number) => Array.from({ length: count }, () => story[dice(story.length)] as string).join(' ');
    return {
      id: `item-${serial}`,
      sourceId: `source-${dice(500)}`,
      language: 'en',
      title: pick(9),
      text: pick(45),
      url: `https://source-${dice(500)}.example/${serial}`,
      at: Math.floor((serial / weekItems) * weekMs),
    };
  };
}
