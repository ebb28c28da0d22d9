import type { WallTime } from './wall-time.ts';

export type ProseDate = {
  readonly at: number;
  /** `day`: the text names a day and no time. */
  readonly precision: 'minute' | 'day';
  /** How much of the text is the date, 0–1: a whole short text, or a few words in a sentence. */
  readonly share: number;
};

export type ProseDateOptions = {
  readonly now: number;
  readonly language?: string | null;
  /** IANA name that times without a zone are local to; UTC without it. */
  readonly timezone?: string;
  /** What 03/04/2023 means; without it the language decides. */
  readonly order?: 'day-first' | 'month-first';
};

/** A date within a text, not yet a moment. */
export type FoundDate = {
  readonly wall: WallTime | null;
  readonly noYear?: boolean;
  readonly start: number;
  readonly end: number;
};
