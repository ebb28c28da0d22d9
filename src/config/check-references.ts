import { createRequire } from 'node:module';
import { checkSchedule } from '../core/schedule/parse-schedule.ts';
import type { Source, Topic } from '../model.ts';
import { type ConfigProblem, formatPath, lineOf, nearest, type YamlFile } from './read-yaml.ts';
import type { Settings } from './settings.ts';

/** What no single key can know: ids used twice, schedules that never fire, topics that name sources nobody has. */
export function checkReferences(input: {
  readonly settings: Settings;
  readonly sources: readonly Source[];
  readonly topics: readonly Topic[];
  readonly newsfold: YamlFile;
  readonly sourcesFile: YamlFile;
  readonly topicsFile: YamlFile;
}): ConfigProblem[] {
  const { settings, sources, topics, newsfold, sourcesFile, topicsFile } = input;
  const problems: ConfigProblem[] = [];
  const at = (file: YamlFile, path: readonly PropertyKey[], message: string) =>
    problems.push({ file: file.name, line: lineOf(file, path), path: formatPath(path), message });

  if (settings.collect.intervalMin > settings.collect.intervalMax) {
    at(newsfold, ['collect', 'intervalMin'], 'intervalMin is longer than intervalMax; make it shorter');
  }
  const generalSchedule = checkSchedule(settings.collect.schedule, undefined);
  if (generalSchedule) at(newsfold, ['collect', 'schedule'], generalSchedule);
  if (settings.dedup.encoder === 'http' && !settings.dedup.encoderUrl) {
    at(
      newsfold,
      ['dedup', 'encoder'],
      'the http encoder needs dedup.encoderUrl, for example http://localhost:11434/v1',
    );
  }

  const firstIndexes = new Map(sources.map(({ id }, i) => [id, i] as const).reverse());
  const checked = new Map<string, string | null>();
  const checkOnce = (schedule: string, timezone: string | undefined): string | null => {
    // Thousands of sources share a few rhythms.
    const key = `${schedule}\n${timezone ?? ''}`;
    const mistake = checked.get(key) ?? (checked.has(key) ? null : checkSchedule(schedule, timezone));
    checked.set(key, mistake);
    return mistake;
  };
  sources.forEach((source, i) => {
    const firstIndex = firstIndexes.get(source.id) ?? i;
    if (firstIndex < i) {
      at(
        sourcesFile,
        ['sources', i, 'id'],
        `"${source.id}" is already the id of the source at line ${lineOf(sourcesFile, ['sources', firstIndex])}; choose another`,
      );
    }
    if (source.schedule) {
      const mistake = checkOnce(source.schedule, source.timezone);
      if (mistake) at(sourcesFile, ['sources', i, 'schedule'], mistake);
    }
    for (const key of ['keep', 'drop'] as const) {
      source[key].forEach((word, j) => {
        const mistake = checkPattern(word);
        if (mistake) at(sourcesFile, ['sources', i, key, j], mistake);
      });
    }
  });

  const known = new Set([
    ...sources.map(({ id }) => id),
    ...sources.flatMap(({ tags }) => tags.map(tag => `tag:${tag}`)),
  ]);
  topics.forEach((topic, i) => {
    if (topics.findIndex(other => other.id === topic.id) < i)
      at(topicsFile, ['topics', i, 'id'], `"${topic.id}" is the id of two topics`);
    const hasRule = topic.any.length + topic.all.length > 0 || topic.about || topic.subject || topic.sources.length > 0;
    if (!hasRule)
      at(topicsFile, ['topics', i], 'the topic matches nothing: give it any, all, about, subject or sources');
    topic.sources.forEach((reference, j) => {
      // The samples come and go with one setting; a topic may name them either way.
      if (known.has(reference) || reference.startsWith('sample-') || reference === 'tag:sample') return;
      const near = nearest(reference, [...known]);
      at(topicsFile, ['topics', i, 'sources', j], `no source "${reference}"${near ? `; did you mean "${near}"?` : ''}`);
    });
  });
  return problems;
}

/** `/…/` and `/…/i` are regular expressions, everything else a word. */
function checkPattern(word: string): string | null {
  const match = /^\/(.*)\/([a-z]*)$/s.exec(word);
  if (!match) return null;
  try {
    // The engine that runs them is linear in time and knows no look-around; it is loaded when there is one to check.
    const { RE2JS } = createRequire(import.meta.url)('re2js') as typeof import('re2js');
    RE2JS.compile(match[1] ?? '');
    return null;
  } catch (error) {
    return `not a regular expression: ${(error as Error).message}`;
  }
}
