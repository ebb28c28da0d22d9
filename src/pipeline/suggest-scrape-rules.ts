import { AppError } from '../errors.ts';
import type { Millis, SourceHttp, SourceId } from '../model.ts';
import type { RulesProposal, ScrapeGuess } from './operations.ts';

type Scraped = {
  readonly id: SourceId;
  readonly url: string;
  readonly http: SourceHttp;
  readonly scrape?: Readonly<Record<string, unknown>>;
  readonly lastFetchAt: Millis | null;
};

const keptMax = 50;
/** Whoever opens the source's page waits for this: less than for a collection. */
const timeoutMs = 8_000;

/**
 * What a source's page offers now, as edits of the source. The page is asked once for each time the source was collected,
 * however often its guess is looked at; a guess that failed is not kept.
 */
export function createRulesSuggester(
  suggest: (url: string, options: { http: SourceHttp; timeoutMs: number }) => Promise<readonly ScrapeGuess[]>,
): (source: Scraped) => Promise<readonly RulesProposal[]> {
  const kept = new Map<SourceId, { readonly key: string; readonly guesses: Promise<readonly ScrapeGuess[]> }>();
  return async ({ id, url, http, scrape, lastFetchAt }) => {
    if (scrape === undefined) throw new AppError('invalid-input', `"${id}" is a feed: it has no selectors.`);
    const key = JSON.stringify([url, http, lastFetchAt]);
    const known = kept.get(id);
    const guesses = known?.key === key ? known.guesses : suggest(url, { http, timeoutMs });
    kept.delete(id);
    kept.set(id, { key, guesses });
    for (const oldest of kept.keys()) if (kept.size > keptMax) kept.delete(oldest);
    try {
      return (await guesses).map(guess => ({ ...guess, patch: patchFor(scrape, guess.rules) }));
    } catch (error) {
      if (kept.get(id)?.guesses === guesses) kept.delete(id);
      throw error;
    }
  };
}

/** Keys that say where something is; the others (`strip`, `article`, `pagesMax`) say what is wanted, and stay. */
const places = ['items', 'link', 'title', 'summary', 'date', 'image', 'author', 'content', 'next', 'lists'] as const;

/** The RFC 7396 patch that puts a guess in the place of a source's selectors. */
export function patchFor(
  before: Readonly<Record<string, unknown>>,
  rules: ScrapeGuess['rules'],
): RulesProposal['patch'] {
  const gone = places.filter(key => before[key] !== undefined && rules[key] === undefined);
  return { scrape: { ...Object.fromEntries(gone.map(key => [key, null])), ...rules } };
}
