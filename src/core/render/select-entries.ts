import type { Millis, SourceId, StoryId } from '../../model.ts';

/** What paging needs to know of a story, or of a part of one (`dedup=none`): `sourceId` is its shown version's. */
export type Candidate = Place & { readonly sourceId: SourceId };

/** A place in the order by first publication, newest first. `partId` is missing where a story is one entry. */
type Place = { readonly publishedAt: Millis; readonly storyId: StoryId; readonly partId?: string | undefined };

/**
 * Where the next page begins: after `position`. A source that had more than its share on this page begins earlier,
 * before its first story that was passed over, so that none is lost.
 */
export type Cursor = { readonly position: Place; readonly deferred: ReadonlyMap<SourceId, Place> };

export type Page<C extends Candidate> = { readonly selected: readonly C[]; readonly next: string | null };

/** More sources than this cannot be remembered in an address: a page that meets one more ends before it. */
const deferredMax = 20;

/**
 * One page of a topic feed: by first publication, newest first, at most `perSourceMax` of one source. What a source has
 * beyond that comes on the next pages.
 * @param candidates stories older than `newestWanted(before)`, in any order, without a gap.
 * @param options `more`: the store has older ones than these.
 * @returns the page and the `before=` of the next one.
 */
export function selectEntries<C extends Candidate>(
  candidates: readonly C[],
  options: { limit: number; perSourceMax: number; before: Cursor | null; more: boolean },
): Page<C> {
  const { limit, perSourceMax, before, more } = options;
  const sorted = candidates.toSorted(byPlace);
  const pending = before === null ? sorted : sorted.filter(candidate => isPending(candidate, before));
  const selected: C[] = [];
  const countBySource = new Map<SourceId, number>();
  const deferred = new Map<SourceId, Place>();
  let last: Candidate | undefined;
  let index = 0;
  for (; index < pending.length && selected.length < limit; index += 1) {
    const candidate = pending[index] as C;
    const count = countBySource.get(candidate.sourceId) ?? 0;
    if (count < perSourceMax) {
      selected.push(candidate);
      countBySource.set(candidate.sourceId, count + 1);
    } else if (!deferred.has(candidate.sourceId)) {
      if (deferred.size === deferredMax) break;
      deferred.set(candidate.sourceId, last ?? candidate);
    }
    last = candidate;
  }
  const reached = last ?? sorted.at(-1);
  const isEnd = index >= pending.length && !more && deferred.size === 0;
  if (isEnd || reached === undefined) return { selected, next: null };
  return { selected, next: formatCursor(nextCursor(reached, deferred, before)) };
}

/**
 * The store is asked for stories older than this, `null`: from the newest. Not by time alone: thousands of posts of a source
 * without dates have one and the same, and the page would begin at the first of them for ever.
 */
export function newestWanted(before: Cursor | null): { readonly publishedAt: Millis; readonly id: string } | null {
  if (before === null) return null;
  let newest = before.position;
  for (const place of before.deferred.values()) if (byPlace(place, newest) < 0) newest = place;
  // A story whose parts are not all shown is wanted again; nothing stands between its id and this one.
  return { publishedAt: newest.publishedAt, id: newest.partId ? `${newest.storyId}~` : newest.storyId };
}

function nextCursor(reached: Candidate, deferred: Map<SourceId, Place>, before: Cursor | null): Cursor {
  if (before === null || byPlace(reached, before.position) >= 0) return { position: reached, deferred };
  // The page ended among the deferred ones, newer than `before`: what is left of them stays deferred.
  // One that was read further than this page looked stays there: going back would show its stories again.
  for (const [sourceId, place] of before.deferred) {
    if (!deferred.has(sourceId)) deferred.set(sourceId, byPlace(place, reached) > 0 ? place : reached);
  }
  return { position: before.position, deferred };
}

function isPending(candidate: Candidate, before: Cursor): boolean {
  if (byPlace(candidate, before.position) > 0) return true;
  const deferred = before.deferred.get(candidate.sourceId);
  return deferred !== undefined && byPlace(candidate, deferred) > 0;
}

/** Newest first; equal times by id, greatest first, as the store orders them. */
function byPlace(a: Place, b: Place): number {
  return (
    b.publishedAt - a.publishedAt || descending(a.storyId, b.storyId) || descending(a.partId ?? '', b.partId ?? '')
  );
}

function descending(a: string, b: string): number {
  return a > b ? -1 : a < b ? 1 : 0;
}

/** `1790000000000~<story>` and, per deferred source, `!<source>~1790000000000~<story>`: all fit for a query. */
function formatCursor(cursor: Cursor): string {
  let text = formatPlace(cursor.position);
  for (const [sourceId, place] of cursor.deferred) text += `!${sourceId}~${formatPlace(place)}`;
  return text;
}

function formatPlace({ publishedAt, storyId, partId }: Place): string {
  return `${publishedAt}~${storyId}${partId ? `~${partId}` : ''}`;
}

/**
 * @param text the value of `before=`: ours, milliseconds, or an ISO 8601 time.
 * @returns `null` when it is none of these: then it is ignored.
 */
export function parseCursor(text: string | null | undefined): Cursor | null {
  if (text === null || text === undefined || text.length > 4000) return null;
  const [head = '', ...rest] = text.split('!');
  const position = parsePlace(head.split('~')) ?? parseTime(head);
  if (position === null) return null;
  const deferred = new Map<SourceId, Place>();
  for (const part of rest.slice(0, deferredMax)) {
    const [sourceId = '', ...fields] = part.split('~');
    const deferredPlace = parsePlace(fields);
    if (sourceId !== '' && deferredPlace !== null) deferred.set(sourceId, deferredPlace);
  }
  return { position, deferred };
}

function parsePlace(fields: readonly string[]): Place | null {
  const [time = '', storyId, partId] = fields;
  if (storyId === undefined || fields.length > 3 || !/^\d{1,15}$/.test(time)) return null;
  return { publishedAt: Number(time), storyId, partId: partId || undefined };
}

/** A bare time means: older than it; the empty id keeps its equals out. */
function parseTime(text: string): Place | null {
  const isMillis = /^\d{1,15}$/.test(text);
  const time = isMillis
    ? Number(text)
    : /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  return Number.isFinite(time) ? { publishedAt: time, storyId: '' } : null;
}
