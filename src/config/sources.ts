import { z } from 'zod';
import type { ScrapeRules, Source } from '../model.ts';
import { languageTag } from './topics.ts';

/** `config/sources.yaml`. Secrets may be written `${ENV_NAME}`; they are filled in by `load-config.ts`, never stored. */

const selector = z.string().min(1).max(1000);

const scrapeKeys = {
  items: selector.optional(),
  link: selector.optional(),
  title: selector.optional(),
  summary: selector.optional(),
  date: selector.optional(),
  image: selector.optional(),
  author: selector.optional(),
  content: selector.optional(),
  next: selector.optional(),
  pagesMax: z.number().int().min(1).max(20).optional(),
  article: z.boolean().optional(),
  strip: z.partialRecord(z.enum(['title', 'summary', 'content', 'link', 'author']), z.string().max(500)).optional(),
};

export const scrapeSchema = z.strictObject({
  ...scrapeKeys,
  lists: z.array(z.strictObject(scrapeKeys)).max(10).optional(),
});

export const sourceSchema = z.strictObject({
  id: z
    .string()
    .max(100)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is kebab-case: lower-case letters, digits and single hyphens'),
  url: z.url({ protocol: /^https?$/, error: 'write a full address that begins with http:// or https://' }).max(4000),
  title: z.string().min(1).max(300).optional(),
  tags: z.array(z.string().min(1).max(100)).max(50).default([]),
  language: languageTag.optional(),
  schedule: z.string().min(1).max(200).optional(),
  timezone: z.string().optional(),
  paused: z.boolean().default(false),
  fullText: z.boolean().default(false),
  keep: z.array(z.string().min(1).max(500)).max(200).default([]),
  drop: z.array(z.string().min(1).max(500)).max(200).default([]),
  scrape: scrapeSchema.nullable().optional(),
  http: z
    .strictObject({
      headers: z
        .record(
          z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'not a header name'),
          z.string().regex(/^[^\r\n\0]*$/, 'one line'),
        )
        .optional(),
      auth: z.strictObject({ user: z.string(), password: z.string() }).optional(),
      proxy: z.url({ protocol: /^https?$/ }).optional(),
      userAgent: z
        .string()
        .min(1)
        .max(500)
        .regex(/^[^\r\n\0]*$/, 'one line')
        .optional(),
      insecureTls: z.boolean().optional(),
    })
    .prefault({}),
});

export const sourcesSchema = z.strictObject({ sources: z.array(sourceSchema).default([]) });

/** `scrape:` with nothing behind it is YAML's null and means the empty map: find the items yourself. */
export function toSource(parsed: z.output<typeof sourceSchema>): Source {
  const { scrape, ...rest } = parsed;
  const source = scrape === undefined ? rest : { ...rest, scrape: (scrape ?? {}) as ScrapeRules };
  return source as Source;
}
