import type { Response } from 'express';
import { redact } from '../core/text/redact.ts';
import { AppError, type ErrorCode, errorCodes } from '../errors.ts';

/** Input that a schema refused, with each mistake and its place. */
export class InvalidInput extends AppError {
  readonly mistakes: readonly { readonly at: string; readonly message: string }[];
  constructor(message: string, mistakes: InvalidInput['mistakes']) {
    super('invalid-input', message);
    this.mistakes = mistakes;
  }
}

const statuses: Partial<Record<ErrorCode, number>> = {
  'not-a-feed': 422,
  'empty-document': 422,
  'document-too-large': 413,
  'document-too-slow': 422,
  'no-items-found': 422,
  'config-invalid': 422,
  'config-conflict': 412,
  'address-refused': 422,
  'fetch-failed': 502,
  'store-unavailable': 503,
  'store-full': 507,
  'lease-lost': 409,
  'not-found': 404,
  conflict: 409,
  'invalid-input': 400,
  usage: 400,
  'document-failed': 422,
  'method-not-allowed': 405,
  'unsupported-media-type': 415,
  unauthorized: 401,
  forbidden: 403,
  'too-many-requests': 429,
};

export function statusOfCode(code: ErrorCode): number {
  return statuses[code] ?? 500;
}

/** HTTP status of an error; 500 for what nobody expected. What express refuses by itself (a broken escape) keeps its status. */
export function statusOf(error: unknown): number {
  if (error instanceof AppError) return statusOfCode(error.code);
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

/** RFC 9457. What nobody expected shows nothing of its inside. */
export function sendProblem(response: Response, error: unknown, instance?: string): void {
  const status = statusOf(error);
  if (status === 503) response.setHeader('Retry-After', '10');
  if (status === 429) response.setHeader('Retry-After', '60');
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ ...problemOf(error), ...(instance ? { instance } : {}) }));
}

/** The document itself; the shell's `--json` tells its failures by it too. */
export function problemOf(error: unknown): Record<string, unknown> {
  const status = statusOf(error);
  const code = error instanceof AppError ? error.code : status < 500 ? 'invalid-input' : 'internal';
  const title =
    error instanceof AppError
      ? errorCodes[error.code]
      : status < 500
        ? errorCodes['invalid-input']
        : 'something went wrong inside newsfold';
  return {
    type: `urn:newsfold:error:${code}`,
    title,
    status,
    ...(error instanceof AppError ? { detail: redact(error.message) } : {}),
    ...(error instanceof InvalidInput ? { errors: error.mistakes } : {}),
  };
}
