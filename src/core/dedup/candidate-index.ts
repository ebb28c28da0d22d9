/**
 * Which items share a rare term with a new one: an inverted index in a ring. Postings are written in order of arrival and chained per
 * term, newest first; old ones are overwritten, so that memory and the length of a walk are bounded whatever is fed in.
 */
export type CandidateIndex = {
  /** Makes room for so many postings at once; only while it is empty. */
  readonly reserve: (postings: number) => void;
  readonly add: (term: number, slot: number) => void;
  /** Writes the slots under the term, newest first, at most `limit`. @returns how many. */
  readonly visit: (term: number, limit: number, into: Uint32Array) => number;
  readonly postings: () => number;
};

const CELLS_BITS_MIN = 16;

/** @param postingsMax how many postings are remembered, rounded up to a power of two. */
export function createCandidateIndex(postingsMax: number): CandidateIndex {
  let bits = CELLS_BITS_MIN;
  const bitsMax = Math.max(bits, Math.ceil(Math.log2(postingsMax)));
  let size = 1 << bits;
  let heads = new Uint32Array(size);
  let terms = new Uint32Array(size);
  let slots = new Uint32Array(size);
  let next = new Uint32Array(size);
  /** Number of the next posting, from 1; 0 ends a chain. */
  let sequence = 1;

  const cellOf = (term: number) => Math.imul(term, 0x9e3779b1) >>> (32 - bits);

  function resize(newBits: number): void {
    bits = newBits;
    size = 1 << bits;
    heads = new Uint32Array(size);
    terms = new Uint32Array(size);
    slots = new Uint32Array(size);
    next = new Uint32Array(size);
  }

  function grow(): void {
    const old = { terms, slots, size };
    resize(bits + 1);
    const from = Math.max(1, sequence - old.size);
    const to = sequence;
    sequence = from;
    for (let at = from; at < to; at += 1)
      put(old.terms[at & (old.size - 1)] as number, old.slots[at & (old.size - 1)] as number);
  }

  function put(term: number, slot: number): void {
    const at = sequence & (size - 1);
    const cell = cellOf(term);
    terms[at] = term;
    slots[at] = slot;
    next[at] = heads[cell] as number;
    heads[cell] = sequence;
    sequence += 1;
  }

  return {
    reserve(postings) {
      const wanted = Math.min(bitsMax, Math.ceil(Math.log2(postings + 1)));
      if (sequence === 1 && wanted > bits) resize(wanted);
    },
    add(term, slot) {
      if (sequence >= size && bits < bitsMax) grow();
      put(term, slot);
    },
    visit(term, limit, into) {
      const oldest = Math.max(1, sequence - size);
      let at = heads[cellOf(term)] as number;
      let found = 0;
      let steps = limit * 4;
      while (at >= oldest && at !== 0 && found < limit && steps > 0) {
        const cell = at & (size - 1);
        if (terms[cell] === term) {
          into[found] = slots[cell] as number;
          found += 1;
        }
        steps -= 1;
        const before = next[cell] as number;
        if (before >= at) break;
        at = before;
      }
      return found;
    },
    postings: () => Math.min(size, sequence - 1),
  };
}
