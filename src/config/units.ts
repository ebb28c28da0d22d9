import type { Millis } from '../model.ts';

const durationUnitsMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const sizeUnitsBytes: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1000,
  mb: 1_000_000,
  gb: 1_000_000_000,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** @returns milliseconds of `90s`, `15m`, `1h30m`, `7d`; `null` when it is not a duration. */
export function parseDuration(text: string): Millis | null {
  const compact = text.trim().toLowerCase().replace(/\s+/g, '');
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d|w))+$/.test(compact)) return null;
  let total = 0;
  for (const [, amount, unit] of compact.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g)) {
    total += Number(amount) * (durationUnitsMs[unit ?? ''] ?? 0);
  }
  return Math.round(total);
}

/** @returns bytes of `10MiB`, `500kB`, `1048576`; `null` when it is not a size. */
export function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg]?i?b)?$/i.exec(text.trim());
  if (!match) return null;
  return Math.round(Number(match[1]) * (sizeUnitsBytes[(match[2] ?? 'b').toLowerCase()] ?? 1));
}
