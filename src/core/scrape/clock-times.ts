import type { WallTime } from './wall-time.ts';

const zones: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  bst: 60,
  cet: 60,
  west: 60,
  cest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  ist: 330,
  jst: 540,
  kst: 540,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  aest: 600,
  aedt: 660,
};

/** The offset that a zone's name or number means. */
export function zoneOf(text: string | undefined): { offsetMinutes?: number } {
  if (text === undefined || text === '') return {};
  const numeric = /^(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?$/.exec(text);
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return { offsetMinutes: numeric[1] === '-' ? -minutes : minutes };
  }
  const known = zones[text];
  return known === undefined ? {} : { offsetMinutes: known };
}

const clock =
  /(?<![\d.:])(上午|下午|午前|午後|오전|오후)?\s?(\d{1,2})\s?(?:[:：h]\s?(\d{2})|[時点點시]\s?(?:(\d{1,2})[分분])?)(?!\d)(?::(\d{2}))?\s?(a\.?m\.?|p\.?m\.?|صباحا|مساء|ص(?!\p{L})|م(?!\p{L})|π\.?μ\.?|μ\.?μ\.?)?\s?((?:utc|gmt)?[+-]\d{1,2}:?\d{0,2}|utc|gmt|cest|cet|bst|eest|eet|msk|jst|kst|ist|[ecmp][sd]t|a[es][sd]t)?(?!\p{L})/u;
const bareHour = /(?<![\d.:])(\d{1,2})\s?(a\.?m\.?|p\.?m\.?)(?!\p{L})/u;
const dottedClock =
  /(?:ore|alle|kl|klo|kell|kello|à|ab|um|o|ob|u|godz\.?|ώρα)\.?\s(\d{1,2})\.(\d{2})(?!\d)|(?<![\d.])(\d{1,2})\.(\d{2})\suhr/u;

/** The time that stands beside a date, with how many characters it takes. */
export function timeOfDay(before: string, after: string): { wall: Partial<WallTime>; length: number } | null {
  for (const text of [after, before]) {
    const found = clock.exec(text);
    if (found) {
      const [whole, east, hourText, minute, cjkMinute, second, half, zone] = found;
      const hour = twelveHours(Number(hourText), half ?? east);
      if (hour > 24) continue;
      const wall = { hour, minute: Number(minute ?? cjkMinute ?? 0), second: Number(second ?? 0), ...zoneOf(zone) };
      return { wall, length: whole.length };
    }
    const bare = bareHour.exec(text);
    if (bare) return { wall: { hour: twelveHours(Number(bare[1]), bare[2]), minute: 0 }, length: bare[0].length };
    const dotted = dottedClock.exec(text);
    if (dotted) {
      const wall = { hour: Number(dotted[1] ?? dotted[3]), minute: Number(dotted[2] ?? dotted[4]) };
      return { wall, length: dotted[0].length };
    }
  }
  return null;
}

function twelveHours(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12) return hour;
  const isAfternoon = /^(?:p|下午|午後|오후|مساء|م|μ)/.test(half);
  if (isAfternoon) return hour === 12 ? 12 : hour + 12;
  return hour === 12 ? 0 : hour;
}
