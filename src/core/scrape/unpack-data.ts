import { isJson } from './structured-data.ts';

const nodesMax = 60_000;
const depthMax = 40;
const anyNumber = (value: unknown): value is number => typeof value === 'number';

/**
 * A flat list whose values name each other by place, made a tree again: devalue (Nuxt 3's `__NUXT_DATA__`;
 * https://github.com/Rich-Harris/devalue) and turbo-stream (Remix, React Router: keys are places, too, `{"_1":2}`). Anything
 * else is given back as it is. What is deeper or more than the limits is left out.
 */
export function unpackReferences(value: unknown): unknown {
  if (!Array.isArray(value) || value.length < 3 || !isFlat(value)) return value;
  let nodes = 0;
  const at = (place: unknown, depth: number): unknown => {
    nodes += 1;
    if (!anyNumber(place) || place < 0 || nodes > nodesMax || depth > depthMax) return undefined;
    const found: unknown = value[place];
    if (Array.isArray(found)) {
      const [tag, inner] = found;
      if (typeof tag !== 'string') return found.slice(0, 2000).map(each => at(each, depth + 1));
      // A date or a big number is written beside its tag; a wrapper (`Ref`, `Reactive`, `ShallowRef`) names its value's place.
      return anyNumber(inner) && tag !== 'D' ? at(inner, depth + 1) : inner;
    }
    if (!isJson(found)) return found;
    return Object.fromEntries(
      Object.entries(found).map(([key, each]) => {
        const name = /^_(\d+)$/.exec(key);
        return [name ? String(value[Number(name[1])]) : key, at(each, depth + 1)];
      }),
    );
  };
  return at(0, 0);
}

/** Every object and array holds places only. */
function isFlat(list: readonly unknown[]): boolean {
  if (typeof list[0] !== 'object') return false;
  return list.slice(0, 200).every(each => {
    if (Array.isArray(each)) return typeof each[0] === 'string' || each.every(anyNumber);
    return !isJson(each) || Object.values(each).every(anyNumber);
  });
}

/** Properties of an Astro island: every value is `[kind, value]`, 0 a plain value or object, 1 an array, 3 a date. */
export function unpackIsland(props: unknown): unknown {
  let nodes = 0;
  const one = (pair: unknown, depth: number): unknown => {
    nodes += 1;
    if (!Array.isArray(pair) || nodes > nodesMax || depth > depthMax) return undefined;
    const [kind, value] = pair as [unknown, unknown];
    if (kind === 1 && Array.isArray(value)) return value.slice(0, 2000).map(each => one(each, depth + 1));
    return isJson(value) ? object(value, depth) : value;
  };
  const object = (value: Readonly<Record<string, unknown>>, depth: number): unknown =>
    Object.fromEntries(Object.entries(value).map(([key, each]) => [key, one(each, depth + 1)]));
  return isJson(props) ? object(props, 0) : undefined;
}
