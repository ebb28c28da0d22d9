import { describeEvidence } from '../core/dedup/describe-evidence.ts';
import { groupBy } from '../eval/cluster-metrics.ts';
import type { LabelledItem } from '../eval/labelled-item.ts';
import type { StreamAnswer } from '../eval/story-stream.ts';

/** One line of the input, read and answered. */
export type DedupLine =
  | { readonly kind: 'item'; readonly item: LabelledItem; readonly answer: StreamAnswer }
  | { readonly kind: 'bad'; readonly line: number; readonly problem: string };

type ItemLine = Extract<DedupLine, { kind: 'item' }>;

/** Stories with several versions, in order of arrival, and at the end how many items stand alone; for people. */
export function storyListing(lines: readonly DedupLine[], stories: ReadonlyMap<string, string>): string {
  const groups = byStory(lines, stories);
  const several = groups.filter(items => items.length > 1);
  const text = several.map(items => items.map((line, i) => listedItem(line, i === 0)).join('')).join('\n');
  const alone = groups.length - several.length;
  const total = groups.reduce((sum, items) => sum + items.length, 0);
  const bad = lines.filter(line => line.kind === 'bad').map(line => `line ${line.line}: ${line.problem}\n`);
  return `${text}${text === '' ? '' : '\n'}${total} items, ${groups.length} stories: ${several.length} told more than once, ${alone} once\n${bad.join('')}`;
}

function listedItem({ item, answer }: ItemLine, isFirst: boolean): string {
  const language = (answer.language ?? '?').padEnd(5);
  if (isFirst) return `■ ${language} ${oneLine(item.title)}  [${item.id}]\n`;
  const reasons = describeEvidence(answer.evidence, 'en').join('; ');
  return `  ${language} ${oneLine(item.title)}  [${item.id}]\n${reasons === '' ? '' : `        ${reasons}\n`}`;
}

/** The same as data. */
export function storyDocument(lines: readonly DedupLine[], stories: ReadonlyMap<string, string>): unknown {
  return {
    stories: byStory(lines, stories).map(items => ({
      story: stories.get(items[0]?.item.id ?? ''),
      items: items.map(({ item, answer }) => ({
        id: item.id,
        language: answer.language,
        title: item.title,
        score: answer.score,
        with: answer.with,
        evidence: answer.evidence,
      })),
    })),
    errors: lines.filter(line => line.kind === 'bad').map(({ line, problem }) => ({ line, error: problem })),
  };
}

function byStory(lines: readonly DedupLine[], stories: ReadonlyMap<string, string>): ItemLine[][] {
  const items = lines.filter(line => line.kind === 'item' && !line.answer.repeated) as ItemLine[];
  return [...groupBy(items, line => stories.get(line.item.id) ?? line.item.id).values()];
}

function oneLine(title: string): string {
  return title.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}
