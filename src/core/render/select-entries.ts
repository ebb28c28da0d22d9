import type { Millis, SourceId, StoryId } from '../../model.ts';

/** What paging needs to know of a story: `sourceId` is its shown version's. */
export type Candidate = { readonly storyId: StoryId; readonly publishedAt: Millis; readonly sourceId: SourceId };

/** A place in the order by first publication, newest first. */
type Position = { readonly publishedAt: Millis; readonly storyId: StoryId };

/**
 * Where the next page begins: after `position`. A source that had more than its share on this page begins earlier, at
 * its first story that was passed over, so that none is lost.
 */
export type Cursor = { readonly position: Position; readonly deferred: ReadonlyMap<SourceId, Position> };

export type Page<C extends Candidate> = { readonly selected: readonly C[]; readonly next: string | null };

/** More sources than this that flood one page: the rest of theirs is left to the topic's page. */
const deferredMax = 20;

/**
 * One page of a topic feed: by first publication, newest first, at most `perSourceMax` of one source. What a source has
 * beyond that comes on the next pages.
 * @param candidates in any order: all stories from `loadBefore(before)` down to `before`, and at least `limit` older
 * ones when there are so many.
 * @param options `more`: the store has older ones than these.
 * @returns the page and the `before=` of the next one.
 */
export function selectEntries<C extends Candidate>(
  candidates: readonly C[],
  options: { limit: number; perSourceMax: number; before: Cursor | null; more: boolean },
): Page<C> {
  const { limit, perSourceMax, before, more } = options;
  const pending = candidates.filter(candidate => before === null || isPending(candidate, before));
  pending.sort(byPosition);
  const selected: C[] = [];
  const countBySource = new Map<SourceId, number>();
  const deferred = new Map<SourceId, Position>();
  let last: Candidate | null = null;
  let index = 0;
  for (; index < pending.length && selected.length < limit; index += 1) {
    const candidate = pending[index] as C;
    const count = countBySource.get(candidate.sourceId) ?? 0;
    if (count < perSourceMax) {
      selected.push(candidate);
      countBySource.set(candidate.sourceId, count + 1);
    } else if (!deferred.has(candidate.sourceId)) {
      deferred.set(candidate.sourceId, candidate);
    }
    last = candidate;
  }
  const isEnd = index >= pending.length && !more && deferred.size === 0;
  if (isEnd || last === null || selected.length === 0) return { selected, next: null };
  return { selected, next: formatCursor(nextCursor(last, deferred, { before, rest: pending.slice(index) })) };
}

/** Where the store's page begins for a cursor: the newest story that may still be shown is right after it. */
export function loadBefore(cursor: Cursor | null): { readonly publishedAt: Millis; readonly id: StoryId } | null {
  if (cursor === null) return null;
  if (cursor.deferred.size === 0) return { publishedAt: cursor.position.publishedAt, id: cursor.position.storyId };
  let newest = cursor.position.publishedAt;
  for (const position of cursor.deferred.values()) newest = Math.max(newest, position.publishedAt);
  return { publishedAt: newest + 1, id: '' };
}

function nextCursor(
  last: Candidate,
  deferred: Map<SourceId, Position>,
  options: { before: Cursor | null; rest: readonly Candidate[] },
): Cursor {
  const { before, rest } = options;
  if (before === null || byPosition(last, before.position) >= 0) return { position: last, deferred };
  // The page filled up among the deferred ones, newer than `before`: what is left of them stays deferred.
  for (const candidate of rest) {
    if (byPosition(candidate, before.position) > 0) break;
    if (!deferred.has(candidate.sourceId)) deferred.set(candidate.sourceId, candidate);
  }
  return { position: before.position, deferred };
}

function isPending(candidate: Candidate, before: Cursor): boolean {
  if (byPosition(candidate, before.position) > 0) return true;
  const deferred = before.deferred.get(candidate.sourceId);
  return deferred !== undefined && byPosition(candidate, deferred) >= 0;
}

/** Newest first; equal times by id, greatest first, as the store orders them. */
function byPosition(a: Position, b: Position): number {
  return b.publishedAt - a.publishedAt || (a.storyId > b.storyId ? -1 : a.storyId < b.storyId ? 1 : 0);
}

/** `1790000000000~<story>` and, per deferred source, `!<source>~1790000000000~<story>`: all fit for a query. */
function formatCursor(cursor: Cursor): string {
  let text = `${cursor.position.publishedAt}~${cursor.position.storyId}`;
  for (const [sourceId, position] of [...cursor.deferred].slice(0, deferredMax)) {
    text += `!${sourceId}~${position.publishedAt}~${position.storyId}`;
  }
  return text;
}

/**
 * @param text the value of `before=`: ours, milliseconds, or an ISO 8601 time.
 * @returns `null` when it is none of these: then it is ignored.
 */
export function parseCursor(text: string | null | undefined): Cursor | null {
  if (text === null || text === undefined || text.length > 4000) return null;
  const [head = '', ...rest] = text.split('!');
  const position = parsePosition(head.split('~')) ?? parseTime(head);
  if (position === null) return null;
  const deferred = new Map<SourceId, Position>();
  for (const part of rest.slice(0, deferredMax)) {
    const [sourceId = '', ...fields] = part.split('~');
    const deferredPosition = parsePosition(fields);
    if (sourceId !== '' && deferredPosition !== null) deferred.set(sourceId, deferredPosition);
  }
  return { position, deferred };
}

function parsePosition(fields: readonly string[]): Position | null {
  const [time = '', storyId] = fields;
  if (storyId === undefined || fields.length !== 2 || !/^\d{1,15}$/.test(time)) return null;
  return { publishedAt: Number(time), storyId };
}

/** A bare time means: older than it; the empty id keeps its equals out. */
function parseTime(text: string): Position | null {
  const isMillis = /^\d{1,15}$/.test(text);
  const time = isMillis
    ? Number(text)
    : /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  return Number.isFinite(time) ? { publishedAt: time, storyId: '' } : null;
}
