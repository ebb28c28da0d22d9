import { redact } from '../text/redact.ts';

const mark = '…';
/** What nobody types: a key of 16 characters or more, letters and digits mixed, or a UUID. */
const secretValue = /^(?:(?=[^\d]*\d)(?=[^a-z]*[a-z])[\w.~+/=]{16,}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;

/**
 * A page's own address as readers may see it: without credentials, without parameters that are called or look like a
 * secret. A source may be asked for with a key in its query; what is published from the page must not carry it.
 */
export function publicAddress(address: string): string {
  const url = URL.parse(address);
  if (url === null) return redact(address);
  url.username = '';
  url.password = '';
  for (const [name, value] of [...url.searchParams])
    if (secretValue.test(value) || redact(`?${name}=x`).endsWith(mark)) url.searchParams.delete(name);
  return url.href;
}
