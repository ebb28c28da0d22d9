/** The inside of a reading process: one document at a time, whatever happens to it is an answer. */
import { type ReadTools, readDocument } from '../pipeline/read-document.ts';
import { answerJobs } from './answer-jobs.ts';
import { loadDetector } from './load-detector.ts';
import type { ReaderAnswer, ReaderJob } from './reader-job.ts';

let tools: Promise<ReadTools> | null = null;

answerJobs(async (job: ReaderJob): Promise<ReaderAnswer> => {
  try {
    // Loaded at the first document, not at start: a process that only waits costs little.
    tools ??= loadDetector().then(detector => ({ detector }));
    if (job.kind === 'read') return { kind: 'read', outcome: await readDocument(job.request, await tools) };
    // A DOM and an article finder, which most installations never need: `fullText` and articles only.
    const { readArticlePage } = await import('../pipeline/read-article-page.ts');
    return { kind: 'article', article: readArticlePage(job.page, await tools) };
  } catch (error) {
    // A document that finds a mistake of ours must not take its neighbours down: it fails alone, and says so.
    return { kind: 'failed', message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
});
