import { z } from 'zod';
import { parseDuration, parseSize } from './units.ts';

/**
 * `config/newsfold.yaml`: every key has a default, unknown keys are errors. Durations and sizes are written as people do
 * and become milliseconds and bytes here, so that nobody else reads them twice.
 */

const duration = (fallback: string, min: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const ms = parseDuration(text);
      if (ms !== null && ms >= (parseDuration(min) ?? 0)) return ms;
      context.addIssue({
        code: 'custom',
        message: `"${text}" is not a duration of at least ${min}; write for example ${fallback}`,
      });
      return z.NEVER;
    });

const size = (fallback: string) =>
  z
    .union([z.string(), z.number()])
    .default(fallback)
    .transform((value, context) => {
      const bytes = parseSize(String(value));
      if (bytes !== null && bytes > 0) return bytes;
      context.addIssue({ code: 'custom', message: `"${value}" is not a size; write for example ${fallback}` });
      return z.NEVER;
    });

const whole = (fallback: number, min: number, max: number) => z.number().int().min(min).max(max).default(fallback);

const storeUrl = z
  .string()
  .regex(
    /^(sqlite:.+|postgres(ql)?:\/\/.+)$/,
    'write "sqlite:./data/newsfold.db" or "postgres://user:password@host/database"',
  )
  .default('sqlite:./data/newsfold.db');

const cacheUrl = z
  .string()
  .regex(/^(memory:.*|rediss?(\+(cluster|sentinel))?:\/\/.+)$/, 'write "memory:" or "redis://host:6379/0"')
  .default('memory:');

export const roles = ['web', 'collect', 'dedup'] as const;
export type Role = (typeof roles)[number];

export const settingsSchema = z.strictObject({
  server: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: whole(8080, 0, 65535),
      publicUrl: z
        .url({ protocol: /^https?$/, error: 'write the address readers use, for example "https://news.example.org"' })
        .default('http://localhost:8080')
        .transform(url => url.replace(/\/+$/, '')),
      trustProxy: z.union([z.boolean(), z.number().int().min(1).max(10)]).default(false),
      hub: z
        .union(
          [z.literal('none'), z.literal('built-in'), z.url({ protocol: /^https?$/ })],
          'write none, built-in, or the address of a hub',
        )
        .default('none'),
      language: z.enum(['auto', 'en', 'it']).default('auto'),
    })
    .prefault({}),
  store: z.strictObject({ url: storeUrl }).prefault({}),
  cache: z.strictObject({ url: cacheUrl }).prefault({}),
  collect: z
    .strictObject({
      concurrency: whole(32, 1, 1000),
      perHost: whole(2, 1, 32),
      timeout: duration('30s', '1s'),
      bodyMax: size('10MiB'),
      userAgent: z.string().min(1).default('newsfold/1 (+{publicUrl})'),
      subscribers: whole(0, 0, 1_000_000_000),
      schedule: z.string().default('adaptive'),
      intervalMin: duration('15m', '10s'),
      intervalMax: duration('24h', '1m'),
      allow: z.array(z.string()).default([]),
      retryAfterScope: z.enum(['host', 'domain']).default('host'),
      websub: z.boolean().default(false),
    })
    .prefault({}),
  dedup: z
    .strictObject({
      window: duration('7d', '1h'),
      encoder: z.enum(['static', 'onnx', 'http']).default('static'),
      encoderUrl: z.string().optional(),
      encoderModel: z.string().optional(),
      encoderKey: z.string().optional(),
    })
    .prefault({}),
  retention: z.strictObject({ items: duration('90d', '1d'), itemsPerSource: whole(5000, 10, 10_000_000) }).prefault({}),
  metrics: z.strictObject({ perSource: z.boolean().default(false) }).prefault({}),
  roles: z
    .array(z.enum(roles))
    .min(1)
    .default([...roles]),
  samples: z.boolean().default(false),
});

export type Settings = z.output<typeof settingsSchema>;
