import type { Source } from '../model.ts';
import type { Entry } from './entry-texts.ts';
import { sourceSchema, toSource } from './sources.ts';

/** An entry that was found sound says the same whenever it is asked: an edit of one of thousands checks one. */
const sound = new WeakMap<Entry, Source>();

/** What the entries say, where all of them are sound; `null` sends them the long way, which names every mistake. */
export function soundSources(entries: readonly Entry[]): readonly Source[] | null {
  const sources: Source[] = [];
  for (const entry of entries) {
    const source = sound.get(entry) ?? check(entry);
    if (source === null) return null;
    sources.push(source);
  }
  return sources;
}

function check(entry: Entry): Source | null {
  const result = sourceSchema.safeParse(entry);
  if (!result.success) return null;
  const source = toSource(result.data);
  sound.set(entry, source);
  return source;
}
