import type { Request } from 'express';

const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * The request comes from this machine. Behind a proxy that is not trusted every request seems to, so one that was
 * forwarded does not count; and the Host must be this machine's name, or a foreign page whose name was made to point here
 * (DNS rebinding) would count as local.
 */
export function isFromThisMachine(request: Request, trustProxy: boolean | number): boolean {
  if (!trustProxy && forwardingHeaders.some(name => request.headers[name] !== undefined)) return false;
  const address = trustProxy ? (request.ip ?? '') : (request.socket.remoteAddress ?? '');
  return /^(::1|127\.\d+\.\d+\.\d+|::ffff:127\.\d+\.\d+\.\d+)$/i.test(address) && isLocalHost(request.headers.host);
}

function isLocalHost(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host ?? '');
}

/**
 * A request that changes something comes from our own page or from no browser at all. Browsers name the site that asks
 * (Fetch Metadata) or at least its origin; other programs name neither, and carry no cookie they were tricked into.
 */
export function isOwnRequest(request: Request, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin } = request.headers;
  if (origin === undefined) return true;
  // A page that hides its address hides its origin too; then only Fetch Metadata tells.
  if (origin === 'null') return site === 'same-origin';
  const url = URL.parse(origin);
  // Only the host: a proxy that ends TLS makes the protocol look different from here.
  return (
    url !== null && (url.host === request.headers.host?.toLowerCase() || url.origin === URL.parse(publicUrl)?.origin)
  );
}

/** Where `next=` may lead: a path of our own, as the browser will read it. */
export function safeNext(next: string | null | undefined): string {
  if (!next || !/^\/admin(\/|\?|$)/.test(next) || /[\\\0-\x1f]/.test(next)) return '/admin/';
  const url = URL.parse(next, 'http://here.invalid');
  return url?.host === 'here.invalid' && url.pathname.startsWith('/admin') ? url.pathname + url.search : '/admin/';
}
