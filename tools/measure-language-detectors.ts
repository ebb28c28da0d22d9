/**
 * Measures language detectors on short headlines: accuracy by language, memory, time. The choice is in docs/technotes/009-languages.md.
 *
 * Usage: node tools/measure-language-detectors.ts LIBRARY FILE.jsonl[.gz]
 * LIBRARY: eld/extrasmall | eld/small | eld/medium | eld/large | tinyld | tinyld/heavy | franc | none | ours
 * FILE: lines {"lang": "it", "title": "…", "text"?: "…"}. One library a process, since memory is measured.
 */
import { createReadStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

type Row = { readonly lang: string; readonly title: string; readonly text?: string };
type Detect = (text: string) => string;

const [library = 'none', file] = process.argv.slice(2);
if (!file) {
  console.error('usage: measure-language-detectors LIBRARY FILE.jsonl[.gz]');
  process.exit(2);
}
const raw = file === '-' ? await text(Readable.toWeb(createReadStream('/dev/stdin'))) : readLines(file);
const rows: Row[] = raw
  .split('\n')
  .filter(Boolean)
  .map(line => JSON.parse(line) as Row);

globalThis.gc?.();
const before = process.memoryUsage().rss;
const startedAt = performance.now();
const detect = await load(library);
const loadMs = performance.now() - startedAt;
const result = score(detect, rows);
globalThis.gc?.();
const rssMiB = (process.memoryUsage().rss - before) / 2 ** 20;
console.log(
  JSON.stringify({ library, rows: rows.length, ...result, loadMs: Math.round(loadMs), rssMiB: Math.round(rssMiB) }),
);

function readLines(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function score(detectLanguage: Detect, all: readonly Row[]) {
  const wrong = new Map<string, Map<string, number>>();
  const byLanguage = new Map<string, { right: number; total: number }>();
  const start = performance.now();
  for (const row of all) {
    const wanted = row.lang.split('-')[0] ?? '';
    const found = detectLanguage(row.title);
    const tally = byLanguage.get(wanted) ?? { right: 0, total: 0 };
    tally.total++;
    if (found === wanted) tally.right++;
    else {
      const errors = wrong.get(wanted) ?? new Map<string, number>();
      errors.set(found, (errors.get(found) ?? 0) + 1);
      wrong.set(wanted, errors);
    }
    byLanguage.set(wanted, tally);
  }
  const perTitleMs = (performance.now() - start) / all.length;
  const right = [...byLanguage.values()].reduce((sum, tally) => sum + tally.right, 0);
  return {
    accuracy: Number((right / all.length).toFixed(4)),
    perTitleMs: Number(perTitleMs.toFixed(3)),
    byLanguage: Object.fromEntries(
      [...byLanguage].sort().map(([language, tally]) => [language, `${tally.right}/${tally.total}`]),
    ),
    wrong: Object.fromEntries([...wrong].sort().map(([language, errors]) => [language, Object.fromEntries(errors)])),
  };
}

async function load(name: string): Promise<Detect> {
  if (name === 'none') return () => '';
  if (name === 'ours') {
    const { detectLanguage } = await import('../src/core/normalize/language.ts');
    const { loadDetector } = await import('../src/reader/load-detector.ts');
    const detector = await loadDetector();
    return value => detectLanguage(value, detector)?.language ?? '';
  }
  // A variable keeps the compiler from asking for packages that only this tool may want.
  const module = (await import(name)) as Record<string, unknown>;
  if (name.startsWith('eld')) {
    const eld = module.eld as { detect(value: string): { language: string } };
    return value => eld.detect(value).language;
  }
  if (name.startsWith('tinyld')) return module.detect as Detect;
  const franc = module.franc as (value: string, options: { minLength: number }) => string;
  return value => toTwoLetters(franc(value, { minLength: 3 }));
}

function toTwoLetters(code: string): string {
  const macro: Record<string, string> = {
    cmn: 'zh',
    arb: 'ar',
    pes: 'fa',
    prs: 'fa',
    nob: 'nb',
    nno: 'nn',
    ekk: 'et',
    lvs: 'lv',
    zlm: 'ms',
    und: '',
  };
  return macro[code] ?? new Intl.Locale(code).language;
}
