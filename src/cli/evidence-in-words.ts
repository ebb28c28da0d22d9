import type { Evidence } from '../model.ts';

/** Evidence for a person at a terminal, in one line of English: `same place: Gaza; 25 minutes apart; probability 0.98`. */
export function evidenceInWords(evidence: readonly Evidence[]): string {
  return evidence.map(inWords).join('; ');
}

function inWords(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'same-url':
      return `the same page: ${evidence.url}`;
    case 'alternate':
      return `linked by the publisher as the version in ${evidence.language}`;
    case 'same-link':
      return `both link to ${evidence.url}`;
    case 'same-image':
      return 'the same lead image';
    case 'same-text':
      return `${Math.round(evidence.overlap * 100)} % of the text is the same`;
    case 'same-title':
      return 'the same title';
    case 'agency':
      return `both credit ${evidence.name}`;
    case 'names':
      return `names in both: ${evidence.values.join(', ')}`;
    case 'places':
      return `places in both: ${evidence.values.join(', ')}`;
    case 'numbers':
      return `numbers in both: ${evidence.values.join(', ')}`;
    case 'words':
      return `words: ${evidence.pairs.map(([a, b]) => (a === b ? a : `${a} = ${b}`)).join(', ')}`;
    case 'meaning':
      return `alike in meaning: ${evidence.similarity.toFixed(2)} (${evidence.encoder})`;
    case 'time':
      return `${duration(evidence.minutesApart)} apart`;
    case 'probability':
      return `probability ${evidence.value.toFixed(evidence.value > 0.99 || evidence.value < 0.01 ? 4 : 2)}`;
    case 'against':
      return `against it: ${evidence.reason}${evidence.values.length > 0 ? ` (${evidence.values.join(', ')})` : ''}`;
    case 'correction':
      return `${evidence.by} said so`;
    default:
      return evidence satisfies never;
  }
}

function duration(minutes: number): string {
  if (minutes < 120) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} hours`;
  return `${Math.round(minutes / 1440)} days`;
}
