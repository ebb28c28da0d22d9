import type { ScrapeRules } from '../../model.ts';
import type { Element } from './parse-page.ts';

/** A list found, its rules not yet worked out in full. */
export type DetectedList = {
  readonly name: string;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly rules: ScrapeRules;
  readonly elements: readonly Element[];
};
