/**
 * What an optional encoder says of items: a vector each, kept as one byte a number, and how much a likeness of two of them is worth. Encoders
 * differ in what "unlike" is (.2 for one, .8 for another), so a likeness is told in deviations from what items that came some dozens apart
 * have: most of those have nothing to do with each other.
 */

export type Meanings = {
  /** `undefined`: the slot has no vector (any more). */
  readonly set: (slot: number, vector: Float32Array | Int8Array | undefined) => void;
  readonly of: (slot: number) => Int8Array | undefined;
  /** Log-odds, within bounds: it adds to the evidence and never overrules it. 0 where one has none, or too few were seen. */
  readonly odds: (one: number, two: number) => number;
  /** How many deviations above the usual likeness; NaN where that is not known. */
  readonly deviations: (one: number, two: number) => number;
};

export type MeaningWorth = {
  /** Deviations at which it speaks neither for nor against. */
  readonly encoderMiddle: number;
  /** Log-odds a deviation. */
  readonly encoderSlope: number;
};

const ODDS_LEAST = -1;
const ODDS_MOST = 3;
/** A vector is compared with those of so many items before: what follows at once is often the same story. */
const BEFORE = [31, 61, 97, 127];
const BEFORE_MOST = 128;
/** So many comparisons make a usual likeness; older ones are forgotten, so that it is the same before a restart and after. */
const COMPARED_LEAST = 200;
const COMPARED_MOST = 4000;

type Stored = { readonly bytes: Int8Array; readonly norm: number };

export function createMeanings({ encoderMiddle, encoderSlope }: MeaningWorth): Meanings {
  const stored = new Map<number, Stored>();
  const recent: Stored[] = [];
  const usual = createUsual();

  const deviations = (one: number, two: number) => {
    const left = stored.get(one);
    const right = stored.get(two);
    if (left === undefined || right === undefined || left.bytes.length !== right.bytes.length) return Number.NaN;
    return usual.deviations(cosineOf(left, right));
  };

  return {
    set(slot, vector) {
      if (vector === undefined) {
        stored.delete(slot);
        return;
      }
      const bytes = vector instanceof Int8Array ? vector : toBytes(vector);
      const own = { bytes, norm: Math.sqrt(dot(bytes, bytes)) };
      for (const back of BEFORE) {
        const other = recent.at(-back);
        if (other?.bytes.length === bytes.length) usual.see(cosineOf(own, other));
      }
      recent.push(own);
      if (recent.length > BEFORE_MOST) recent.shift();
      stored.set(slot, own);
    },
    of: slot => stored.get(slot)?.bytes,
    deviations,
    odds(one, two) {
      if (stored.size === 0) return 0;
      const above = deviations(one, two);
      if (Number.isNaN(above)) return 0;
      return Math.max(ODDS_LEAST, Math.min(ODDS_MOST, (above - encoderMiddle) * encoderSlope));
    },
  };
}

const CELLS = 1000;

/**
 * The middle and the spread of the likenesses of late, from the lower half of them: a story told twice is always in the upper one, however
 * many there are.
 */
function createUsual() {
  const cells = new Uint16Array(CELLS + 1);
  const seen = new Uint16Array(COMPARED_MOST);
  let count = 0;
  let stale = true;
  let middle = 0;
  let spread = 0;

  const quantile = (share: number) => {
    const wanted = share * Math.min(count, COMPARED_MOST);
    let below = 0;
    for (let cell = 0; cell <= CELLS; cell += 1) {
      const inside = cells[cell] as number;
      if (below + inside > wanted) return ((cell + (wanted - below) / inside) / CELLS) * 2 - 1;
      below += inside;
    }
    return 1;
  };

  return {
    see(likeness: number) {
      const cell = Math.max(0, Math.min(CELLS, Math.floor(((likeness + 1) / 2) * CELLS)));
      const at = count % COMPARED_MOST;
      const gone = seen[at] as number;
      if (count >= COMPARED_MOST) cells[gone] = (cells[gone] as number) - 1;
      cells[cell] = (cells[cell] as number) + 1;
      seen[at] = cell;
      count += 1;
      stale = true;
    },
    /** NaN while too few were seen. */
    deviations(likeness: number) {
      if (count < COMPARED_LEAST) return Number.NaN;
      if (stale) {
        middle = quantile(0.5);
        // Of a normal distribution 16 in a hundred are more than one deviation below the middle.
        spread = Math.max(1 / CELLS, middle - quantile(0.16));
        stale = false;
      }
      return (likeness - middle) / spread;
    },
  };
}

/** The direction only: its largest number becomes 127. */
function toBytes(vector: Float32Array): Int8Array {
  const most = vector.reduce((so, value) => Math.max(so, Math.abs(value)), 0);
  const scale = most > 0 && Number.isFinite(most) ? 127 / most : 0;
  return Int8Array.from(vector, value => (Number.isFinite(value) ? Math.round(value * scale) : 0));
}

function cosineOf(one: Stored, two: Stored): number {
  return one.norm > 0 && two.norm > 0 ? dot(one.bytes, two.bytes) / (one.norm * two.norm) : 0;
}

function dot(one: Int8Array, two: Int8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] as number) * (two[at] as number);
  return sum;
}
