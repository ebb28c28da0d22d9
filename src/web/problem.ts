import type { Response } from 'express';
import { AppError, type ErrorCode, errorCodes } from '../errors.ts';

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
  unauthorized: 401,
  forbidden: 403,
  'too-many-requests': 429,
};

/** HTTP status of an error; 500 for what nobody expected. */
export function statusOf(error: unknown): number {
  return error instanceof AppError ? (statuses[error.code] ?? 500) : 500;
}

/** RFC 9457. What nobody expected shows nothing of its inside. */
export function sendProblem(response: Response, error: unknown, instance?: string): void {
  const status = statusOf(error);
  const code = error instanceof AppError ? error.code : 'internal';
  const title = error instanceof AppError ? errorCodes[error.code] : 'something went wrong inside newsfold';
  if (status === 503) response.setHeader('Retry-After', '10');
  if (status === 429) response.setHeader('Retry-After', '60');
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:newsfold:error:${code}`,
        title,
        status,
        ...(error instanceof AppError ? { detail: error.message } : {}),
        ...(instance ? { instance } : {}),
      }),
    );
}
