/** The inside of a reading thread: one document at a time, whatever happens to it is an answer. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { ReadTools } from '../pipeline/read-document.ts';
import type { ThreadAnswer, ThreadJob } from './thread-job.ts';

// Threads come and go with the work: what the first one compiled, the next ones find. The folder is main.ts's.
enableCompileCache(`${import.meta.dirname}/../../node_modules/.cache/newsfold`);
const { readDocument } = await import('../pipeline/read-document.ts');
const { loadDetector } = await import('./load-detector.ts');

const port = parentPort;
if (port) {
  let tools: Promise<ReadTools> | null = null;
  port.on('message', (job: ThreadJob) => {
    // Loaded at the first document, not at start: a thread that only waits costs little.
    tools ??= loadDetector().then(detector => {
      setTimeout(flushCompileCache, 1000).unref();
      return { detector };
    });
    void tools.then(loaded => answer(job, loaded)).then(given => port.postMessage(given));
  });
  port.postMessage({ kind: 'ready' } satisfies ThreadAnswer);
}

async function answer(job: ThreadJob, tools: ReadTools): Promise<ThreadAnswer> {
  try {
    if (job.kind === 'read') return { kind: 'read', outcome: readDocument(job.request, tools) };
    // A DOM and an article finder, which most installations never need: `fullText` and articles only.
    const { readArticlePage } = await import('../pipeline/read-article-page.ts');
    return { kind: 'article', article: readArticlePage(job.page, tools) };
  } catch (error) {
    // A document that finds a mistake of ours must not take its neighbours down: it fails alone, and says so.
    return { kind: 'failed', message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
