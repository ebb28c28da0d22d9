import type { Script } from '../text/words.ts';

/**
 * Endings of case and number that names of places take, by script, and endings of words for their people; folded as
 * `foldWord` does (й is и, ς is σ).
 */
const nameEndings: Partial<Record<Script, RegExp>> = {
  latin:
    /^(?:|s|n|a|e|i|o|u|y|ej|ie|ii|ou|om|em|ei|us|in|en|ssa|sta|an|aan|lla|lle|ksi|ssa|assa|asta|ban|ben|bol|nak|nek|ra|re|ra|t|val|vel|da|de|dan|den|ya|ye|nin|nun|assa|aban|eben|abol|anak|at|et|ia|ja|lle|iin|ul|ului|ei|jan|ssa|ssä)$/,
  cyrillic: /^(?:|а|я|и|ы|у|ю|е|і|і|ои|еи|ою|ею|ом|ем|єю|ии|ию|иеи|ию|ия|іі|ією|та|ът)$/,
  greek: /^(?:|α|ασ|σ|η|ησ|ο|ου|οσ|ον|αν|ια|ιασ|ων|εσ)$/,
  arabic: /^(?:|ا|ه|يا|ي)$/,
  hebrew: /^(?:|ה|יה)$/,
  devanagari: /^(?:|ा|े|ी)$/,
  hangul: /^(?:|은|는|이|가|을|를|의|에|에서|로|으로|와|과|도|만|에는|에서는)$/,
};

const peopleEndings: Partial<Record<Script, RegExp>> = {
  latin:
    /^(?:|s|e|es|n|a|i|o|as|os|en|er|ers|ern|ese|esi|esa|esas|eses|ise|ises|is|ois|oise|oises|ais|aise|aises|i?[ae]ns?|i?enne?s?|aine?s?|ians?|i?an[aeio]s?|in[aeio]s?|ie?n[aeio]s?|it[aeio]s?|ic[aeio]s?|iche|ici|isch(?:e[rsnm]?)?|sche?[nrs]?|aner|anern?|anisch(?:e[rsnm]?)?|esisch(?:e[rsnm]?)?|ner|nern|innen|erin|ische|aanse?|sk[aeyi]?|sks?|scy|skie|skiej|skiego|skich|skim|sk[aeio]ho|ski|skog|skom|ck[aeyi]|czyk|czycy|czyka|li|lu|liler|lar|ler|lainen|laisen|laiset|laisia|laisten|iai|i|ul|ului|ilor|eni|ene|eano?|eana|qu[ei]s?|ques?|h[ei]|man|men|woman|ia|ie|io|iu|y)$/,
  cyrillic:
    /^(?:|[аяиыуюеоі]|и?ск(?:ии|ая|ое|ие|ого|ои|им|их|ую|ому|ом|ими|а|о|и|ия|ият|ите|ата)|и?ськ(?:ии|а|е|і|ого|оі|им|их|у|ому|ими)|с?кии|ии|ая|ое|ие|ого|ои|им|их|ец|ца|цы|цу|цев|цам|цами|ци|ця|ці|иц[ыаеуоів]+|анец|ан(?:ин|ина|е|ка|цы|ців)|ин|ы|ов|ам|ами|цем)$/,
  greek: /^(?:|οσ|οι|ου|ουσ|η|ησ|εσ|ων|ο|α|ασ|ικ(?:οσ|η|ο|οι|εσ|α|ου|ησ|ων|ουσ)|οσ|οσ|ηνοσ|ινοσ|εζοσ|εζοι|εζικη|εζοσ)$/,
  arabic: /^(?:|ه|ا|ون|ين|ات|ان|يه|يون|يين|يا|ي|ه)$/,
  hebrew: /^(?:|ה|ת|ים|ות|י|ית|יים|יות|אי|אים|אית)$/,
  devanagari: /^(?:|ी|ा|े|ियों|यों|ो|ों)$/,
  hangul: /^(?:|인|계|군|어|정부|인은|인이|인의)$/,
};

/** @returns whether `ending` may follow the beginning of a place's name or of its people's. */
export function isPlaceEnding(ending: string, script: Script, kind: 'name' | 'people'): boolean {
  if (ending === '') return true;
  const endings = (kind === 'name' ? nameEndings : peopleEndings)[script];
  return endings?.test(ending) ?? false;
}

/**
 * What all cases of a name begin with: without its last vowels, never shorter than four letters (three where vowels are
 * not written).
 */
export function placeStem(word: string, script: Script): string {
  const stem =
    script === 'latin'
      ? word.replace(/(?:en|[aeou])$/, '')
      : script === 'cyrillic'
        ? word.replace(/[аеиоуыяюі]$/, '')
        : script === 'greek'
          ? word.replace(/(?:α|η|οσ|ο|εσ)$/, '')
          : script === 'arabic'
            ? word.replace(/[اه]$/, '').replace(/ي$/, '')
            : script === 'hebrew'
              ? word.replace(/ה$/, '').replace(/י$/, '')
              : word;
  const least = script === 'arabic' || script === 'hebrew' ? 3 : 4;
  return stem.length >= least ? stem : word;
}
