import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hash128 } from '../core/text/hash.ts';
import { AppError } from '../errors.ts';
import type { Millis } from '../model.ts';
import { type EntryList, openEntryList } from './entry-list.ts';
import type { Entry, ListName, ReadEntries } from './entry-texts.ts';
import type { Environment } from './environment.ts';
import {
  type Config,
  type ConfigFileName,
  formatProblems,
  type KnownEntries,
  parseConfig,
  readConfigTexts,
} from './load-config.ts';

export type Revision = {
  readonly file: ConfigFileName;
  readonly at: Millis;
  readonly hash: string;
  readonly name: string;
};

export type ConfigEditor = {
  /**
   * Changes entries of a list. Bytes that are not changed stay as they are; the whole configuration is checked before anything is
   * written; the previous text is kept as a revision.
   * @param expected hash of the text the editor saw, or `null` to take the file as it is
   * @throws AppError config-conflict when the file changed meanwhile, config-invalid with every mistake
   */
  edit(list: ListName, expected: string | null, change: (entries: EntryList) => void | Promise<void>): Promise<Config>;
  /** Every entry of a list as it is written; while the file is broken, as it was last good. */
  entries(list: ListName): Promise<readonly Entry[]>;
  /** Replaces a whole file's text: the page's text editor, and going back to a revision. */
  replace(file: ConfigFileName, expected: string | null, text: string): Promise<Config>;
  read(file: ConfigFileName): Promise<{ readonly text: string; readonly hash: string }>;
  revisions(file: ConfigFileName): Promise<readonly Revision[]>;
  revisionText(file: ConfigFileName, name: string): Promise<string>;
};

const revisionsKept = 50;
/** An edit of entries is made again on the text that somebody saved meanwhile. */
const attemptsMax = 5;

/** All edits of a process go one after the other; edits of other processes and hands are found by the hash. */
export function createConfigEditor(options: {
  readonly dir: string;
  readonly environment: Environment;
  readonly now: () => Millis;
  /** The configuration in force, so that only what changed is parsed. */
  readonly current: () => Config | null;
}): ConfigEditor {
  const { dir, environment, now, current } = options;
  let queue: Promise<unknown> = Promise.resolve();
  const seen = new Map<ListName, { readonly text: string; readonly entries: readonly Entry[] }>();

  /** @returns `null` when a hand saved the file while the edit was being made */
  const attempt = async (file: ConfigFileName, expected: string | null, produce: Produce): Promise<Config | null> => {
    const texts = await readConfigTexts(dir);
    const before = texts[file];
    if (expected !== null && hash128(before) !== expected) throw changedMeanwhile(file);
    const { text, known } = await produce(before);
    const loaded = parseConfig(dir, { ...texts, [file]: text }, environment, known);
    if (!loaded.ok) throw new AppError('config-invalid', formatProblems(loaded.problems));
    if (text === before) return loaded.config;
    if ((await readConfigTexts(dir))[file] !== before) return null;
    await keepRevision(dir, file, before, now());
    await writeAtomically(join(dir, `${file}.yaml`), text);
    return loaded.config;
  };
  const write = (file: ConfigFileName, expected: string | null, produce: Produce): Promise<Config> => {
    const run = queue.then(async () => {
      for (let i = 0; i < attemptsMax; i++) {
        const config = await attempt(file, expected, produce);
        if (config) return config;
      }
      throw changedMeanwhile(file);
    });
    queue = run.catch(() => undefined);
    return run;
  };

  return {
    edit: (list, expected, change) =>
      write(list, expected, async text => {
        const known = current()?.read ?? { sources: new Map(), topics: new Map() };
        const entries = openEntryList(text, list, known[list]);
        await change(entries);
        return { text: entries.text(), known: { ...known, [list]: entries.known() } };
      }),
    entries: async list => {
      const text = (await readConfigTexts(dir))[list];
      const known = current()?.read[list] ?? new Map<string, Entry>();
      if (seen.get(list)?.text !== text) seen.set(list, { text, entries: readOrLastGood(text, list, known) });
      return seen.get(list)?.entries ?? [];
    },
    replace: (file, expected, text) => write(file, expected, async () => ({ text, known: current()?.read ?? null })),
    read: async file => {
      const text = (await readConfigTexts(dir))[file];
      return { text, hash: hash128(text) };
    },
    revisions: file => listRevisions(dir, file),
    revisionText: async (file, name) => {
      const known = (await listRevisions(dir, file)).find(revision => revision.name === name);
      if (!known) throw new AppError('not-found', `${file}.yaml has no revision "${name}"`);
      return readFile(join(dir, '.revisions', known.name), 'utf8');
    },
  };
}

type Produce = (text: string) => Promise<Produced>;

type Produced = { readonly text: string; readonly known: KnownEntries | null };

function changedMeanwhile(file: ConfigFileName): AppError {
  return new AppError(
    'config-conflict',
    `${file}.yaml was changed by somebody else; load it again and repeat your change`,
  );
}

function readOrLastGood(text: string, list: ListName, known: ReadEntries): readonly Entry[] {
  try {
    return openEntryList(text, list, known).entries();
  } catch (error) {
    if (error instanceof AppError && error.code === 'config-invalid') return [...known.values()];
    throw error;
  }
}

/** Old or new, never half: written beside, flushed, then renamed over. */
async function writeAtomically(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  const handle = await open(beside, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, path);
}

async function keepRevision(dir: string, file: ConfigFileName, text: string, at: Millis): Promise<void> {
  const folder = join(dir, '.revisions');
  await mkdir(folder, { recursive: true });
  await writeAtomically(join(folder, `${file}-${at}-${hash128(text)}.yaml`), text);
  const kept = await listRevisions(dir, file);
  await Promise.all(kept.slice(revisionsKept).map(({ name }) => rm(join(folder, name), { force: true })));
}

async function listRevisions(dir: string, file: ConfigFileName): Promise<readonly Revision[]> {
  const names = await readdir(join(dir, '.revisions')).catch(() => [] as string[]);
  return names
    .flatMap(name => {
      const match = /^([a-z]+)-(\d+)-([0-9a-f]{32})\.yaml$/.exec(name);
      return match?.[1] === file ? [{ file, at: Number(match[2]), hash: match[3] ?? '', name }] : [];
    })
    .sort((a, b) => b.at - a.at);
}
