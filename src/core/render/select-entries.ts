import type { Millis, SourceId, StoryId } from '../../model.ts';

/** What paging needs to know of a story: `sourceId` is its shown version's. */
export type Candidate = { readonly storyId: StoryId; readonly publishedAt: Millis; readonly sourceId: SourceId };

/** A place in the order by first publication, newest first. */
type Position = { readonly publishedAt: Millis; readonly storyId: StoryId };

/**
 * Where the next page begins: after `position`. A source that had more than its share on this page begins earlier,
 * before its first story that was passed over, so that none is lost.
 */
export type Cursor = { readonly position: Position; readonly deferred: ReadonlyMap<SourceId, Position> };

export type Page<C extends Candidate> = { readonly selected: readonly C[]; readonly next: string | null };

/** More sources than this that flood one page: the rest of theirs is left to the topic's page. */
const deferredMax = 20;

/**
 * One page of a topic feed: by first publication, newest first, at most `perSourceMax` of one source. What a source has
 * beyond that comes on the next pages.
 * @param candidates stories not newer than `newestWanted(before)`, in any order, without a gap.
 * @param options `more`: the store has older ones than these.
 * @returns the page and the `before=` of the next one.
 */
export function selectEntries<C extends Candidate>(
  candidates: readonly C[],
  options: { limit: number; perSourceMax: number; before: Cursor | null; more: boolean },
): Page<C> {
  const { limit, perSourceMax, before, more } = options;
  const sorted = candidates.toSorted(byPosition);
  const pending = before === null ? sorted : sorted.filter(candidate => isPending(candidate, before));
  const selected: C[] = [];
  const countBySource = new Map<SourceId, number>();
  const deferred = new Map<SourceId, Position>();
  let last: Candidate | undefined;
  let index = 0;
  for (; index < pending.length && selected.length < limit; index += 1) {
    const candidate = pending[index] as C;
    const count = countBySource.get(candidate.sourceId) ?? 0;
    if (count < perSourceMax) {
      selected.push(candidate);
      countBySource.set(candidate.sourceId, count + 1);
    } else if (!deferred.has(candidate.sourceId)) {
      deferred.set(candidate.sourceId, last ?? candidate);
    }
    last = candidate;
  }
  const reached = last ?? sorted.at(-1);
  const isEnd = index >= pending.length && !more && deferred.size === 0;
  if (isEnd || reached === undefined) return { selected, next: null };
  return { selected, next: formatCursor(nextCursor(reached, deferred, before)) };
}

/** The store is asked for stories not newer than this; `null`: from the newest. */
export function newestWanted(before: Cursor | null): Millis | null {
  if (before === null) return null;
  let newest = before.position.publishedAt;
  for (const position of before.deferred.values()) newest = Math.max(newest, position.publishedAt);
  return newest;
}

function nextCursor(reached: Candidate, deferred: Map<SourceId, Position>, before: Cursor | null): Cursor {
  if (before === null || byPosition(reached, before.position) >= 0) return { position: reached, deferred };
  // The page ended among the deferred ones, newer than `before`: what is left of them stays deferred.
  for (const sourceId of before.deferred.keys()) {
    if (!deferred.has(sourceId)) deferred.set(sourceId, reached);
  }
  return { position: before.position, deferred };
}

function isPending(candidate: Candidate, before: Cursor): boolean {
  if (byPosition(candidate, before.position) > 0) return true;
  const deferred = before.deferred.get(candidate.sourceId);
  return deferred !== undefined && byPosition(candidate, deferred) > 0;
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
