import { redact } from '../../core/text/redact.ts';
import type { Millis, Source, StoryWithVersions, Version } from '../../model.ts';
import { memoryOf } from '../../pipeline/after-fetch.ts';
import { concealEntry } from '../../pipeline/conceal-secrets.ts';
import { writtenSource } from '../../pipeline/edit-sources.ts';
import type { SourceTest } from '../../pipeline/operations.ts';
import type { AccessToken, FetchRecord, SourceState } from '../../pipeline/ports.ts';
import type { Entry } from '../desk-edits.ts';
import type { WebContext } from '../web-context.ts';

/** What is known inside, as the API tells it: times as ISO 8601, secrets hidden. */
export function isoTime(at: Millis): string {
  return new Date(Math.min(Math.max(at, -8.64e15), 8.64e15)).toISOString();
}

export function isoOrNull(at: Millis | null | undefined): string | null {
  return at === null || at === undefined || !Number.isFinite(at) || at > 8.64e15 ? null : isoTime(at);
}

/** `entry` as it stands in the file; a sample stands in none and is shown as it is collected. */
export function presentSource(
  source: Source,
  entry: Entry | null,
  state: SourceState | undefined,
): Record<string, unknown> {
  return {
    ...concealEntry(entry ?? writtenSource(source)),
    sample: entry === null,
    state: { ...presentState(source, state), ...(isReference(entry) ? { url: entry?.url } : {}) },
  };
}

/** The expanded address may hold what the environment was asked to keep secret, wherever it stands in it. */
function isReference(entry: Entry | null): boolean {
  return String(entry?.url ?? '').includes('${');
}

export function presentState(source: Source, state: SourceState | undefined): Record<string, unknown> {
  const health = source.paused ? 'paused' : (state?.health ?? 'new');
  return {
    health,
    problem: state?.problem ? redact(state.problem) : null,
    title: state?.title ?? null,
    url: redact(state?.url ?? source.url),
    language: source.language ?? state?.language ?? null,
    format: state?.format ?? null,
    items: state?.itemCount ?? 0,
    failures: state?.failures ?? 0,
    lastFetchAt: isoOrNull(state?.lastFetchAt),
    lastSuccessAt: isoOrNull(state?.lastSuccessAt),
    lastNewItemAt: isoOrNull(state?.lastNewItemAt),
    nextAt: health === 'paused' || health === 'gone' ? null : isoOrNull(state?.nextAt),
    nextReason: state?.nextReason ?? 'new',
    feedsOnPage: state ? memoryOf(state).feedsOnPage.map(feed => ({ ...feed, url: redact(feed.url) })) : [],
  };
}

export function presentRecord(record: FetchRecord): Record<string, unknown> {
  const { at, sourceId: _, message, warnings, ...rest } = record;
  return {
    at: isoTime(at),
    ...rest,
    message: message === null ? null : redact(message),
    warnings: warnings.map(warning => ({ ...warning, message: redact(warning.message) })),
  };
}

export function presentTest(test: SourceTest): Record<string, unknown> {
  return {
    ...test,
    problem: test.problem === null ? null : redact(test.problem),
    steps: test.steps.map(step => ({ ...step, detail: redact(step.detail) })),
    finalUrl: test.finalUrl === null ? null : redact(test.finalUrl),
    warnings: test.warnings.slice(0, 100).map(warning => ({ ...warning, message: redact(warning.message) })),
    items: test.items.slice(0, 50).map(item => ({
      title: item.title,
      url: item.url,
      language: item.language,
      publishedAt: isoOrNull(item.publishedAt),
      text: item.text.slice(0, 500),
    })),
    nextAt: isoOrNull(test.nextAt),
  };
}

export function presentStory(story: StoryWithVersions, context: WebContext, language: 'en' | 'it' = 'en') {
  const version = ({ item, score, with: partner, evidence, joinedAt }: Version) => ({
    itemId: item.id,
    source: item.sourceId,
    title: item.title,
    url: item.url,
    language: item.language,
    text: item.text.slice(0, 600),
    publishedAt: isoTime(item.orderAt),
    joinedAt: isoTime(joinedAt),
    score,
    with: partner,
    evidence,
    why: context.describeEvidence(evidence, language),
  });
  return {
    id: story.id,
    publishedAt: isoTime(story.publishedAt),
    updatedAt: isoTime(story.updatedAt),
    languages: story.languages,
    versions: story.versions.map(version),
  };
}

export function presentToken(token: AccessToken): Record<string, unknown> {
  const { hash: _, createdAt, expiresAt, lastUsedAt, revokedAt, ...rest } = token;
  return {
    ...rest,
    createdAt: isoTime(createdAt),
    expiresAt: isoOrNull(expiresAt),
    lastUsedAt: isoOrNull(lastUsedAt),
    revokedAt: isoOrNull(revokedAt),
  };
}
