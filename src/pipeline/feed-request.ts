import type { LanguageTag, SourceId } from '../model.ts';

export type FeedFormat = 'rss' | 'atom' | 'json';
export type FoldMode = 'story' | 'exact' | 'none';

/** What a reader asks of a topic feed, after its query was read. Equal requests are equal as JSON: it is the cache's key. */
export type FeedRequest = {
  readonly format: FeedFormat;
  readonly languages: readonly LanguageTag[];
  readonly limit: number;
  readonly full: boolean;
  readonly dedup: FoldMode;
  readonly sources: readonly SourceId[];
  readonly q: string | null;
  readonly before: string | null;
  /** `2026-10-31`: all of that day (UTC), an archived document of RFC 5005 §4. */
  readonly archive: string | null;
};

export const limitDefault = 50;
export const limitMax = 200;
const languagesMax = 10;
const sourcesMax = 50;

/** Unknown parameters and unreadable values are ignored: a feed address must never break because of its query. */
export function parseFeedRequest(format: FeedFormat, query: URLSearchParams): FeedRequest {
  const limit = Number(query.get('limit'));
  const dedup = query.get('dedup');
  return {
    format,
    languages: list(query.get('lang'), languagesMax).filter(tag => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag)),
    limit: Number.isInteger(limit) && limit >= 1 ? Math.min(limit, limitMax) : limitDefault,
    full: query.get('full') !== '0',
    dedup: dedup === 'exact' || dedup === 'none' ? dedup : 'story',
    sources: list(query.get('source'), sourcesMax).filter(id => /^[a-z0-9-]{1,100}$/.test(id)),
    q: query.get('q')?.trim().slice(0, 200) || null,
    before: query.get('before')?.slice(0, 4000) || null,
    archive: day(query.get('archive')),
  };
}

/** The query that leads to a request, defaults left out and in one order, so that equal requests have one address. */
export function formatFeedQuery(request: FeedRequest, token: string | null = null): string {
  const query = new URLSearchParams();
  if (request.languages.length > 0) query.set('lang', request.languages.join(','));
  if (request.limit !== limitDefault) query.set('limit', String(request.limit));
  if (!request.full) query.set('full', '0');
  if (request.dedup !== 'story') query.set('dedup', request.dedup);
  if (request.sources.length > 0) query.set('source', request.sources.join(','));
  if (request.q !== null) query.set('q', request.q);
  if (request.archive !== null) query.set('archive', request.archive);
  if (request.before !== null) query.set('before', request.before);
  if (token !== null) query.set('token', token);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function day(text: string | null): string | null {
  const time = /^\d{4}-\d\d-\d\d$/.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN;
  return Number.isFinite(time) && time >= 0 ? new Date(time).toISOString().slice(0, 10) : null;
}

function list(text: string | null, max: number): string[] {
  return (text ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
    .slice(0, max);
}
