import type { Evidence } from '../../model.ts';

export type EvidenceLanguage = 'en' | 'it';

const words = {
  en: {
    sameUrl: 'the same address',
    alternate: 'the publisher links it as the {language} version',
    sameLink: 'both point to the same page: {url}',
    sameImage: 'the same picture',
    sameText: 'the same text ({percent} in common)',
    sameTitle: 'the same headline',
    agency: 'both credit {name}',
    names: 'same names: {values}',
    places: 'same place: {values}',
    numbers: 'same numbers: {values}',
    wordPairs: 'same words: {values}',
    meaning: 'meaning {similarity}',
    minutes: '{n} minutes apart',
    hours: '{n} hours apart',
    days: '{n} days apart',
    sameMoment: 'at the same time',
    probability: 'probability {percent}',
    against: 'against it: {reason}',
    correction: 'corrected by {by}',
  },
  it: {
    sameUrl: 'lo stesso indirizzo',
    alternate: 'l’editore la indica come versione {language}',
    sameLink: 'entrambe rimandano alla stessa pagina: {url}',
    sameImage: 'la stessa immagine',
    sameText: 'lo stesso testo ({percent} in comune)',
    sameTitle: 'lo stesso titolo',
    agency: 'entrambe citano {name}',
    names: 'stessi nomi: {values}',
    places: 'stesso luogo: {values}',
    numbers: 'stessi numeri: {values}',
    wordPairs: 'stesse parole: {values}',
    meaning: 'significato {similarity}',
    minutes: 'a {n} minuti di distanza',
    hours: 'a {n} ore di distanza',
    days: 'a {n} giorni di distanza',
    sameMoment: 'nello stesso momento',
    probability: 'probabilità {percent}',
    against: 'a sfavore: {reason}',
    correction: 'corretto da {by}',
  },
} as const;

const valuesShown = 6;

/** Each piece of evidence as a short phrase in the reader's language, in the order it was found. */
export function describeEvidence(evidence: readonly Evidence[], language: EvidenceLanguage): string[] {
  const say = (key: keyof (typeof words)['en'], values: Readonly<Record<string, string | number>> = {}): string =>
    words[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  const percent = (value: number) => `${Math.round(value * 100)} %`;
  const list = (values: readonly string[]) => ({ values: values.slice(0, valuesShown).join(', ') });
  return evidence.map(piece => {
    switch (piece.kind) {
      case 'same-url':
        return say('sameUrl');
      case 'alternate':
        return say('alternate', { language: piece.language });
      case 'same-link':
        return say('sameLink', { url: piece.url });
      case 'same-image':
        return say('sameImage');
      case 'same-text':
        return say('sameText', { percent: percent(piece.overlap) });
      case 'same-title':
        return say('sameTitle');
      case 'agency':
        return say('agency', { name: piece.name });
      case 'names':
        return say('names', list(piece.values));
      case 'places':
        return say('places', list(piece.values));
      case 'numbers':
        return say('numbers', list(piece.values));
      case 'words':
        return say('wordPairs', list(piece.pairs.map(([a, b]) => (a === b ? a : `${a} = ${b}`))));
      case 'meaning':
        return say('meaning', { similarity: decimals(piece.similarity, language) });
      case 'time':
        return apart(piece.minutesApart, say);
      case 'probability':
        return say('probability', { percent: percent(piece.value) });
      case 'against':
        return say('against', { reason: [piece.reason, ...piece.values].join(' ') });
      case 'correction':
        return say('correction', { by: piece.by });
      default:
        return piece satisfies never;
    }
  });
}

/** Two decimals as the reader's language writes them; numbers that a text names stay as the text has them. */
function decimals(value: number, language: EvidenceLanguage): string {
  return value.toLocaleString(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function apart(
  minutes: number,
  say: (key: 'minutes' | 'hours' | 'days' | 'sameMoment', values?: Readonly<Record<string, number>>) => string,
): string {
  const distance = Math.abs(Math.round(minutes));
  if (distance === 0) return say('sameMoment');
  if (distance < 120) return say('minutes', { n: distance });
  return distance < 48 * 60
    ? say('hours', { n: Math.round(distance / 60) })
    : say('days', { n: Math.round(distance / 1440) });
}
