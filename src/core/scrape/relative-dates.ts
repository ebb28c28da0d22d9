import { foldName } from '../text/month-names.ts';
import { timeOfDay } from './clock-times.ts';
import type { ProseDate, ProseDateOptions } from './prose-date.ts';
import { agoAfter, agoBefore, amountWords, dayWords, dualWords, nowWords, timeUnits } from './relative-time-words.ts';
import { agoSuffix, southSlavicAgo, southSlavicYear, unitsAgo } from './relative-unit-words.ts';
import { millisToWallTime, wallTimeToMillis } from './wall-time.ts';

const dayMs = 86_400_000;

/** "2 hours ago", "yesterday at 14:30", "just now": moments relative to `now`. The text is normalized. */
export function relativeDate(text: string, options: ProseDateOptions): ProseDate | null {
  const folded = foldName(text).replace(/[’']/g, "'");
  return (
    amountAgo(folded, options) ??
    dayByName(folded.replaceAll("'", ''), options) ??
    justNow(folded.replaceAll("'", ''), options)
  );
}

function justNow(text: string, options: ProseDateOptions): ProseDate | null {
  const found = nowWords.exec(text);
  return found ? { at: options.now, precision: 'minute', share: found[0].length / text.length } : null;
}

function dayByName(text: string, options: ProseDateOptions): ProseDate | null {
  for (const { daysAgo, pattern, languages } of dayWords) {
    if (languages && !languages.test(options.language ?? '')) continue;
    const found = pattern.exec(text);
    if (!found) continue;
    const today = millisToWallTime(options.now - daysAgo * dayMs, options.timezone);
    const time = timeOfDay(text.slice(0, found.index), text.slice(found.index + found[0].length));
    const { year, month, day } = today;
    const at = wallTimeToMillis({ year, month, day, ...time?.wall }, options.timezone);
    if (at === null) return null;
    const share = Math.min(1, (found[0].length + (time?.length ?? 0)) / text.length);
    // "Today at 23:00" read at 22:00 is a clock of another zone, not a time to come.
    return { at: Math.min(at, options.now), precision: time ? 'minute' : 'day', share };
  }
  return null;
}

/** "2 days ago", "vor einer Stunde", "il y a 5 minutes", "منذ ساعتين", "3日前". */
function amountAgo(text: string, options: ProseDateOptions): ProseDate | null {
  // Romanian puts "de" between a number from 20 on and its unit, Tamil writes "hour" in two words.
  const plain = text.replace(/(\d) de (?=\p{L})/gu, '$1 ').replaceAll('மணி நேர', 'மணிநேர');
  const words = plain.match(/\d+|[\u3400-\u9fff\u3040-\u30ff]+|[\uac00-\ud7af]+|[\p{L}\p{M}]+/gu) ?? [];
  const pieces = words.flatMap(word => (/^[ -ɏ\d]+$/.test(word) ? [word] : splitAgo(word)));
  for (let at = 0; at < pieces.length; at += 1) {
    const dual = dualWords.get(pieces[at] ?? '');
    if (dual !== undefined && isAgo(pieces, at, at)) return past(options, { ms: dual, share: share(pieces, 3) });
    const amount = amountOf(pieces[at] ?? '');
    const unit = unitAfter(pieces, at);
    if (amount !== null && unit !== null && (isAgo(pieces, at, at + 1) || unitsAgo.test(pieces[at + 1] ?? ''))) {
      return past(options, { ms: amount * unit.ms, months: amount * (unit.months ?? 0), share: share(pieces, 4) });
    }
    const alone = unitOf(pieces[at] ?? '');
    // Swahili "saa 2 zilizopita", Sinhala "පැය 2 කට පෙර": the unit comes first.
    if (alone !== null && /^\d{1,3}$/.test(pieces[at + 1] ?? '') && isUnitFirstAgo(pieces, at + 2)) {
      return past(options, { ms: Number(pieces[at + 1]) * alone.ms, share: share(pieces, 4) });
    }
    // "منذ ساعة", "час назад": one, with no word for it.
    const oneBefore = /^(?:منذ|قبل|לפני|pre|prije|пре|пред|преди|pred)$/u.test(pieces[at - 1] ?? '');
    const oneAfter = /^(?:назад|тому|temu)$/u.test(pieces[at + 1] ?? '') && amountOf(pieces[at - 1] ?? '') === null;
    if (alone !== null && (oneBefore || oneAfter)) {
      return past(options, { ms: alone.ms, months: alone.months ?? 0, share: share(pieces, 3) });
    }
  }
  // "2h", "3d" and nothing else; "5 min" alone is how long it takes to read.
  const compact = /^(\d{1,3}) ?(h|hrs?|hours?|d|days?|std|ore|heures|horas?|w)\.?$/.exec(text);
  const unit = compact ? unitOf(compact[2] ?? '') : null;
  return compact && unit ? past(options, { ms: Number(compact[1]) * unit.ms, share: 1 }) : null;
}

function share(pieces: readonly string[], used: number): number {
  return Math.min(1, used / pieces.length);
}

/** 日前 → 日, 前; 分钟前 → 分钟, 前; ชั่วโมงที่แล้ว → ชั่วโมง, ที่แล้ว. */
function splitAgo(word: string): string[] {
  const found = agoSuffix.exec(word);
  return found ? [found[1] ?? '', found[2] ?? ''] : [word];
}

function unitAfter(pieces: readonly string[], at: number): Unit | null {
  const word = pieces[at + 1] ?? '';
  if (southSlavicYear.test(word) && southSlavicAgo.test(pieces[at - 1] ?? '')) return { ms: 365 * dayMs, months: 12 };
  return unitOf(word);
}

function isUnitFirstAgo(pieces: readonly string[], at: number): boolean {
  return /^(?:zilizopita|iliyopita|yaliyopita|පෙර)$/u.test(
    pieces[at] === 'කට' ? (pieces[at + 1] ?? '') : (pieces[at] ?? ''),
  );
}

function amountOf(piece: string): number | null {
  if (/^\d{1,4}$/.test(piece)) return Number(piece);
  return amountWords.get(piece) ?? null;
}

function unitOf(piece: string): Unit | null {
  const known = knownUnits.get(piece);
  if (known !== undefined) return known;
  const found = piece === '' ? null : (timeUnits.find(unit => unit.pattern.test(piece)) ?? null);
  if (knownUnits.size >= knownUnitsMax) knownUnits.clear();
  if (piece.length < 40) knownUnits.set(piece, found);
  return found;
}

type Unit = { readonly ms: number; readonly months?: number };

/** A page's words come again and again, and hardly any of them is a unit of time. Emptied when full. */
const knownUnits = new Map<string, Unit | null>();
const knownUnitsMax = 5000;

function isAgo(pieces: readonly string[], from: number, to: number): boolean {
  const before = pieces[from - 1] ?? '';
  const two = `${pieces[to + 1] ?? ''} ${pieces[to + 2] ?? ''}`;
  const french = before === 'a' && pieces[from - 2] === 'y';
  const approximate = /^(?:circa|about|etwa|environ|unos|unas|cerca|около|حوالي|περιπου|over|mehr|meno)$/u.test(before);
  const beforeThat = pieces[from - 2] ?? '';
  return (
    agoBefore.test(before) ||
    (before === 'απο' && beforeThat === 'πριν') ||
    french ||
    (approximate && agoBefore.test(beforeThat)) ||
    agoAfter.test(pieces[to + 1] ?? '') ||
    agoAfter.test(two)
  );
}

function past(options: ProseDateOptions, ago: { ms: number; months?: number; share: number }): ProseDate | null {
  let at = options.now - ago.ms;
  if (ago.months !== undefined && ago.months > 0) {
    const date = new Date(options.now);
    date.setUTCMonth(date.getUTCMonth() - ago.months);
    at = date.getTime();
  }
  // More than a lifetime ago is no publication date.
  return ago.ms > 100 * 365 * dayMs ? null : { at, precision: 'minute', share: ago.share };
}
