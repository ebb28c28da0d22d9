import { STATUS_CODES } from 'node:http';
import type { FailureClass } from '../model.ts';
import { AddressRefusedError } from './address-guard.ts';
import { ReadLimitError } from './connections.ts';
import { ExchangeError } from './exchange.ts';

export type Failure = { readonly class: FailureClass; readonly status: number | null; readonly message: string };

/** A failure that our own rules decided, thrown inside the fetcher only. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure';
  readonly failure: Failure;

  constructor(failureClass: FailureClass, message: string, status: number | null = null) {
    super(message);
    this.failure = { class: failureClass, status, message };
  }
}

/**
 * Puts what went wrong into a class and a sentence. Never the error's own message: system and library errors name resolved
 * addresses, ports, and bytes of the answer. Unknown errors are bugs and are thrown on.
 *
 * @param host the host as the source's owner wrote it, for the sentence
 */
export function failureOf(error: unknown, host: string): Failure {
  if (error instanceof FetchFailure) return error.failure;
  if (!(error instanceof ExchangeError)) throw error;
  const { status } = error;
  switch (error.reason) {
    case 'aborted':
      return { class: 'aborted', status, message: 'the fetch was stopped' };
    case 'timeout':
      return {
        class: 'timeout',
        status,
        message: status === null ? `${host} did not answer in time` : `${host} took too long to send its answer`,
      };
    case 'too-large':
      return { class: 'too-large', status, message: 'the answer is larger than the limit' };
    case 'flood':
      return { class: 'protocol', status, message: `${host} sent too many interim answers` };
    case 'error':
      return { status, ...connectionFailure(error, host) };
    default:
      return error.reason satisfies never;
  }
}

/** Did the server close a kept connection just as we used it? Then a fresh one may do. */
export function isStaleConnection(error: unknown): boolean {
  if (!(error instanceof ExchangeError) || error.reason !== 'error' || error.status !== null) return false;
  const code = codeOf(error.cause);
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE' || code.startsWith('ERR_HTTP2');
}

function connectionFailure(error: ExchangeError, host: string): Omit<Failure, 'status'> {
  const cause = rootOf(error.cause);
  const code = codeOf(cause);
  const started = error.status !== null;
  if (cause instanceof AddressRefusedError) {
    return { class: 'address-refused', message: `the address of ${host} is not allowed: ${cause.message}` };
  }
  if (cause instanceof ReadLimitError) return { class: 'too-large', message: 'the answer is larger than the limit' };
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' && started)
    return { class: 'truncated', message: 'the answer is not as long as it says' };
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return { class: 'protocol', message: `the header that ${host} sends is larger than the limit` };
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT')
    return { class: 'timeout', message: `no connection to ${host} in time` };
  if (code.startsWith('EAI_') || dnsCodes.has(code))
    return { class: 'dns', message: `the name ${host} could not be found` };
  // Node's own words for a peer that hangs up within the handshake; the code is that of any reset.
  if (cause instanceof Error && /before secure TLS connection/.test(cause.message))
    return { class: 'tls', message: `${host} broke off while a secure connection was being made` };
  if (isTlsCode(code)) return { class: 'tls', message: tlsMessage(code, host) };
  if (isParserError(cause)) {
    if (started && /EOF|closed/i.test(cause.message)) return { class: 'truncated', message: 'the answer breaks off' };
    return { class: 'protocol', message: `${host} does not speak proper HTTP` };
  }
  if (started) return { class: 'truncated', message: 'the connection broke off within the answer' };
  if (code === 'ECONNREFUSED') return { class: 'connect', message: `${host} refused the connection` };
  if (code === 'UND_ERR_INVALID_ARG')
    return {
      class: 'protocol',
      message: 'the request cannot be sent: a header or the address has a character that HTTP does not allow',
    };
  if (code === 'UND_ERR_ABORTED' || code === 'UND_ERR_PRX_CONN')
    return { class: 'connect', message: 'the proxy did not open the connection' };
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE') {
    return { class: 'connect', message: `${host} closed the connection without an answer` };
  }
  if (code.startsWith('ERR_HTTP2') || code.startsWith('UND_ERR'))
    return { class: 'protocol', message: `${host} does not speak proper HTTP` };
  return { class: 'connect', message: `no connection to ${host}` };
}

/** undici's own class for what its HTTP/1.1 parser refuses; its code is not always set. */
function isParserError(cause: unknown): cause is Error {
  return cause instanceof Error && cause.name === 'HTTPParserError';
}

/** `autoSelectFamily` reports one error for each address that was tried. */
function rootOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

const dnsCodes: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'ENODATA',
  'ESERVFAIL',
  'ENOTIMP',
  'EBADNAME',
  'ENONAME',
  'ENOMEM_DNS',
]);

const certificateCodes: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'PATH_LENGTH_EXCEEDED',
  'HOSTNAME_MISMATCH',
]);

function isTlsCode(code: string): boolean {
  return (
    certificateCodes.has(code) ||
    /^(?:CERT_|ERR_TLS|ERR_SSL|ERR_OSSL)/.test(code) ||
    code === 'EPROTO' ||
    code === 'UND_ERR_PRX_TLS'
  );
}

function tlsMessage(code: string, host: string): string {
  if (code === 'CERT_HAS_EXPIRED') return `the certificate of ${host} has expired`;
  if (code === 'CERT_NOT_YET_VALID') return `the certificate of ${host} is not valid yet`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH')
    return `the certificate of ${host} is for another name`;
  if (code.includes('SELF_SIGNED')) return `the certificate of ${host} is signed by itself`;
  if (certificateCodes.has(code) || code.startsWith('CERT_')) return `the certificate of ${host} cannot be verified`;
  return `no secure connection to ${host} could be made`;
}

/** `404 Not Found`, with the standard's words and never the server's. */
export function statusText(status: number): string {
  const text = STATUS_CODES[status];
  return text === undefined ? String(status) : `${status} ${text}`;
}
