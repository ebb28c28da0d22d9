import type { SourceHttp, Validators } from '../model.ts';

export type HeaderInput = {
  readonly userAgent: string;
  readonly subscribers: number | undefined;
  readonly accept: string;
  readonly validators: Validators | null;
  /** What this request alone adds (a form's content type). */
  readonly extra: Readonly<Record<string, string>>;
  /** The source's own settings; its headers and credentials only with `trusted`, its user agent always. */
  readonly http: SourceHttp;
  /** Credentials written into the URL itself; `null` once a redirect has left its origin. */
  readonly userinfo: { readonly user: string; readonly password: string } | null;
  /** Is this request to the origin the secrets are for? */
  readonly trusted: boolean;
};

/** The header of one request. No cookies of our own, no referrer, nothing that tells one request from another. */
export function requestHeaders(input: HeaderInput): Record<string, string> {
  const headers: Record<string, string> = {
    accept: input.accept,
    'accept-encoding': 'gzip, br, zstd, deflate',
    'user-agent': userAgentFor(input.http.userAgent ?? input.userAgent, input.subscribers),
    ...input.extra,
  };
  // Byte for byte: undici reads and writes header values as Latin-1, so every octet comes back as it was.
  if (input.validators?.etag != null) headers['if-none-match'] = input.validators.etag;
  if (input.validators?.lastModified != null) headers['if-modified-since'] = input.validators.lastModified;
  const credentials = (input.trusted ? input.http.auth : undefined) ?? input.userinfo;
  if (credentials != null) {
    headers.authorization = `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
  }
  if (!input.trusted) return headers;
  for (const [name, value] of Object.entries(input.http.headers ?? {})) {
    const lower = name.toLowerCase();
    if (!ownedByTheConnection.has(lower)) headers[lower] = value;
  }
  return headers;
}

/** @returns the URL's credentials, which leave the URL at the same time: they must not be sent, logged or compared. */
export function takeUserinfo(url: URL): { user: string; password: string } | null {
  if (url.username === '' && url.password === '') return null;
  const taken = { user: decode(url.username), password: decode(url.password) };
  url.username = '';
  url.password = '';
  return taken;
}

/** `newsfold/1 (+https://…; 12 subscribers)`: publishers count readers by it. */
export function userAgentFor(userAgent: string, subscribers: number | undefined): string {
  const clean = userAgent.replace(/[^\t\x20-\x7e]/g, '');
  if (subscribers === undefined) return clean;
  const count = `${subscribers} ${subscribers === 1 ? 'subscriber' : 'subscribers'}`;
  return clean.endsWith(')') ? `${clean.slice(0, -1)}; ${count})` : `${clean} (${count})`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a bare % is a character of the password
  }
}

/** Setting these by hand would break the framing of the request, or its decoding. */
const ownedByTheConnection: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'keep-alive',
  'te',
  'trailer',
  'expect',
  'accept-encoding',
  'proxy-authorization',
  'proxy-connection',
  'http2-settings',
]);
