import type { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import { settingsSchema } from '../config/settings.ts';
import { AppError } from '../errors.ts';
import { createHttpFetcher } from '../fetch/http-fetcher.ts';
import { configDir } from './open-config.ts';
import type { Shell } from './shell.ts';

export type FetchedDocument = {
  readonly body: Uint8Array;
  readonly contentType: string | null;
  readonly finalUrl: string;
};

/** One document through the same guard and limits as the service; a broken configuration means the defaults. */
export function fetchUrl(
  command: Command,
  shell: Shell,
): (url: string, signal: AbortSignal) => Promise<FetchedDocument> {
  return async (url, signal) => {
    const loaded = await loadConfig(configDir(command, shell), shell.environment);
    const { collect, server } = loaded.ok ? loaded.config.settings : settingsSchema.parse({});
    const fetcher = createHttpFetcher({
      allow: collect.allow,
      userAgent: collect.userAgent.replace('{publicUrl}', server.publicUrl),
      timeoutMs: collect.timeout,
      bodyBytesMax: collect.bodyMax,
      perHostMax: collect.perHost,
      now: Date.now,
    });
    try {
      const outcome = await fetcher.fetchSource(
        { url, validators: { etag: null, lastModified: null }, http: {} },
        { signal },
      );
      if (outcome.kind !== 'modified')
        throw new AppError(
          'fetch-failed',
          outcome.kind === 'failed' ? outcome.message : 'the server says that it is gone',
        );
      return { body: outcome.body, contentType: outcome.contentType, finalUrl: outcome.finalUrl };
    } finally {
      await fetcher.close();
    }
  };
}
