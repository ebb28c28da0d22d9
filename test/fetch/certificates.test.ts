import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect } from 'chai';
import { createHttpFetcher } from '../../src/fetch/http-fetcher.ts';
import { selfMadeCertificate } from '../support/self-made-certificate.ts';

describe('certificates', () => {
  const year = 365 * 86_400_000;
  const certificate = selfMadeCertificate({
    name: 'tls.test',
    notBefore: new Date(Date.now() - year),
    notAfter: new Date(Date.now() + year),
  });
  const server = createServer(certificate, (_request, response) => response.end('<rss/>'));
  const trusted = getCACertificates('default');

  before(async () => {
    setDefaultCACertificates([...trusted, certificate.cert]);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(async () => {
    setDefaultCACertificates(trusted);
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const rows: [string, string, string | null][] = [
    ['tls.test', 'modified', null],
    ['TLS.test', 'modified', null],
    ['other.test', 'tls', 'is for another name'],
    ['127.0.0.1', 'tls', 'is for another name'],
  ];
  for (const [name, expected, words] of rows) {
    it(`one for tls.test, asked as ${name}: ${expected}`, async () => {
      const { port } = server.address() as AddressInfo;
      const fetcher = createHttpFetcher({
        allow: [`127.0.0.1:${port}`],
        userAgent: 'test',
        timeoutMs: 5_000,
        bodyBytesMax: 10_000,
        perHostMax: 2,
        now: Date.now,
        resolve: async () => ['127.0.0.1'],
      });
      const outcome = await fetcher.fetchPage(`https://${name}:${port}/`, { signal: AbortSignal.timeout(10_000) });
      await fetcher.close();
      expect(outcome.kind === 'failed' ? outcome.class : outcome.kind).to.equal(expected);
      if (words !== null) expect(outcome.kind === 'failed' ? outcome.message : '').to.include(words);
    });
  }
});
