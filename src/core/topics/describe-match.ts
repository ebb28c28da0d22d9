import type { TopicEvidence } from '../../model.ts';

const words = {
  en: {
    word: 'the word {found}',
    name: 'the name {found}',
    place: 'the place {found}',
    people: 'the people {found}',
    concept: '{found}, which means it',
    about: 'what it is about',
    subject: 'its subject, by {found}',
    'all-items': 'everything from {wanted}',
    title: 'in the title',
    text: 'in the text',
    categories: 'in the categories',
  },
  it: {
    word: 'la parola {found}',
    name: 'il nome {found}',
    place: 'il luogo {found}',
    people: 'la popolazione {found}',
    concept: '{found}, che vuol dire lo stesso',
    about: 'ciò di cui parla',
    subject: 'l’argomento, per {found}',
    'all-items': 'tutto da {wanted}',
    title: 'nel titolo',
    text: 'nel testo',
    categories: 'nelle categorie',
  },
} as const;

/**
 * Why a story belongs to a topic, in the reader's language, in the order of the evidence:
 * `Haftar: the name “حفتر” in the title (95 %)`, `Libya: the people “libico” in the text (72 %)`.
 */
export function describeMatch(evidence: readonly TopicEvidence[], language: 'en' | 'it'): readonly string[] {
  const say = words[language];
  return evidence.map(({ kind, isPeople, wanted, found, where, strength }) => {
    const what = say[kind === 'place' && isPeople === true ? 'people' : kind]
      .replace('{found}', () => quoted(found, language))
      .replace('{wanted}', () => wanted);
    if (kind === 'all-items') return what;
    const percent = `(${Math.round(strength * 100)} %)`;
    if (kind === 'about') return `${what} ${percent}${found === '' ? '' : `: ${quoted(found, language)}`}`;
    return `${wanted}: ${what} ${say[where]} ${percent}`;
  });
}

function quoted(text: string, language: 'en' | 'it'): string {
  return language === 'it' ? `«${text}»` : `“${text}”`;
}
