import { sanitizeHtml } from '../core/normalize/sanitize-html.ts';
import { parseFeed } from '../core/parse/parse-feed.ts';
import { AppError } from '../errors.ts';
import type { ParsedFeed, ParsedItem } from '../model.ts';
import { answerJobs } from '../reader/answer-jobs.ts';
import type { ParseAnswer, ParseRequest } from './parse-process.ts';

/** The inside of `newsfold parse`: reads one document after the other; its owner ends it when one takes too long. */
answerJobs(answer);

function answer(request: ParseRequest): ParseAnswer {
  try {
    const parsed = parseFeed({ body: request.body, contentType: request.contentType, url: request.url });
    return { ok: true, json: JSON.stringify(sanitized(parsed, request.url)) };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: { code: error.code, message: error.message } };
    // A mistake of this program: it must not end a stream of thousands, and must not be hidden either.
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { ok: false, error: { code: 'not-a-feed', message: `The document could not be read (${message}).` } };
  }
}

function sanitized(parsed: ParsedFeed, url: string | null): ParsedFeed {
  const baseUrl = url !== null && /^https?:/i.test(url) && URL.canParse(url) ? url : null;
  const safe = (html: string | null): string | null => (html === null ? null : sanitizeHtml(html, { baseUrl }) || null);
  const items = parsed.items.map(
    (item): ParsedItem => ({ ...item, summaryHtml: safe(item.summaryHtml), contentHtml: safe(item.contentHtml) }),
  );
  return { ...parsed, items };
}
