import type { TopicEvidence, TopicMatch } from '../../model.ts';

/** @returns the reasons in words, strongest first: `Haftar: name, as "حفتر" in the title`. */
export function explainMatch(match: Pick<TopicMatch, 'evidence'>): readonly string[] {
  return match.evidence.map(explainEvidence);
}

const kinds: Readonly<Record<TopicEvidence['kind'], string>> = {
  word: 'the word',
  name: 'the name',
  place: 'the place or its people',
  concept: 'a word that means it',
  about: 'what it is about',
  subject: 'its subject',
  'all-items': 'everything from',
};

const wheres: Readonly<Record<TopicEvidence['where'], string>> = {
  title: 'in the title',
  text: 'in the text',
  categories: 'in the categories',
};

function explainEvidence({ kind, wanted, found, where, strength }: TopicEvidence): string {
  if (kind === 'all-items') return `${kinds[kind]} ${wanted}`;
  const percent = `${Math.round(strength * 100)} %`;
  if (kind === 'about') return `${kinds[kind]} (${percent})${found === '' ? '' : `: “${found}”`}`;
  return `${wanted}: ${kinds[kind]} “${found}” ${wheres[where]} (${percent})`;
}
