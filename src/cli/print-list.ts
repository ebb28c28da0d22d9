import { stringify } from 'yaml';
import type { ScrapeGuess } from '../pipeline/operations.ts';

type Shown = Pick<ScrapeGuess['items'][number], 'title' | 'publishedAt'>;
type ShownList = Omit<ScrapeGuess, 'items' | 'rules'> & { readonly rules: object; readonly items: readonly Shown[] };

const previewMax = 5;

/** A list found on a page for the terminal: why, its first items, and the rules that give exactly these. */
export function listLines(list: ShownList, at: number): string {
  const head = `${at + 1}. ${list.name} (score ${list.score}): ${list.reasons.join('; ')}`;
  const preview = list.items.slice(0, previewMax).map(item => `   - ${line(item.title)}${dateOf(item)}`);
  if (list.total > preview.length) preview.push(`   … and ${list.total - preview.length} more`);
  const yaml = stringify({ scrape: list.rules }, { lineWidth: 0 }).trimEnd().replace(/^/gm, '     ');
  return `${[head, ...preview, yaml].join('\n')}\n`;
}

export function line(title: string | null): string {
  return title ?? '(no title)';
}

export function dateOf(item: Shown): string {
  return item.publishedAt === null ? '' : `  [${item.publishedAt.slice(0, 16).replace('T', ' ')}]`;
}
