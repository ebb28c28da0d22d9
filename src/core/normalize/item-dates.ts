import type { Millis, ParsedItem } from '../../model.ts';

export type ItemDates = {
  readonly publishedAt: Millis | null;
  readonly updatedAt: Millis | null;
  readonly firstSeenAt: Millis;
  readonly orderAt: Millis;
};

const earliest = Date.UTC(1900, 0, 1);
const day = 86_400_000;

/**
 * Dates are facts or `null`: a date in the future becomes the moment of first sight, one that is a program's zero is none.
 * `orderAt` is frozen at first sight, so that a feed that is dated anew moves nothing. Atom feeds that say only `updated` are
 * ordered by it, else a first fetch would put all their past into the present.
 */
export function itemDates(
  item: Pick<ParsedItem, 'publishedAt' | 'updatedAt'>,
  now: Millis,
  known: { readonly firstSeenAt: Millis; readonly orderAt: Millis } | null,
): ItemDates {
  const firstSeenAt = known?.firstSeenAt ?? now;
  const read = (date: string | null): Millis | null => {
    const time = date === null ? Number.NaN : Date.parse(date);
    if (Number.isNaN(time) || time < earliest || (time >= 0 && time < day)) return null;
    return time > now ? firstSeenAt : time;
  };
  const publishedAt = read(item.publishedAt);
  const updatedAt = read(item.updatedAt);
  return { publishedAt, updatedAt, firstSeenAt, orderAt: known?.orderAt ?? publishedAt ?? updatedAt ?? firstSeenAt };
}
