import { z } from 'zod';
import { subjects } from '../core/topics/subject-names.ts';
import type { Topic } from '../model.ts';

/** `config/topics.yaml`. The topic `all` always exists and cannot be defined. */

export const languageTag = z
  .string()
  .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'a language is written as a BCP 47 tag, for example it or pt-BR')
  .transform(tag => tag.replace(/^[A-Z]+/, primary => primary.toLowerCase()));

const words = z
  .array(z.union([z.string().min(1).max(300), z.number().transform(String)]))
  .max(500)
  .default([]);

export const topicSchema = z.strictObject({
  id: z
    .string()
    .max(100)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is kebab-case: lower-case letters, digits and single hyphens')
    .refine(id => id !== 'all', 'the topic "all" always exists; choose another id'),
  title: z.string().min(1).max(300),
  description: z.string().max(2000).optional(),
  any: words,
  all: words,
  none: words,
  about: z.string().min(3).max(2000).optional(),
  threshold: z.enum(['strict', 'normal', 'wide']).default('normal'),
  subject: z.enum(subjects).optional(),
  sources: z.array(z.string().min(1)).max(1000).default([]),
  languages: z.array(languageTag).max(100).default([]),
  prefer: z
    .strictObject({ languages: z.array(languageTag).default([]), sources: z.array(z.string()).default([]) })
    .prefault({}),
  perSourceMax: z.number().int().min(1).max(200).default(10),
  private: z.boolean().default(false),
  formerIds: z.array(z.string()).max(100).default([]),
});

export const topicsSchema = z.strictObject({ topics: z.array(topicSchema).default([]) });

export function toTopic(parsed: z.output<typeof topicSchema>): Topic {
  return parsed as Topic;
}
