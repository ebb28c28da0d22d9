import { loadLexicon } from '../app/load-lexicon.ts';
import { parseDuration } from '../config/units.ts';
import { createDedupEngine, type DedupEngine } from '../core/dedup/engine.ts';
import type { Lexicon } from '../core/lexicon/lexicon.ts';
import { canonicalUrl } from '../core/normalize/canonical-url.ts';
import { chooseLanguage, type LanguageDetector } from '../core/normalize/language.ts';
import { normalizeLanguageTag } from '../core/normalize/language-tag.ts';
import { AppError } from '../errors.ts';
import type { LabelledItem } from '../eval/labelled-item.ts';
import type { LanguageTag, Millis } from '../model.ts';
import { loadDetector } from '../reader/load-detector.ts';

/** The service's own engine and normalization, for commands that work without a store. */
export type DedupParts = {
  createEngine(windowMs: Millis): DedupEngine;
  /** As given when it is a language tag, else detected. */
  languageOf(item: LabelledItem): LanguageTag | null;
  canonicalUrl(url: string): string | null;
};

/** What a command loads before it starts; tests pass smaller ones. */
export type DedupLoaders = {
  readonly loadLexicon: () => Promise<Lexicon>;
  readonly loadDetector: () => Promise<LanguageDetector>;
};

export const defaultLoaders: DedupLoaders = { loadLexicon, loadDetector };

const textCharsMax = 600;

export async function loadDedupParts(loaders: DedupLoaders = defaultLoaders): Promise<DedupParts> {
  const [lexicon, detector] = await Promise.all([loaders.loadLexicon(), loaders.loadDetector()]);
  return {
    createEngine: windowMs => createDedupEngine({ lexicon, windowMs }),
    languageOf: ({ language, title, text }) =>
      normalizeLanguageTag(language) ??
      chooseLanguage(`${title.slice(0, textCharsMax)} ${text.slice(0, textCharsMax)}`, [], detector),
    canonicalUrl: url => canonicalUrl(url),
  };
}

/** `dedup.window` of the settings when nothing else is said. */
export const defaultWindow = '7d';

/** @throws AppError `usage` when it is no duration. */
export function windowMsOf(window: string = defaultWindow): Millis {
  const windowMs = parseDuration(window);
  if (windowMs === null || windowMs <= 0)
    throw new AppError('usage', `--window ${window} is not a duration: write 7d or 36h`);
  return windowMs;
}
