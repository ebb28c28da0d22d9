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
  document: 'The document cannot be read.',
  aborted: 'The fetch was stopped.',
};

/** A failure in words, with what to do. */
export function explainFailure(failure: {
  readonly class: FailureClass;
  readonly status: number | null;
  readonly message: string;
  readonly feedsOnPage: readonly FoundFeed[];
}): string {
  const message = `${failure.message.replace(/[.\s]+$/, '')}. ${advice[failure.class]}`;
  const feeds = failure.feedsOnPage.slice(0, 5).map(({ url }) => url);
  if (failure.class !== 'not-a-feed') return message;
  return feeds.length > 0
    ? `${message} Its site has ${feeds.length === 1 ? 'this feed' : 'these feeds'}: ${feeds.join(' , ')}`
    : `${message} Write "scrape: {}" to have its items found.`;
}
