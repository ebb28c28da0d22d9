import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { hash128 } from '../core/text/hash.ts';
import { AppError } from '../errors.ts';
import type { Source, Topic } from '../model.ts';
import { checkReferences } from './check-references.ts';
import { type Entry, type ListName, type ReadEntries, readEntries, splitEntries } from './entry-texts.ts';
import { applyEnvironment, type Environment, sectionKeys } from './environment.ts';
import { type ConfigProblem, readYaml, readYamlLazily, toProblems, type YamlFile } from './read-yaml.ts';
import { type Settings, settingsSchema } from './settings.ts';
import { soundSources } from './sound-sources.ts';
import { scrapeSchema, sourceSchema, sourcesSchema, toSource } from './sources.ts';
import { topicSchema, topicsSchema, toTopic } from './topics.ts';

export type Config = {
  readonly dir: string;
  readonly settings: Settings;
  readonly sources: readonly Source[];
  readonly topics: readonly Topic[];
  /** Sources whose address was written with a `${SECRET}`: it must not be published. */
  readonly secretAddresses: ReadonlySet<string>;
  /** Hash of each file's text: what an edit must name to be accepted. */
  readonly revisions: Readonly<Record<ConfigFileName, string>>;
  /** What each entry of a list said, by its text: the next reading parses only what changed. Empty when a file is written another way. */
  readonly read: KnownEntries;
};

export type KnownEntries = Readonly<Record<ListName, ReadEntries>>;

export const configFiles = ['newsfold', 'sources', 'topics'] as const;
export type ConfigFileName = (typeof configFiles)[number];
export type ConfigTexts = Readonly<Record<ConfigFileName, string>>;

export type ConfigLoad =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Reads the three files; a missing one is an empty one. */
export async function readConfigTexts(dir: string): Promise<ConfigTexts> {
  const [newsfold, sources, topics] = await Promise.all(
    configFiles.map(name => readOrEmpty(join(dir, `${name}.yaml`))),
  );
  return { newsfold: newsfold ?? '', sources: sources ?? '', topics: topics ?? '' };
}

async function readOrEmpty(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new AppError('config-invalid', `${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** Loads and checks the whole configuration; all mistakes are reported together. */
export async function loadConfig(dir: string, environment: Environment): Promise<ConfigLoad> {
  return parseConfig(dir, await readConfigTexts(dir), environment);
}

/**
 * The same over texts, so that an edit can be judged before it is written.
 * @param known what entries said before, by their text: they are not parsed again
 */
export function parseConfig(
  dir: string,
  texts: ConfigTexts,
  environment: Environment,
  known: KnownEntries | null = null,
): ConfigLoad {
  const problems: ConfigProblem[] = [];
  const newsfold = readYaml('newsfold.yaml', texts.newsfold);
  const overridden = applyEnvironment(asMap(newsfold, problems), environment, path => readFileSync(path, 'utf8'));
  problems.push(...overridden.problems);
  const settings = check(newsfold, settingsSchema, overridden.settings, problems, settingsKeys);

  const sourcesFile = readList('sources', texts.sources, known, problems);
  const sourcesMap = expandSecrets(sourcesFile.value, environment, sourcesFile.file.name, problems);
  const sources =
    (sourcesFile.read.size > 0 ? soundSources(sourcesMap.sources as readonly Entry[]) : null) ??
    check(sourcesFile.file, sourcesSchema, sourcesMap, problems, sourcesKeys)?.sources.map(toSource);

  const topicsFile = readList('topics', texts.topics, known, problems);
  const topics = check(topicsFile.file, topicsSchema, topicsFile.value, problems, topicsKeys)?.topics.map(toTopic);

  if (settings && sources && topics) {
    const files = { newsfold, sourcesFile: sourcesFile.file, topicsFile: topicsFile.file };
    problems.push(...checkReferences({ settings, sources, topics, ...files }));
    if (problems.length === 0)
      return {
        ok: true,
        config: {
          dir,
          settings,
          sources,
          topics,
          secretAddresses: secretAddressesOf(sourcesFile.value),
          revisions: revisionsOf(texts),
          read: { sources: sourcesFile.read, topics: topicsFile.read },
        },
      };
  }
  return { ok: false, problems };
}

/** One line per problem, as an editor can jump to it. */
export function formatProblems(problems: readonly ConfigProblem[]): string {
  return problems
    .map(
      ({ file, line, path, message }) => `${file}${line > 0 ? `:${line}` : ''}: ${path ? `${path}: ` : ''}${message}`,
    )
    .join('\n');
}

function secretAddressesOf(written: Record<string, unknown>): ReadonlySet<string> {
  const entries = (Array.isArray(written.sources) ? written.sources : []) as readonly { id?: unknown; url?: unknown }[];
  return new Set(entries.filter(entry => String(entry?.url).includes('${')).map(entry => String(entry.id)));
}

function revisionsOf(texts: ConfigTexts): Record<ConfigFileName, string> {
  return { newsfold: hash128(texts.newsfold), sources: hash128(texts.sources), topics: hash128(texts.topics) };
}

type ListFile = { readonly file: YamlFile; readonly value: Record<string, unknown>; readonly read: ReadEntries };

/** A list is read entry by entry where it is written so, and as a whole where it is not or has mistakes. */
function readList(list: ListName, text: string, known: KnownEntries | null, problems: ConfigProblem[]): ListFile {
  const name = `${list}.yaml`;
  const texts = splitEntries(text, list);
  const read = texts && texts.entries.length > 0 ? readEntries(texts, list, known?.[list] ?? new Map()) : null;
  if (texts && read) {
    const entries = texts.entries.map((each): Entry => read.get(each.text) ?? {});
    return { file: readYamlLazily(name, text), value: { [list]: entries }, read };
  }
  const file = readYaml(name, text);
  return { file, value: asMap(file, problems), read: new Map() };
}

/** An empty file is an empty map; anything else that is no map is a mistake. */
function asMap(file: YamlFile, problems: ConfigProblem[]): Record<string, unknown> {
  problems.push(...file.problems);
  if (file.problems.length > 0) return {};
  let value: unknown;
  try {
    value = file.document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    problems.push({ file: file.name, line: 1, path: '', message: `refused: ${(error as Error).message}` });
    return {};
  }
  if (value === null || value === undefined) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  problems.push({
    file: file.name,
    line: 1,
    path: '',
    message: 'the file must hold a map of keys, for example "sources:"',
  });
  return {};
}

function check<S extends z.ZodType>(
  file: YamlFile,
  schema: S,
  value: unknown,
  problems: ConfigProblem[],
  knownKeys: (path: readonly PropertyKey[]) => readonly string[],
): z.output<S> | null {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  problems.push(...toProblems(file, result.error, knownKeys));
  return null;
}

function settingsKeys(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return Object.keys(settingsSchema.shape);
  return sectionKeys(settingsSchema.shape[path[0] as keyof typeof settingsSchema.shape]) ?? [];
}

function sourcesKeys(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return ['sources'];
  if (path.includes('scrape')) return Object.keys(scrapeSchema.shape);
  if (path.includes('http')) return ['headers', 'auth', 'proxy', 'userAgent', 'insecureTls'];
  return Object.keys(sourceSchema.shape);
}

function topicsKeys(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return ['topics'];
  return path.includes('prefer') ? ['languages', 'sources'] : Object.keys(topicSchema.shape);
}

/**
 * `${NAME}` in any text under a source becomes the variable's value; a missing one is a mistake, not an empty secret. What names none
 * stays the very same object, by which `sound-sources.ts` knows it again.
 */
function expandSecrets(
  map: Record<string, unknown>,
  environment: Environment,
  file: string,
  problems: ConfigProblem[],
): Record<string, unknown> {
  const expand = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') {
      if (!value.includes('${')) return value;
      return value.replace(/\$\{([A-Z_][A-Z0-9_]*)\}/g, (_, name: string) => {
        const secret = environment[name];
        if (secret === undefined)
          problems.push({ file, line: 0, path, message: `the environment has no variable ${name}` });
        return secret ?? '';
      });
    }
    if (Array.isArray(value)) {
      const expanded = value.map((inner, i) => expand(inner, `${path}[${i}]`));
      return expanded.every((inner, i) => inner === value[i]) ? value : expanded;
    }
    if (value && typeof value === 'object') {
      const expanded = Object.entries(value).map(
        ([key, inner]) => [key, expand(inner, path ? `${path}.${key}` : key)] as const,
      );
      const isSame = expanded.every(([key, inner]) => inner === (value as Record<string, unknown>)[key]);
      return isSame ? value : Object.fromEntries(expanded);
    }
    return value;
  };
  return expand(map, '') as Record<string, unknown>;
}
