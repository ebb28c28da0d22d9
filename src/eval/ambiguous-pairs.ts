/** Says whether two groups may or may not be one story, so that their pairs are left out of the scoring. */
export type IsAmbiguous = (groupA: string | null, groupB: string | null) => boolean;

export const nothingAmbiguous: IsAmbiguous = () => false;

/**
 * Reads `{"<any name>": [["group a", "group b"], …]}` or a bare array of such lists; in a list of more than two, each pair.
 * @throws TypeError when it is neither; the message says what was expected.
 */
export function readAmbiguousPairs(value: unknown): IsAmbiguous {
  const lists: unknown[] = Array.isArray(value)
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).filter(Array.isArray)
      : [];
  if (lists.length === 0) throw new TypeError('expected an object with a list of pairs of groups, or such a list');
  const known = new Set<string>();
  for (const groups of lists.flat()) {
    if (!Array.isArray(groups) || groups.length < 2 || !groups.every(group => typeof group === 'string'))
      throw new TypeError('expected pairs of groups: ["a", "b"]');
    for (const [i, a] of groups.entries()) for (const b of groups.slice(i + 1)) known.add(keyOf(a, b));
  }
  return (a, b) => a !== null && b !== null && known.has(keyOf(a, b));
}

function keyOf(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}
