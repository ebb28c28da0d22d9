import type { Command } from 'commander';
import { type App, createApp } from '../app.ts';
import { watchConfig } from '../config/watch-config.ts';
import { createLog } from '../log.ts';
import type { Source } from '../model.ts';
import type { FetchRecord } from '../pipeline/ports.ts';
import { openConfig } from './open-config.ts';
import type { Shell } from './shell.ts';
import { version } from './version.ts';

/** The whole service, built but not started, for a command that needs its store or its operations. */
export async function openApp(
  command: Command,
  shell: Shell,
  options: {
    readonly logTo: 'stdout' | 'stderr' | 'nowhere';
    readonly onCollected?: (source: Source, record: FetchRecord) => void;
  },
): Promise<App> {
  const config = await openConfig(command, shell);
  const level = options.logTo === 'nowhere' ? 'silent' : (shell.environment.NEWSFOLD_LOG_LEVEL ?? 'info');
  return createApp({
    config: watchConfig(config, shell.environment),
    environment: shell.environment,
    log: createLog(options.logTo === 'stdout' ? shell.stdout : shell.stderr, level),
    version,
    ...(options.onCollected ? { onCollected: options.onCollected } : {}),
  });
}

/** Runs `work` with an app that is closed whatever happens. */
export async function withApp<T>(command: Command, shell: Shell, work: (app: App) => Promise<T>): Promise<T> {
  const app = await openApp(command, shell, { logTo: 'nowhere' });
  try {
    return await work(app);
  } finally {
    await app.stop();
  }
}
