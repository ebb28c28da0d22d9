import { hash } from 'node:crypto';

/** @returns the first 128 bits of SHA-256 of a text's UTF-8 or of bytes, 32 hex digits. For identity and change detection, not for secrets. */
export function hash128(content: string | Uint8Array): string {
  return hash('sha256', content).slice(0, 32);
}

/**
 * A name-based UUID (RFC 9562 §5.8, version 8): the same text gives the same id on every machine and after every restore,
 * and `urn:uuid:` makes it a valid Atom id.
 *
 * @param family ids of one family begin alike: their rows lie side by side in every index, and a store that takes in thirty of them
 * writes one page and not thirty.
 */
export function nameUuid(text: string, family?: string): string {
  const own = hash128(text);
  const hex = family === undefined ? own : hash128(family).slice(0, 8) + own.slice(8);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
