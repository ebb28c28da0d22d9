import { loadLexicon } from '../app/load-lexicon.ts';
import { createDedupEngine } from '../core/dedup/engine.ts';
import { createProcessReader } from '../reader/process-reader.ts';
import { newsroom, samplePathOf } from '../samples/newsroom.ts';
import { answerSample } from '../samples/serve-samples.ts';
import { formatTable } from './print-table.ts';
import type { Shell } from './shell.ts';

const rounds = 30;

/** How fast this machine reads feeds and folds items, over the sample newsroom; the project's own figures are in docs/performance.md. */
export async function benchCommand(options: { readonly json?: boolean }, shell: Shell): Promise<number> {
  const now = Date.now();
  const documents = newsroom
    .filter(site => site.format === 'rss' || site.format === 'atom' || site.format === 'json')
    .map(site => ({
      site,
      body: Buffer.from(answerSample(samplePathOf(site), { origin: 'http://localhost', startedAt: now }).body),
    }));
  const reader = createProcessReader();
  const lexicon = await loadLexicon();
  try {
    const reading = await timed(async () => {
      for (const { site, body } of documents) {
        const source = { id: site.id, keep: [], drop: [] };
        await reader.read(
          { source, body: new Uint8Array(body), contentType: null, url: 'http://localhost/', known: [], now },
          { signal: shell.signal },
        );
      }
    });
    const items = newsroom.flatMap(site =>
      site.posts.map(post => ({
        id: `${site.id}/${post.slug}`,
        sourceId: site.id,
        language: site.language,
        title: post.title,
        text: post.text.join(' '),
        url: null,
        at: now - post.hoursAgo * 3_600_000,
      })),
    );
    const folding = await timed(async () => {
      const engine = createDedupEngine({ lexicon, windowMs: 7 * 86_400_000 });
      for (const item of items) engine.add(item);
    });
    const rows = [
      ['read, parse, normalize and sanitize a feed', `${(reading / documents.length).toFixed(2)} ms`],
      ['fold one item into a story', `${(folding / items.length).toFixed(3)} ms`],
    ];
    if (options.json)
      shell.stdout.write(
        `${JSON.stringify({ readFeedMs: reading / documents.length, foldItemMs: folding / items.length })}\n`,
      );
    else shell.stdout.write(formatTable(['work', 'median'], rows, shell.stdout.columns));
    return 0;
  } finally {
    await reader.close();
  }
}

/** Median wall time of several rounds, in milliseconds. */
async function timed(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}
