import type { TopicEvidence } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { ReadTerm } from '../lexicon/read-concepts.ts';
import type { ReadVersion, Token } from './read-version.ts';

/** A word of a term, found. `strength` is how sure it is, before it is asked where it stands. */
export type Hit = {
  readonly kind: TopicEvidence['kind'];
  readonly isPeople?: true;
  readonly strength: number;
  readonly token: Token;
  readonly found: string;
};

/** Where a finder puts what it found, by the component's number. */
export type Add = (component: number, hit: Hit) => void;

/** A word of the version with what the lexicon reads in it. */
export type At = {
  readonly token: Token;
  readonly version: ReadVersion;
  readonly read: readonly ReadTerm[];
  readonly lexicon: Lexicon;
  /** The version's language has names of places of its own. */
  readonly hasNames: boolean;
};
