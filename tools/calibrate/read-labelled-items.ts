/** Labelled items (JSON Lines, plain or gzipped) as the engine takes them, with the story each belongs to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { DedupInput } from '../../src/core/dedup/item-features.ts';

export type LabelledItem = { readonly input: DedupInput; readonly group: string; readonly language: string };

type Row = {
  readonly id: string;
  readonly lang?: string;
  readonly language?: string;
  readonly title: string;
  readonly text?: string;
  readonly group: string;
  readonly time?: number;
  readonly publishedAt?: string;
  readonly url?: string;
  readonly source?: string;
};

/** @param headline leave the text away. */
export function readLabelledItems(path: string, options: { headline: boolean }): LabelledItem[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const row = JSON.parse(line) as Row;
      const language = row.language ?? row.lang ?? 'und';
      const published = row.publishedAt === undefined ? null : Date.parse(row.publishedAt);
      return {
        group: row.group,
        language,
        input: {
          id: row.id,
          sourceId: row.source ?? `source-${language}`,
          language,
          title: row.title,
          text: options.headline ? '' : (row.text ?? ''),
          url: row.url ?? null,
          at: published ?? (row.time === undefined ? 0 : row.time * 1000),
        },
      };
    });
}

/** Deterministic order that looks like chance. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = (seed * 2654435761 + 12345) >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x100000000;
  };
  const out = [...items];
  for (let at = out.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [out[at], out[other]] = [out[other] as T, out[at] as T];
  }
  return out;
}

/** Stable fold of a story: no story is in two folds. */
export function foldOf(group: string, folds: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < group.length; at += 1) hash = Math.imul(hash ^ group.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return ((Math.imul(hash, 0x2c1b3c6d) >>> 8) & 0xffff) % folds;
}

/** Pairs of documents or groups that nobody can call one story or two, as `a|b`, both ways round. */
export function readUnclearPairs(folder: string): Set<string> {
  const out = new Set<string>();
  const lists = [
    ['ntrex_ambiguous.json', 'ambiguous_doc_pairs'],
    ['itn_ambiguous.json', 'ambiguous_group_pairs'],
  ] as const;
  for (const [file, key] of lists) {
    const lines = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string[][]>;
    for (const line of lines[key] ?? []) for (const a of line) for (const b of line) if (a !== b) out.add(`${a}|${b}`);
  }
  return out;
}

/** WMT 2022 told in Croatian the news of NTREX's own weekend: they are neither distractors nor unrelated to it. */
export function storiesOfNtrexWeekend(wmt: readonly LabelledItem[]): Set<string> {
  return new Set(
    wmt.filter(item => item.language === 'hr' && item.group.startsWith('wmt22:')).map(({ group }) => group),
  );
}
