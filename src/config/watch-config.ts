import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hash128 } from '../core/text/hash.ts';
import type { Environment } from './environment.ts';
import {
  type Config,
  type ConfigTexts,
  configFiles,
  formatProblems,
  parseConfig,
  readConfigTexts,
} from './load-config.ts';

/** The configuration in force: the last good one, and what is wrong with the files now, if anything. */
export type LiveConfig = {
  current(): Config;
  /** `null` while files and running configuration agree. */
  problem(): string | null;
  onChange(listener: (config: Config, previous: Config) => void): void;
  /** Looks at once; an edit by page or API calls it, with the configuration that it has just read and written. */
  refresh(written?: Config): Promise<void>;
  stop(): void;
};

const lookEveryMs = 1000;

/**
 * Looks at the files once a second (three `stat` calls): file-change events are missing on network and container volumes,
 * and editors replace files in too many ways.
 */
export function watchConfig(first: Config, environment: Environment): LiveConfig {
  let config = first;
  let problem: string | null = null;
  let seenStamp = '';
  let seenTexts = '';
  let stopped = false;
  const listeners: ((config: Config, previous: Config) => void)[] = [];

  const refresh = async (written?: Config): Promise<void> => {
    const stamp = await stampOf(config.dir);
    if (stamp === seenStamp) return;
    const texts = await readConfigTexts(config.dir);
    seenStamp = stamp;
    const key = keyOf(texts);
    if (key === seenTexts) return;
    seenTexts = key;
    // What runs already needs no second reading: thousands of sources take a second.
    const says = (known: Config) => configFiles.every(name => hash128(texts[name]) === known.revisions[name]);
    if (says(config) && problem === null) return;
    const loaded =
      written && says(written)
        ? ({ ok: true, config: written } as const)
        : parseConfig(config.dir, texts, environment, config.read);
    if (!loaded.ok) {
      problem = formatProblems(loaded.problems);
      return;
    }
    problem = null;
    const previous = config;
    config = loaded.config;
    if (keyOf(previous.revisions) === keyOf(config.revisions)) return;
    for (const listener of listeners) listener(config, previous);
  };

  const timer = setInterval(() => {
    refresh().catch(error => {
      problem = `the configuration cannot be read: ${(error as Error).message}`;
    });
  }, lookEveryMs);
  timer.unref();

  return {
    current: () => config,
    problem: () => problem,
    onChange: listener => listeners.push(listener),
    refresh: async written => {
      seenStamp = '';
      if (!stopped) await refresh(written);
    },
    stop: () => {
      stopped = true;
      clearInterval(timer);
    },
  };
}

function keyOf(texts: ConfigTexts): string {
  return hash128(JSON.stringify([texts.newsfold, texts.sources, texts.topics]));
}

async function stampOf(dir: string): Promise<string> {
  const stamps = await Promise.all(
    configFiles.map(name =>
      stat(join(dir, `${name}.yaml`)).then(
        ({ mtimeMs, size, ino }) => `${mtimeMs}:${size}:${ino}`,
        () => '-',
      ),
    ),
  );
  return stamps.join('|');
}
