import { AppError } from '../errors.ts';

// SQLSTATE classes and codes, https://www.postgresql.org/docs/current/errcodes-appendix.html
const diskFull = '53100';
const serializationFailure = '40001';
const deadlock = '40P01';
const uniqueViolation = '23505';
/** Connection exceptions, resources, operator intervention (shutdown, starting up, cancelled by a time limit), system errors. */
const unavailableClasses = ['08', '53', '57', '58'];
const readOnlyTransaction = '25006';
const badLogin = ['28000', '28P01', '3D000'];
/** What Node's sockets and the driver itself answer; the driver's own time-outs have no code but these words. */
const networkCode = /^(?:E[A-Z]+|ERR_(?:TLS|SSL|SOCKET).*|CERT_.*|.*_CERT(?:IFICATE)?.*)$/;
const driverWords = /timeout|terminated|connection|not queryable/i;

/** @returns an `AppError` for what the server, the network or the disk causes, else the error itself. */
export function postgresError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const code = sqlState(error);
  if (code === diskFull) {
    return new AppError(
      'store-full',
      'the disk of the PostgreSQL server is full: free some space, the service goes on by itself',
      {
        cause: error,
      },
    );
  }
  if (code !== undefined && badLogin.includes(code)) {
    return new AppError(
      'store-unavailable',
      `PostgreSQL refuses the login or the database of store.url: ${error.message}`,
      { cause: error },
    );
  }
  if (isOutage(error, code)) {
    return new AppError('store-unavailable', `PostgreSQL cannot be used now: ${error.message || code || 'no answer'}`, {
      cause: error,
    });
  }
  return error;
}

/** The server undid the transaction because of another one, or a row was there first: the same again sees it, and succeeds. */
export function isRetryable(error: unknown): boolean {
  const code = error instanceof Error ? sqlState(error) : undefined;
  return code === serializationFailure || code === deadlock || code === uniqueViolation;
}

/** The server is away, starting or overloaded: it may be there in a moment. A wrong login or a newer schema will not pass. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'store-unavailable' || !(error.cause instanceof Error))
    return false;
  const code = sqlState(error.cause);
  return isOutage(error.cause, code) && !(code !== undefined && badLogin.includes(code));
}

function isOutage(error: Error, code: string | undefined): boolean {
  if (code === undefined) return driverWords.test(error.message);
  if (/^[0-9A-Z]{5}$/.test(code) && !networkCode.test(code)) {
    return code === readOnlyTransaction || unavailableClasses.includes(code.slice(0, 2));
  }
  return networkCode.test(code);
}

function sqlState(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
