import { z } from 'zod';
import { sourceSchema } from '../../config/sources.ts';
import { topicSchema } from '../../config/topics.ts';

/** Shapes of the API, in one place: they check what comes in, and `openapi.json` is made of them. */
export const id = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .meta({ description: 'kebab-case' });
export const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const time = z.string().meta({ format: 'date-time' });
const count = z.number().int().nonnegative();

export const limit = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);
export const cursor = z.string().max(300).optional().meta({ description: '`next` of the page before' });

export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'cursor of the next page' }),
    total: count.optional(),
  });

const warning = z.object({ code: z.string(), message: z.string(), item: z.number().optional() });

const foundFeed = z.object({ url: z.string(), title: z.string().nullable(), type: z.string().nullable() });

export const health = z.enum(['new', 'ok', 'failing', 'gone', 'paused', 'layout-changed', 'silent']);

export const sourceState = z.object({
  health,
  problem: z.string().nullable().meta({ description: 'in words, with what to do' }),
  title: z.string().nullable(),
  url: z.string().meta({ description: 'the address polled now' }),
  language: z.string().nullable(),
  format: z.string().nullable(),
  items: count,
  failures: count,
  lastFetchAt: time.nullable(),
  lastSuccessAt: time.nullable(),
  lastNewItemAt: time.nullable(),
  nextAt: time.nullable(),
  nextReason: z.string(),
  feedsOnPage: z
    .array(foundFeed)
    .meta({ description: 'feeds of the site, to take instead, when the address has become a page' }),
});

/** As written in the file, secrets as dots, with what the service knows of it; `state` and `sample` are ignored in what is sent. */
export const sourceAnswer = z.looseObject({ id: z.string(), url: z.string(), sample: z.boolean(), state: sourceState });
const ignored = { state: z.unknown().optional(), sample: z.unknown().optional() };
export const sourceBody = sourceSchema.extend(ignored);
export const newSourceBody = sourceBody.extend({ id: sourceSchema.shape.id.optional() });
export const topicBody = topicSchema.extend({ stories: z.unknown().optional(), changedAt: z.unknown().optional() });
export const topicAnswer = z.looseObject({ id: z.string(), title: z.string(), stories: count });
export const mergePatch = z
  .record(z.string(), z.unknown())
  .meta({ description: 'a JSON merge patch (RFC 7396): null takes a key away' });

export const fetchRecord = z.object({
  at: time,
  durationMs: z.number(),
  outcome: z.enum(['modified', 'same-body', 'not-modified', 'gone', 'failed', 'unreadable']),
  status: z.number().nullable(),
  bytes: count,
  itemsTotal: count,
  itemsNew: count,
  itemsEdited: count,
  message: z.string().nullable(),
  warnings: z.array(warning),
});

export const sourceTest = z.object({
  ok: z.boolean(),
  problem: z.string().nullable(),
  steps: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), ms: z.number().nullable() })),
  finalUrl: z.string().nullable(),
  format: z.string().nullable(),
  title: z.string().nullable(),
  language: z.string().nullable(),
  total: count,
  items: z.array(
    z.object({
      title: z.string(),
      url: z.string().nullable(),
      language: z.string().nullable(),
      publishedAt: time.nullable(),
      text: z.string(),
    }),
  ),
  warnings: z.array(warning),
  feedsOnPage: z.array(foundFeed),
  nextAt: time.nullable(),
});

export const scrapeGuess = z.object({
  name: z.string(),
  score: z.number(),
  reasons: z.array(z.string()),
  rules: z.record(z.string(), z.unknown()),
  total: z.number().int(),
  items: z.array(
    z.object({
      title: z.string().nullable(),
      url: z.string().nullable(),
      summary: z.string().nullable(),
      publishedAt: z.string().nullable(),
    }),
  ),
});
export const rulesProposal = scrapeGuess.extend({ patch: z.object({ scrape: z.record(z.string(), z.unknown()) }) });

export const importReport = z.object({
  added: count,
  known: count,
  refused: count,
  lines: z.array(
    z.object({
      url: z.string(),
      id: z.string().nullable(),
      result: z.enum(['added', 'known', 'refused']),
      reason: z.string().nullable(),
    }),
  ),
});

export const version = z.object({
  itemId: z.string(),
  source: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  language: z.string().nullable(),
  text: z.string(),
  publishedAt: time,
  joinedAt: time,
  score: z.number(),
  with: z.string().nullable(),
  evidence: z.array(z.looseObject({ kind: z.string() })),
  why: z.array(z.string()).meta({ description: 'the evidence in words' }),
});

export const story = z.object({
  id: z.string(),
  publishedAt: time,
  updatedAt: time,
  languages: z.array(z.string()),
  versions: z.array(version),
});

export const storyDetail = story.extend({
  topics: z.array(
    z.object({
      topicId: z.string(),
      strength: z.number(),
      addedAt: time,
      evidence: z.array(z.looseObject({ kind: z.string() })),
    }),
  ),
});

export const correction = z.object({
  action: z.string(),
  kind: z.enum(['together', 'apart']),
  by: z.string(),
  at: time,
  undoneAt: time.nullable(),
  pairs: z.array(z.tuple([z.string(), z.string()])),
});

export const topicPreview = z.object({
  searched: count,
  matched: z.array(
    z.object({
      storyId: z.string(),
      title: z.string(),
      language: z.string().nullable(),
      publishedAt: time,
      evidence: z.array(z.looseObject({ kind: z.string() })),
      why: z.array(z.string()).meta({ description: 'the evidence in words' }),
    }),
  ),
});

export const token = z.object({
  id: z.string(),
  kind: z.enum(['api', 'feed']),
  scope: z.enum(['read', 'write', 'admin']),
  topicId: z.string().nullable(),
  label: z.string(),
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable(),
  revokedAt: time.nullable(),
});
export const newToken = token.extend({ secret: z.string().meta({ description: 'shown this once' }) });

export const auditEntry = z.object({
  id: count,
  at: time,
  by: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

export const revision = z.object({ name: z.string(), at: time, hash: z.string() });
export const configText = z.object({ file: z.string(), text: z.string() });

export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  errors: z.array(z.object({ at: z.string(), message: z.string() })).optional(),
});

export const status = z.looseObject({
  version: z.string(),
  startedAt: time,
  roles: z.array(z.string()),
  configProblem: z.string().nullable(),
  sources: z.record(z.string(), count).meta({ description: 'how many sources in each state' }),
  alerts: z.array(z.object({ kind: z.string(), subject: z.string(), message: z.string() })),
  work: z
    .array(z.object({ kind: z.string(), startedAt: time, done: count, total: count }))
    .meta({ description: 'what the service is doing for somebody right now, in whichever of its processes' }),
  rematch: z.looseObject({}).nullable(),
  store: z.looseObject({}),
});
