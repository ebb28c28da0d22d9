/** What most addresses are: nothing to escape. One class of characters, because a choice between two is far slower to try. */
const plainUri = /^https?:\/\/[a-zA-Z0-9][a-zA-Z0-9;/?:&=+$.\-_!~*'(),#]*$/;
const escapedUri = /^https?:\/\/[a-z0-9](?:[a-z0-9;/?:&=+$.\-_!~*'(),#]|%[0-9a-f]{2})*$/i;

/**
 * The address as every reader takes it: absolute, http(s), ASCII (RFC 3986), without user name and password, which
 * would be somebody's secret.
 * @returns `null` for everything else: a relative or foreign address is left out, never guessed.
 */
export function absoluteUrl(address: string | null | undefined): string | null {
  if (address === null || address === undefined) return null;
  if (plainUri.test(address) || escapedUri.test(address)) return address;
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  url.username = '';
  url.password = '';
  const origin = url.origin;
  // What RFC 3986 §2 does not allow there and WHATWG URLs keep; a percent sign that escapes nothing too.
  const rest = url.href
    .slice(origin.length)
    .replace(/[[\]{}|\\^`"<>\s]|(?<=#.*)#/g, encodeCharacter)
    .replace(/%(?![0-9a-f]{2})/gi, '%25');
  return origin + rest;
}

function encodeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

const secretName = /key|token|secret|pass|pwd|auth|sig|session|credential/i;

/**
 * A source's address as it may be shown to everybody: the query is left out when one of its names sounds like a secret.
 */
export function publicUrl(address: string | null | undefined): string | null {
  const clean = absoluteUrl(address);
  if (clean === null || !clean.includes('?')) return clean;
  const url = new URL(clean);
  for (const name of url.searchParams.keys()) {
    if (secretName.test(name)) return url.origin + url.pathname;
  }
  return clean;
}
