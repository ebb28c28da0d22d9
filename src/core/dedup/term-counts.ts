/**
 * How many stories of late have a term: what the frozen idf cannot know (the epidemic of the year, "- Evening News" at the end of every
 * title). Counted once a story and language, so that a story told in many does not make its own words common.
 */
export type TermCounts = {
  /** The terms of an item that opened a story. */
  readonly note: (terms: { readonly ids: Uint32Array; readonly from: number; readonly to: number }) => void;
  /** The most an idf can be in the light of the counts; Infinity while a term is rare. */
  readonly bound: (id: number) => number;
};

const CELLS_BITS = 20;
/** Fewer stories than this say nothing. */
const STORIES_LEAST = 8;
/** Stories imagined before the first, so that an empty window makes nothing common. */
const IMAGINED = 150;
const SLACK = 0.5;
const STORIES_MAX = 200_000;

export function createTermCounts(): TermCounts {
  const cells = new Uint16Array(1 << CELLS_BITS);
  let stories = 0;
  const cellOf = (id: number) => Math.imul(id, 0x9e3779b1) >>> (32 - CELLS_BITS);

  return {
    note({ ids, from, to }) {
      stories += 1;
      for (let at = from; at < to; at += 1) {
        const cell = cellOf(ids[at] as number);
        if ((cells[cell] as number) < 0xffff) cells[cell] = (cells[cell] as number) + 1;
      }
      if (stories < STORIES_MAX) return;
      // The old count half, so that what was common last month can become rare again.
      stories /= 2;
      for (let cell = 0; cell < cells.length; cell += 1) cells[cell] = (cells[cell] as number) >> 1;
    },
    bound(id) {
      const count = cells[cellOf(id)] as number;
      return count < STORIES_LEAST
        ? Number.POSITIVE_INFINITY
        : Math.max(0, Math.log((stories + IMAGINED) / count) + SLACK);
    },
  };
}
