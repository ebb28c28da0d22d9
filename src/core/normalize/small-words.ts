/**
 * The small words of a language: articles, prepositions, pronouns (single letters left out: alphabets and initials are full of them). A text of some length is full of them, and of nobody else's. They
 * confirm what a publisher says for a hundredth of what a detector costs; where they do not, the detector is asked.
 */
const smallWords: Readonly<Record<string, string>> = {
  en: 'the of and to in for is on that with as was at by it from are be this has have an will not their his her which been they were or but',
  it: 'il lo la gli le di del della dei delle degli che un una uno per con non si sono nel nella da dal dalla al alla ai anche ha più dell all nell dopo',
  fr: 'le la les de des du et en un une que qui dans pour par sur est au aux pas avec ce cette qu ne se sont plus il elle après',
  es: 'el la los las de del en un una que por con para se su sus no al lo como más ha fue este esta sobre tras',
  pt: 'os as de do da dos das em no na nos nas um uma que para com por se não ao mais foi são sobre',
  ca: 'el la els les de del dels en un una que per amb no és al als va han ha més seva aquest',
  de: 'der die das und in den von zu mit dem des ist im auf für ein eine einen einer nicht sich auch es als an wird am bei nach zur zum',
  nl: 'de het een van en in op te dat die is voor met zijn niet aan er om ook als bij door naar uit over wordt',
  sv: 'och att det som en på är av för med till den har de inte om ett var från vid efter sig',
  da: 'og at det en den til er som på de med af for ikke har et om fra ved efter blev sig',
  nb: 'og det som en på er av for med til den har de ikke et om at var fra ved etter seg',
  ro: 'și de la în cu pe că nu din pentru mai este un au după fost sunt care',
  id: 'yang dan di dengan untuk dari ini itu pada dalam tidak akan ke adalah juga oleh telah',
};

const languages: readonly string[] = Object.keys(smallWords);
/** Places in `languages`. */
const languagesOf = new Map<string, number[]>();
for (const [place, language] of languages.entries()) {
  for (const word of smallWords[language]?.split(' ') ?? [])
    languagesOf.set(word, [...(languagesOf.get(word) ?? []), place]);
}

/** So many words are looked at: a few lines. */
const wordsMax = 60;
/** Fewer small words than this, or than this share of all, prove nothing: a title of names, a line quoted from another language. */
const smallWordsMin = 6;
const shareMin = 0.2;
const distinctMin = 4;
/** How many times the small words of every other language. */
const ratioMin = 1.5;

/**
 * @param isNeighbour whether the other language is one that only the publisher can tell from the claimed one
 * @returns whether the text is, beyond doubt, in the claimed language or a neighbour of it
 */
export function smallWordsConfirm(text: string, claimed: string, isNeighbour: (other: string) => boolean): boolean {
  const place = languages.indexOf(claimed);
  if (place < 0) return false;
  const counts = new Uint8Array(languages.length);
  const distinct = new Set<string>();
  let words = 0;
  for (const [word] of text.toLowerCase().matchAll(/\p{L}{2,}/gu)) {
    if (++words > wordsMax) break;
    for (const one of languagesOf.get(word) ?? none) {
      counts[one] = (counts[one] ?? 0) + 1;
      if (one === place) distinct.add(word);
    }
  }
  const own = counts[place] ?? 0;
  if (distinct.size < distinctMin || own < smallWordsMin || own < words * shareMin) return false;
  return languages.every((other, n) => n === place || (counts[n] ?? 0) * ratioMin <= own || isNeighbour(other));
}

const none: readonly number[] = [];
