import { pino } from 'pino';
import { redact } from './core/text/redact.ts';
import type { Log } from './pipeline/ports.ts';

/** JSON lines; every text value passes the redactor, because addresses and error messages may carry secrets. */
export function createLog(stream: NodeJS.WritableStream, level: string): Log {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: label => ({ level: label }) } },
    stream as never,
  );
  const write =
    (severity: 'info' | 'warn' | 'error') =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      logger[severity](clean(fields), message);
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

function clean(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, cleanValue(value, depthMax)]));
}

const depthMax = 5;

/** What lies deeper than anybody logs is left out. */
function cleanValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redact(value);
  if (value instanceof Error) return redact(value.stack ?? value.message);
  if (value === null || typeof value !== 'object') return value;
  if (depth === 0) return '…';
  if (Array.isArray(value)) return value.map(each => cleanValue(each, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleanValue(each, depth - 1)]));
}
