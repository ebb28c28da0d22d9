import type { FailureClass } from '../model.ts';
import type { FoundFeed } from './ports.ts';

const advice: Readonly<Record<FailureClass, string>> = {
  dns: 'Check the address; if it is right, the site may have moved or be down.',
  connect: 'No connection. The site may be down, or a firewall is in the way. It is tried again, more and more rarely.',
  tls: 'The certificate is not valid for this address. The publisher has to renew it; http.insecureTls accepts it anyway.',
  timeout: 'The server is too slow. collect.timeout can be made longer.',
  status:
    'The server refuses. If the address works in a browser, the site may block feed readers: write to the publisher.',
  'too-large': 'The document is larger than collect.bodyMax allows.',
  'bad-encoding': 'The answer cannot be decompressed; the publisher’s server is at fault.',
  truncated: 'The answer broke off. Nothing of it was taken; it is fetched again.',
  redirects: 'The redirects lead nowhere. Give the source the address where they should end.',
  'address-refused': 'This address belongs to a private network. If you trust it, list it under collect.allow.',
  robots: 'The site’s robots.txt asks not to be read by programs.',
  protocol: 'The server does not speak HTTP properly.',
  'not-a-feed': 'This address is a page, not a feed.',
  document: 'Nothing of it was taken; it is tried again, more and more rarely.',
  aborted: 'The fetch was stopped.',
};

/** What to do about an answer that is no document; `undefined`: what goes for all of them. */
function adviceFor(status: number | null): string | undefined {
  if (status === 401 || status === 407) return 'The server asks for a name and a password: give the source http.auth.';
  if (status === 404)
    return 'There is nothing at this address. Look on the site for the new one; this one is tried again, more and more rarely.';
  if (status === 429 || status === 503)
    return 'The server wants fewer requests, or has too many. It is left alone for as long as it says, else tried more and more rarely.';
  if (status !== null && status >= 500)
    return 'The server has trouble of its own. It is tried again, more and more rarely.';
  return undefined;
}

/** A failure in words, with what to do. */
export function explainFailure(failure: {
  readonly class: FailureClass;
  readonly status: number | null;
  readonly message: string;
  readonly feedsOnPage: readonly FoundFeed[];
}): string {
  const said = failure.class === 'status' ? adviceFor(failure.status) : undefined;
  const message = `${failure.message.replace(/[.\s]+$/, '')}. ${said ?? advice[failure.class]}`;
  const feeds = failure.feedsOnPage.slice(0, 5).map(({ url }) => url);
  if (failure.class !== 'not-a-feed') return message;
  return feeds.length > 0
    ? `${message} Its site has ${feeds.length === 1 ? 'this feed' : 'these feeds'}: ${feeds.join(' , ')}`
    : `${message} Write "scrape: {}" to have its items found.`;
}
