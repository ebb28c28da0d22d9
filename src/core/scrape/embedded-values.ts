import type { Page } from './parse-page.ts';
import { parseJson, scriptText } from './structured-data.ts';
import { unpackIsland, unpackReferences } from './unpack-data.ts';

const scriptMax = 4_000_000;
const valuesMax = 40;

/**
 * The data a page holds for its own scripts, as far as it is JSON; program text is never run. Read are: `application/json`
 * scripts (`__NEXT_DATA__`, SvelteKit's kept answers, `__NUXT_DATA__` of Nuxt 3), assignments (`window.__NUXT__ = {…}`, states of
 * Redux, Apollo and Relay, `JSON.parse("…")`), what Next streams (`__next_f`), what Remix and React Router stream
 * (`streamController.enqueue`), and the properties of Astro's islands.
 */
export function* embeddedValues(page: Page): Generator<unknown> {
  const streamed: string[] = [];
  let found = 0;
  for (const element of page.elements) {
    if (found > valuesMax) return;
    if (element.name === 'astro-island' && element.attribs.props !== undefined) {
      found += 1;
      yield unpackIsland(parseJson(element.attribs.props));
      continue;
    }
    if (element.name !== 'script' || element.attribs.src !== undefined) continue;
    const type = element.attribs.type ?? '';
    if (/ld\+json/i.test(type)) continue;
    const text = scriptText(element);
    if (text.length > scriptMax || text.length < 40) continue;
    found += 1;
    if (/json/i.test(type) || element.attribs.id === '__NEXT_DATA__') yield unpackReferences(parseJson(text));
    else {
      yield* assignedValues(text);
      yield* enqueuedValues(text);
      for (const call of callsOf(text, '__next_f.push(')) if (isStreamed(call)) streamed.push(call[1]);
    }
  }
  yield* streamedValues(streamed.join(''));
}

/** `window.__STATE__ = {…};` and `JSON.parse("…")`, each read as JSON. */
function* assignedValues(text: string): Generator<unknown> {
  const pattern =
    /(?:(?:window|self|globalThis)(?:\.([\w$]{2,60})|\[\s*["']([\w$.-]{2,60})["']\s*\])|(?:var|let|const)\s+[\w$]{2,60})\s*=\s*(JSON\.parse\(\s*)?(?=[{["'])/g;
  let found = 0;
  for (const match of text.matchAll(pattern)) {
    found += 1;
    if (found > 10) return;
    const from = match.index + match[0].length;
    const end = jsonEnd(text, from);
    if (end < 0) continue;
    const literal = text.slice(from, end);
    const value = literal.startsWith("'")
      ? parseJson(`"${literal.slice(1, -1).replaceAll('"', '\\"')}"`)
      : (parseJson(literal) ?? parseJson(literal.replace(/([:[,])undefined(?=[,}\]])/g, '$1null')));
    yield typeof value === 'string' ? parseJson(value) : value;
  }
}

/** Remix and React Router: `streamController.enqueue("[…]\\n")`, a flat list of values that name each other. */
function* enqueuedValues(text: string): Generator<unknown> {
  for (const value of callsOf(text, 'streamController.enqueue('))
    if (typeof value === 'string') for (const line of value.split('\n')) yield unpackReferences(parseJson(line));
}

function isStreamed(call: unknown): call is [number, string] {
  return Array.isArray(call) && call[0] === 1 && typeof call[1] === 'string';
}

/** React's flight rows, `5:["$","div",null,{…}]`: those that are JSON. */
function* streamedValues(text: string): Generator<unknown> {
  for (const row of text.split('\n').slice(0, 2000)) {
    const start = /^[\da-f]{1,6}:(?=[[{])/.exec(row);
    if (start !== null && row.length > 100) yield parseJson(row.slice(start[0].length));
  }
}

/** The JSON argument of each call. */
function callsOf(text: string, call: string): unknown[] {
  const values: unknown[] = [];
  for (let at = text.indexOf(call); at >= 0 && values.length < 500; at = text.indexOf(call, at + call.length)) {
    const from = at + call.length;
    const end = jsonEnd(text, from);
    // What does not end here does not end later: looking on would cost the square of the text.
    if (end < 0) break;
    values.push(parseJson(text.slice(from, end)));
  }
  return values;
}

/** Where the JSON value that begins at `from` ends, or -1. */
function jsonEnd(text: string, from: number): number {
  let depth = 0;
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) {
        quote = '';
        if (depth === 0) return at + 1;
      }
    } else if (char === '"' || (char === "'" && depth === 0)) quote = char;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}
