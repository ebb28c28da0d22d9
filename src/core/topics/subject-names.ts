/** The top level of the IPTC Media Topics (cv.iptc.org/newscodes/mediatopic), by short English names. */
export const subjects = [
  'arts',
  'conflict',
  'crime',
  'disaster',
  'economy',
  'education',
  'environment',
  'health',
  'human-interest',
  'labour',
  'lifestyle',
  'politics',
  'religion',
  'science',
  'society',
  'sport',
  'weather',
] as const;

export type Subject = (typeof subjects)[number];

/** Code of each in the vocabulary: `medtop:01000000`. */
export const subjectCodes: Readonly<Record<Subject, string>> = {
  arts: '01000000',
  crime: '02000000',
  disaster: '03000000',
  economy: '04000000',
  education: '05000000',
  environment: '06000000',
  health: '07000000',
  'human-interest': '08000000',
  labour: '09000000',
  lifestyle: '10000000',
  politics: '11000000',
  religion: '12000000',
  science: '13000000',
  society: '14000000',
  sport: '15000000',
  conflict: '16000000',
  weather: '17000000',
};

const alsoCalled: Readonly<Record<string, Subject>> = {
  culture: 'arts',
  entertainment: 'arts',
  media: 'arts',
  war: 'conflict',
  justice: 'crime',
  law: 'crime',
  accident: 'disaster',
  business: 'economy',
  finance: 'economy',
  human: 'human-interest',
  people: 'human-interest',
  labor: 'labour',
  work: 'labour',
  leisure: 'lifestyle',
  travel: 'lifestyle',
  belief: 'religion',
  technology: 'science',
  sports: 'sport',
};

/** @returns the subject of that name, code (`medtop:15000000`) or common other name; `null` when there is none. */
export function findSubject(name: string): Subject | null {
  const plain = name.trim().toLowerCase();
  const code = /^(?:medtop:)?(\d{8})$/.exec(plain)?.[1];
  if (code !== undefined) return subjects.find(subject => subjectCodes[subject] === code) ?? null;
  // "economy, business and finance" is called by its first word.
  const [first = ''] = plain.split(/[ ,]/);
  return subjects.find(subject => subject === plain || subject === first) ?? alsoCalled[first] ?? null;
}
