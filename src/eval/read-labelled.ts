import { type LabelledItem, parseLabelledItem } from './labelled-item.ts';

export type LabelledPair = { readonly a: LabelledItem; readonly b: LabelledItem; readonly same: boolean };

export type LabelledSet = {
  /** Items with a `group`, in the order of the lines. */
  readonly items: readonly LabelledItem[];
  readonly pairs: readonly LabelledPair[];
  /** `line 3: …`, at most `problemsMax`. */
  readonly problems: readonly string[];
  readonly badLines: number;
};

const problemsMax = 20;

/**
 * Reads a labelled set: JSON Lines, each an item with its `group`, or a pair `{"a":{…},"b":{…},"same":true}`; a file may
 * mix them. Empty lines are passed over; a bad one becomes a problem and the rest is read.
 */
export function readLabelled(lines: Iterable<string>): LabelledSet {
  const items: LabelledItem[] = [];
  const pairs: LabelledPair[] = [];
  const problems: string[] = [];
  let badLines = 0;
  let number = 0;
  for (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const read = readLine(line);
    if ('problem' in read) {
      badLines += 1;
      if (problems.length < problemsMax) problems.push(`line ${number}: ${read.problem}`);
    } else if ('same' in read) pairs.push(read);
    else items.push(read);
  }
  return { items, pairs, problems, badLines };
}

function readLine(line: string): LabelledItem | LabelledPair | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: 'not JSON' };
  }
  if (typeof value !== 'object' || value === null || !('same' in value)) return parseLabelledItem(value);
  const { a, b, same } = value as { a?: unknown; b?: unknown; same: unknown };
  if (typeof same !== 'boolean') return { problem: '"same" is not true or false' };
  const first = parseLabelledItem(a);
  if ('problem' in first) return { problem: `"a": ${first.problem}` };
  const second = parseLabelledItem(b);
  if ('problem' in second) return { problem: `"b": ${second.problem}` };
  return { a: first, b: second, same };
}
