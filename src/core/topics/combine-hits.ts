import type { TopicEvidence } from '../../model.ts';
import type { CompiledTerm } from './compile-term.ts';
import type { Hit } from './hit.ts';
import type { Field, ReadVersion } from './read-version.ts';

/** Where a word stands says how much the item is about it. */
const placeOf = { title: 1, categories: 0.9, lead: 0.9, body: 0.78, deep: 0.62 };
const leadWords = 40;
const bodyWords = 120;

/** A word that comes again is no passing mention. */
const again = 1.12;

/** Words of a phrase in another language may stand this far apart, beyond the phrase's own length. */
const nearWords = 4;

/** What was found of a term: of each of its words, in the order of the text, and what stands for all of it. */
export type TermHits = { readonly words: readonly (readonly Hit[])[]; readonly whole: readonly Hit[] };

/** @returns the strongest evidence for the term among its hits; `null` when a phrase's words do not come together. */
export function combineHits(term: CompiledTerm, hits: TermHits, version: ReadVersion): TopicEvidence | null {
  const whole = allOf(term, hits, version);
  let best: Hit | null = null;
  let bestStrength = 0;
  const mentions = new Set<number>();
  for (const hit of whole) {
    mentions.add(hit.token.at);
    const strength = hit.strength * positionFactor(hit.token.field, hit.token.at);
    if (strength > bestStrength) {
      best = hit;
      bestStrength = strength;
    }
  }
  if (best === null) return null;
  const strength = Math.min(1, mentions.size > 1 ? bestStrength * again : bestStrength);
  return {
    kind: best.kind,
    ...(best.isPeople === true ? { isPeople: true as const } : {}),
    wanted: term.wanted,
    found: best.found,
    where: best.token.field,
    itemId: version.item.id,
    strength: Math.round(strength * 1000) / 1000,
  };
}

function positionFactor(field: Field, at: number): number {
  if (field === 'title') return placeOf.title;
  if (field === 'categories') return placeOf.categories;
  const word = at % 1000;
  return word < leadWords ? placeOf.lead : word < bodyWords ? placeOf.body : placeOf.deep;
}

/** A place's name stands for it by itself; words of a phrase do so only together. */
function allOf(term: CompiledTerm, { words, whole }: TermHits, version: ReadVersion): readonly Hit[] {
  if (term.places.length > 0) return [...words.flat(), ...whole];
  if (whole.length > 0) return whole;
  return words.length === 1 ? (words[0] as readonly Hit[]) : joinParts(term, words, version);
}

/**
 * A phrase, found: side by side in the language it was written in, all its words near each other in another one, where
 * word order and number of words differ.
 */
function joinParts(term: CompiledTerm, byComponent: readonly (readonly Hit[])[], version: ReadVersion): readonly Hit[] {
  const sameLanguage = term.group === null || version.group === null || term.group === version.group;
  const [first = []] = byComponent;
  const found: Hit[] = [];
  for (const start of first) {
    const parts: Hit[] = [start];
    for (let component = 1; component < byComponent.length; component += 1) {
      const part = sameLanguage
        ? adjacent(byComponent[component] ?? [], start.token.at + offsetOf(term, component), version)
        : nearest(byComponent[component] ?? [], start.token.at, nearWords + term.components.length);
      if (part === null) break;
      parts.push(part);
    }
    if (parts.length === byComponent.length) found.push(phraseHit(parts));
  }
  return found;
}

function offsetOf(term: CompiledTerm, component: number): number {
  return (term.components[component]?.offset ?? component) - (term.components[0]?.offset ?? 0);
}

/** In a run without spaces all words have the run's place. */
function adjacent(hits: readonly Hit[], at: number, version: ReadVersion): Hit | null {
  const slack = version.group === 'zh' || version.group === 'ja' ? 1 : 0;
  return best(hits.filter(hit => Math.abs(hit.token.at - at) <= slack));
}

function nearest(hits: readonly Hit[], at: number, reach: number): Hit | null {
  return best(hits.filter(hit => Math.abs(hit.token.at - at) <= reach));
}

function best(hits: readonly Hit[]): Hit | null {
  return hits.reduce<Hit | null>((top, hit) => (top === null || hit.strength > top.strength ? hit : top), null);
}

/** As sure as its least sure word; one foreign word that means several of them counts as a whole: 气候变化, Klimawandel. */
function phraseHit(parts: readonly Hit[]): Hit {
  const words = [...Map.groupBy(parts, part => `${part.token.at} ${part.found}`).values()].map(same => {
    const square = same.reduce((sum, { strength }) => sum + strength * strength, 0);
    return { ...(same[0] as Hit), strength: Math.min(0.97, Math.sqrt(square)) };
  });
  const weakest = words.reduce((low, hit) => (hit.strength < low.strength ? hit : low));
  const inOrder = words.toSorted((a, b) => a.token.at - b.token.at);
  return { ...weakest, found: [...new Set(inOrder.map(hit => hit.found))].join(' ') };
}
