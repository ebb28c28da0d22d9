/**
 * English word forms to one stem each: concepts are keyed by it. Porter's steps (M. F. Porter, An algorithm for suffix stripping, 1980)
 * in a shortened form, with the irregular verbs and plurals of the news before it.
 */
const irregularForms =
  'won win wins;lost lose loses;killed kill;died die dying dead death deaths;said say says;met meet meets;led lead leads;left leave;sold sell;bought buy;fell fall fallen;rose rise risen;held hold;kept keep;told tell;found find;paid pay;sent send;shot shoot shooting shootings;struck strike strikes stricken;stole steal stolen;took take taken;gave give given;got get gotten;went go gone goes;came come;saw see seen;knew know known;grew grow grown growth;threw throw thrown;flew fly flown flies flight flights;drew draw drawn;broke break broken;spoke speak spoken speech speeches;chose choose chosen choice;froze freeze frozen;wrote write written;drove drive driven;rode ride ridden;began begin begun;sang sing sung;swam swim;drank drink drunk;ran run running;hid hide hidden;bit bite bitten;ate eat eaten;beat beaten;became become;brought bring;thought think;fought fight;caught catch;taught teach;sought seek;built build;lent lend;spent spend;lied lie lying;laid lay;read reads;heard hear;stood stand;understood understand;withdrew withdraw withdrawn withdrawal;wore wear worn;tore tear torn;swore swear sworn;shook shake shaken;sank sink sunk;slept sleep;shut shuts;hung hang;dug dig;felt feel;dealt deal;meant mean;bled bleed;fed feed;sped speed;burnt burn;men man;women woman;children child;people person persons;feet foot;teeth tooth;mice mouse;wives wife;lives life live lived living;knives knife;leaves leaf;thieves thief;wolves wolf;halves half;selves self;crises crisis;analyses analysis;bases basis;media medium;data datum;policeman police policemen policewoman;better good best;worse bad worst;elder old oldest;further far;first one;second two;third three';

const stopWords =
  'the a an of in to for and or on at by with from is are be was were been being this that these those it its as his her hers he she they them their theirs we us our you your i me my not no nor have has had having but will would shall should can could may might must who whom which what when where why how all more most into out up over about some any also very just so if than then there here do does did done doing because while such only own same too very s t don isn wasn doesn didn won aren couldn wouldn let ll ve re am im ive dont';

function buildIrregular(): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const row of irregularForms.split(';')) {
    const forms = row.split(' ');
    const base = forms[1] as string;
    for (const form of forms) out.set(form, base);
  }
  return out;
}

const irregular = buildIrregular();
const stops: ReadonlySet<string> = new Set(stopWords.split(' '));

/** Words so common that they say nothing about a story. */
export function isEnglishStop(folded: string): boolean {
  return stops.has(folded);
}

/** @param folded lower case, no diacritics. @returns the stem that names the concept. */
export function stemEnglish(folded: string): string {
  const base = irregular.get(folded) ?? folded;
  if (base.length < 4 || !/^[a-z]+$/.test(base)) return base;
  const inflection = dropInflection(base);
  const word = irregular.get(inflection) ?? inflection;
  const known = irregular.get(`${word}e`);
  return dropDerivation(known ?? word);
}

function dropInflection(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(?:ch|sh|x|ss|zz)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('s') && !/(?:ss|us|is)$/.test(word)) return dropInflection(word.slice(0, -1));
  if (word.endsWith('eed')) return word;
  if (word.endsWith('ied')) return `${word.slice(0, -3)}y`;
  const verbal = /^(.*[aeiouy].*)(?:ed|ing|ings)$/.exec(word);
  if (verbal !== null && (verbal[1] as string).length >= 3) {
    const stem = verbal[1] as string;
    return /([bdgmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem;
  }
  return word;
}

const derivations: readonly (readonly [string, number])[] = [
  ['ational', 4],
  ['ization', 4],
  ['isation', 4],
  ['fulness', 4],
  ['ousness', 4],
  ['iveness', 4],
  ['ations', 4],
  ['ation', 4],
  ['ement', 4],
  ['ments', 4],
  ['ment', 4],
  ['ional', 4],
  ['ality', 4],
  ['ivity', 4],
  ['ance', 4],
  ['ence', 4],
  ['ness', 4],
  ['able', 4],
  ['ible', 4],
  ['tion', 3],
  ['sion', 3],
  ['ical', 4],
  ['ist', 4],
  ['ism', 4],
  ['ity', 4],
  ['ive', 4],
  ['ize', 4],
  ['ise', 4],
  ['ous', 4],
  ['ful', 4],
  ['ian', 5],
  ['ant', 5],
  ['ent', 5],
  ['ate', 4],
  ['er', 4],
  ['or', 4],
  ['al', 4],
  ['ic', 4],
  ['ly', 4],
  ['y', 4],
  ['e', 4],
];

function dropDerivation(word: string): string {
  for (const [suffix, rest] of derivations) {
    if (!word.endsWith(suffix) || word.length - suffix.length < rest) continue;
    const stem = word.slice(0, -suffix.length);
    // election and elect, decision and decide: the t or s belongs to the stem.
    if (suffix === 'tion' || suffix === 'sion') return `${stem}${suffix.charAt(0)}`;
    return stem;
  }
  return word;
}
