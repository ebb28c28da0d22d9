/**
 * The one table of error codes. `docs/errors.md` lists every code, and a test says so.
 * Expected outcomes (a feed that did not change, a host that is down) are values, not errors: see `FetchOutcome`.
 */
export const errorCodes = {
  // reading documents
  'not-a-feed': 'the document is not a feed',
  'empty-document': 'the document is empty',
  'document-too-large': 'the document is larger than the limit',
  'document-too-slow': 'reading the document took longer than the limit',
  'document-failed': 'reading the document failed in a way that was not foreseen',
  'no-items-found': 'no list of items was found on the page',
  // configuration and command line
  'config-invalid': 'the configuration has mistakes',
  'config-conflict': 'the configuration changed while it was edited',
  usage: 'the command line is wrong',
  // fetching
  'address-refused': 'the address is not allowed',
  'fetch-failed': 'the address could not be fetched',
  // encoders
  'encoder-failed': 'the text encoder gave no vectors',
  // store, cache, locks
  'store-unavailable': 'the store cannot be reached',
  'store-full': 'the disk is full',
  'lease-lost': 'another process took over this work',
  'not-found': 'there is no such thing',
  conflict: 'it was changed by somebody else',
  'invalid-input': 'the input is not valid',
  // access
  'method-not-allowed': 'this address does not know that method',
  'unsupported-media-type': 'the body is of a kind that is not understood',
  unauthorized: 'credentials are missing or wrong',
  forbidden: 'these credentials do not allow it',
  'too-many-requests': 'too many requests',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof errorCodes;

/** The only error this program throws on purpose. The message says what, where, and what to do. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** @returns the code of an `AppError`, else `undefined`. */
export function errorCode(error: unknown): ErrorCode | undefined {
  return error instanceof AppError ? error.code : undefined;
}
