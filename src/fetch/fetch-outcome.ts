import type { FetchOutcome, FetchTimings, ServerHints, Validators } from '../model.ts';
import { decodeBody } from './decode-body.ts';
import type { AnswerHeaders, ExchangeAnswer } from './exchange.ts';
import { type Failure, statusText } from './fetch-failure.ts';
import type { Chase, FetchContext, Job } from './fetch-job.ts';
import { readLinkHeader } from './link-header.ts';
import { readServerHints } from './response-hints.ts';

type Ending = { readonly chase: Chase; readonly job: Job; readonly answer: ExchangeAnswer };

/** What became of a fetch, told from the last answer of its chain. */
export function conclude(context: FetchContext, { chase, job, answer }: Ending): FetchOutcome {
  const { status, headers } = answer;
  const timings = timingsOf(chase);
  const hints = readServerHints(headers, context.now());
  if (hints.retryAfterMs !== undefined && (status === 429 || status === 503))
    context.hosts.silence(chase.url, hints.retryAfterMs);
  if (status === 304) {
    if (!hasValidators(job.validators))
      return failed(
        { class: 'protocol', status, message: `${chase.url.host} says "not modified" without having been asked` },
        timings,
        hints,
      );
    const validators = renewed(job.validators, headers);
    return { kind: 'not-modified', status, validators, permanentUrl: permanentUrlOf(chase), hints, timings };
  }
  if (status === 410) return { kind: 'gone', status, timings };
  if (status === 206)
    return failed({ class: 'truncated', status, message: `${chase.url.host} sent only a part` }, timings, hints);
  if (status < 200 || status > 299 || status === 204 || status === 205) {
    return failed(
      { class: 'status', status, message: `${chase.url.host} answered ${statusText(status)}` },
      timings,
      hints,
    );
  }
  const bytesMax = job.bodyBytesMax ?? context.bodyBytesMax;
  const wire = answer.chunks.length === 1 ? (answer.chunks[0] as Buffer) : Buffer.concat(answer.chunks);
  const decoded = decodeBody(wire, headers['content-encoding'], bytesMax);
  if (!decoded.ok) return failed({ class: decoded.problem, status, message: decoded.message }, timings, hints);
  return {
    kind: 'modified',
    status,
    body: decoded.body,
    contentType: headers['content-type'] ?? null,
    validators: { etag: validator(headers.etag), lastModified: validator(headers['last-modified']) },
    finalUrl: chase.url.href,
    permanentUrl: permanentUrlOf(chase),
    hints,
    links: readLinkHeader(headers.link, chase.url.href),
    timings,
    wireBytes: answer.wireBytes,
  };
}

function hasValidators(validators: Validators | null): validators is Validators {
  return validators !== null && (validators.etag !== null || validators.lastModified !== null);
}

/**
 * A 304 may renew either validator; what it leaves out stays as it was. But one that names another ETag than we sent speaks
 * of a document that we never saw: to keep either would lose its items for ever, so the next fetch asks without.
 */
function renewed(sent: Validators, headers: AnswerHeaders): Validators {
  const etag = validator(headers.etag);
  const lastModified = validator(headers['last-modified']) ?? sent.lastModified;
  if (etag !== null && sent.etag !== null && opaquePart(etag) !== opaquePart(sent.etag))
    return { etag: null, lastModified: null };
  return { etag: etag ?? sent.etag, lastModified };
}

/** Weak comparison (RFC 9110 §8.8.3.2), and without the suffix that compressing servers add and forget. */
function opaquePart(etag: string): string {
  return etag.replace(/^W\//, '').replace(/[-;:]+(?:gzip|br|zstd|deflate)(?="?$)/, '');
}

/** A validator as it came; one that no honest server sends (4 kB) is not worth carrying about. */
function validator(text: string | undefined): string | null {
  return text === undefined || text === '' || text.length > 4_096 ? null : text;
}

/** Never a move into a private network, even where an exception lets fetches through. */
function permanentUrlOf(chase: Chase): string | null {
  return chase.redirects > 0 && chase.permanent && chase.publicAddress ? chase.url.href : null;
}

export function failed(failure: Failure, timings: FetchTimings, hints: ServerHints): FetchOutcome {
  return { kind: 'failed', class: failure.class, status: failure.status, message: failure.message, hints, timings };
}

export function timingsOf(chase: Chase | null): FetchTimings {
  if (chase === null) return { totalMs: 0 };
  const totalMs = performance.now() - chase.startedAt;
  return chase.firstByteMs === undefined ? { totalMs } : { firstByteMs: chase.firstByteMs, totalMs };
}
