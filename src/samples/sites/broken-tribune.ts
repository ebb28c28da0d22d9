import type { SampleSite } from '../sample-site.ts';

/** Answers 500: a failing source is seen from the first minute. */
export const brokenTribune: SampleSite = {
  id: 'sample-broken-tribune',
  title: 'The Broken Tribune',
  description: 'A source that fails, so that one sees how failures look',
  language: 'en',
  format: 'broken',
  tags: ['sample'],
  posts: [],
};
