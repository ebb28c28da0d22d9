import { once } from 'node:events';

/** What a command may touch of the outside; tests pass their own. */
export type CommandIo = {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly signal: AbortSignal;
};

/** With a way to fetch addresses, by the service's own guard and limits. */
export type FetchingIo = CommandIo & {
  readonly fetchUrl?: (
    url: string,
    signal: AbortSignal,
  ) => Promise<{ body: Uint8Array; contentType: string | null; finalUrl: string }>;
};

/** Waits while the reader is slow, so that a long stream is never held in memory. */
export async function write(stream: NodeJS.WritableStream, text: string, signal: AbortSignal): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain', { signal });
}
