/** One invented publisher of the sample newsroom. All names of papers, persons in private life and firms are made up. */
export type SamplePost = {
  /** Stays the same through every start: it makes guid and link. */
  readonly slug: string;
  /** Age at start; dates are relative to now so that a first run looks alive. */
  readonly hoursAgo: number;
  readonly title: string;
  /** Paragraphs. */
  readonly text: readonly string[];
  readonly categories?: readonly string[];
  readonly author?: string;
  /** Stories that tell the same thing share a key: the test of the samples reads it, the service never sees it. */
  readonly story?: string;
};

export type SampleSite = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly format: 'rss' | 'atom' | 'json' | 'rdf' | 'latest-list' | 'press-table' | 'broken';
  readonly tags: readonly string[];
  readonly posts: readonly SamplePost[];
};
