/** Same address, same words, same link or picture: which of it is certain, and how much the rest adds to the odds. */
import type { Evidence } from '../../model.ts';
import type { EngineState } from './engine-state.ts';
import type { ExactMatch } from './exact-matches.ts';
import { findVeto } from './find-veto.ts';
import type { Entry } from './story-book.ts';

export type Bonus = { readonly evidence: Evidence[]; certain: boolean; logOdds: number };

const TITLE_ODDS = 4;
const LINK_ODDS = 3;
const IMAGE_ODDS = 2;
const ADDRESS_ODDS = 3;
/** Two titles at one address that share less than this are two posts of a page that is nobody's own. */
const ALIKE_MIN = 0.15;

/** @returns by slot, in the order of the keys: addresses first. */
export function weighExactMatches(
  state: EngineState,
  entry: Entry,
  matches: readonly ExactMatch[],
): Map<number, Bonus> {
  const out = new Map<number, Bonus>();
  const sameText = new Set(matches.flatMap(({ slot, evidence }) => (evidence.kind === 'same-text' ? [slot] : [])));
  for (const { slot, evidence } of matches) {
    const other = state.book.bySlot[slot];
    if (other === undefined || Math.abs(other.at - entry.at) > state.windowMs) continue;
    if (findVeto(entry, other, sameText.has(slot)) !== null) continue;
    const bonus = out.get(slot) ?? { evidence: [], certain: false, logOdds: 0 };
    bonus.evidence.push(evidence);
    if (isCertain(state, { entry, other, evidence })) bonus.certain = true;
    bonus.logOdds += oddsOf(evidence);
    out.set(slot, bonus);
  }
  return out;
}

function isCertain(state: EngineState, pair: { entry: Entry; other: Entry; evidence: Evidence }): boolean {
  const { entry, other, evidence } = pair;
  if (evidence.kind === 'alternate' || evidence.kind === 'same-text') return true;
  if (evidence.kind === 'same-title') return entry.title.length >= 12;
  if (evidence.kind !== 'same-url') return false;
  return entry.mould === other.mould || state.scorer.similarity(entry.slot, other.slot) >= ALIKE_MIN;
}

function oddsOf(evidence: Evidence): number {
  if (evidence.kind === 'same-title') return TITLE_ODDS;
  if (evidence.kind === 'same-link') return LINK_ODDS;
  if (evidence.kind === 'same-image') return IMAGE_ODDS;
  return evidence.kind === 'same-url' ? ADDRESS_ODDS : 0;
}
