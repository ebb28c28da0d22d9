import type { Item, SourceId, TopicEvidence, TopicMatch } from '../../model.ts';
import { aboutBars, addAlike, compareMeaning, type Meaning, versionMeaning } from './about.ts';
import { classifySubject, type SubjectFinding, subjectBars } from './classify-subject.ts';
import { type CompiledTopic, type CompiledTopics, primarySubtag } from './compile-topics.ts';
import { findTerms } from './find-terms.ts';
import { type ReadVersion, readVersion } from './read-version.ts';
import type { Subject } from './subject-names.ts';

/** A version of a story and the source it is from. */
export type VersionOfSource = {
  readonly item: Item;
  readonly source: { readonly id: SourceId; readonly tags: readonly string[] };
};

/**
 * How strong evidence of each kind must be to count, calibrated on half of the topic set: a word may stand deep in the
 * text, a mere concept must stand near its head or come again. Meaning and subject have the topic's threshold instead.
 */
export const bars: Readonly<Record<TopicEvidence['kind'], number>> = {
  word: 0.5,
  place: 0.5,
  name: 0.55,
  concept: 0.6,
  about: 0,
  subject: 0,
  'all-items': 0,
};

/** More evidence than this tells nobody anything. */
const evidenceMax = 6;

/**
 * The topics of a story: those that any of its versions belongs to. One version must meet `any` (or `about`), `all` and
 * `subject`; `none` in any version rules the story out; `sources` says whose versions are asked, `languages` which
 * stories are considered at all. Costs by the length of the versions, not by the number of topics.
 */
export function matchStory(compiled: CompiledTopics, versions: readonly VersionOfSource[]): TopicMatch[] {
  const asked = versions.map(version => askVersion(compiled, version));
  const languages = new Set(versions.map(({ item }) => primarySubtag(item.language ?? '')));
  const candidates = new Set<number>(compiled.alwaysAsked);
  for (const { evidence, meaning } of asked) {
    for (const term of evidence.keys()) {
      for (const topic of compiled.topicsByTerm.get(term) ?? []) candidates.add(topic);
    }
    if (compiled.topicsByConcept.size > 0) addAlike(candidates, compiled.topicsByConcept, meaning());
  }
  const matches: TopicMatch[] = [];
  for (const index of [...candidates].sort((a, b) => a - b)) {
    const topic = compiled.topics[index];
    const match = topic === undefined ? null : matchTopic(topic, asked, languages);
    if (match !== null) matches.push(match);
  }
  return matches;
}

/** One version, with everything that topics may ask of it; what few ask is worked out when it is asked. */
type AskedVersion = {
  readonly source: VersionOfSource['source'];
  readonly read: ReadVersion;
  readonly evidence: ReadonlyMap<number, TopicEvidence>;
  readonly meaning: () => Meaning;
  readonly subjects: () => ReadonlyMap<Subject, SubjectFinding>;
};

function askVersion(compiled: CompiledTopics, { item, source }: VersionOfSource): AskedVersion {
  const read = readVersion(compiled.lexicon, item);
  return {
    source,
    read,
    evidence: strongEnough(findTerms(compiled.index, read, compiled.lexicon)),
    meaning: once(() => versionMeaning(compiled.subjects, read)),
    subjects: once(() => classifySubject(compiled.subjects, read)),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function matchTopic(
  compiled: CompiledTopic,
  versions: readonly AskedVersion[],
  languages: ReadonlySet<string>,
): TopicMatch | null {
  if (compiled.languages.size > 0 && ![...compiled.languages].some(language => languages.has(language))) return null;
  if (compiled.none.length > 0 && versions.some(version => hasAny(compiled.none, version))) return null;
  const evidence: TopicEvidence[] = [];
  for (const version of versions) {
    const found = isFromSources(compiled, version) ? evidenceOf(compiled, version) : null;
    if (found !== null) evidence.push(...found);
  }
  if (evidence.length === 0) return null;
  const best = strongestFirst(evidence);
  const [first] = best;
  return { topicId: compiled.topic.id, strength: first?.strength ?? 0, evidence: best.slice(0, evidenceMax) };
}

/** Each word once for each item, the strongest first. */
function strongestFirst(evidence: readonly TopicEvidence[]): readonly TopicEvidence[] {
  return evidence.toSorted((a, b) => b.strength - a.strength);
}

function isFromSources({ sourceIds, tags }: CompiledTopic, { source }: AskedVersion): boolean {
  if (sourceIds.size === 0 && tags.size === 0) return true;
  return sourceIds.has(source.id) || source.tags.some(tag => tags.has(tag));
}

function hasAny(terms: readonly number[], version: AskedVersion): boolean {
  return terms.some(term => version.evidence.has(term));
}

function strongEnough(evidence: ReadonlyMap<number, TopicEvidence>): ReadonlyMap<number, TopicEvidence> {
  const strong = new Map<number, TopicEvidence>();
  for (const [term, found] of evidence) {
    if (found.strength >= bars[found.kind]) strong.set(term, found);
  }
  return strong;
}

/** @returns why this version belongs to the topic; `null` when it does not. */
function evidenceOf(compiled: CompiledTopic, version: AskedVersion): readonly TopicEvidence[] | null {
  const { any, all, about, subject } = compiled;
  const finding = subject === null ? undefined : version.subjects().get(subject);
  if (subject !== null && (finding?.strength ?? 0) < subjectBars[compiled.topic.threshold]) return null;
  const found: TopicEvidence[] = [];
  for (const term of all) {
    const evidence = version.evidence.get(term);
    if (evidence === undefined) return null;
    found.push(evidence);
  }
  const needed = found.length;
  for (const term of any) {
    const evidence = version.evidence.get(term);
    if (evidence !== undefined) found.push(evidence);
  }
  if (found.length === needed && about !== null) {
    const meant = aboutEvidence(compiled, about, version);
    if (meant !== null) found.push(meant);
  }
  if (found.length === needed && (any.length > 0 || about !== null)) return null;
  if (subject !== null && finding !== undefined) {
    found.push({ kind: 'subject', wanted: subject, itemId: version.read.item.id, ...finding });
  }
  return found.length > 0 ? found : isFilterOnly(compiled) ? [everyItem(compiled, version)] : null;
}

/** A topic that only names sources or languages is all they have; one without anything is nothing. */
function isFilterOnly({ any, all, about, topic, languages }: CompiledTopic): boolean {
  const wantsWords = any.length > 0 || all.length > 0 || topic.any.length > 0 || topic.all.length > 0 || about !== null;
  return !wantsWords && topic.subject === undefined && (topic.sources.length > 0 || languages.size > 0);
}

function everyItem({ topic }: CompiledTopic, { read }: AskedVersion): TopicEvidence {
  const wanted = [...topic.sources, ...topic.languages].join(', ');
  return { kind: 'all-items', wanted, found: '', where: 'title', itemId: read.item.id, strength: 1 };
}

function aboutEvidence(compiled: CompiledTopic, about: Meaning, version: AskedVersion): TopicEvidence | null {
  const { similarity, shared } = compareMeaning(about, version.meaning());
  if (similarity < aboutBars[compiled.topic.threshold]) return null;
  return {
    kind: 'about',
    wanted: compiled.topic.about ?? '',
    found: shared,
    where: 'title',
    itemId: version.read.item.id,
    strength: Math.round(similarity * 1000) / 1000,
  };
}
