import type { Request, Response } from 'express';
import type { WebContext } from '../web-context.ts';

const listenersMax = 100;
const beatMs = 20_000;
/** A listener that does not read is cut off before its backlog fills the memory. */
const backlogBytesMax = 256 * 1024;
const listening = new WeakMap<object, Set<(name: string, data: string) => void>>();

/** Sends what happens as server-sent events (HTML Living Standard §9.2). @returns false when too many listen already */
export function streamEvents(context: WebContext, request: Request, response: Response): boolean {
  const listeners = listenersOf(context);
  if (listeners.size >= listenersMax) return false;
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  if (request.method === 'HEAD') {
    response.end();
    return true;
  }
  response.flushHeaders();
  const write = (text: string) => {
    if (response.writableLength > backlogBytesMax) response.destroy();
    else response.write(text);
  };
  const listener = (name: string, data: string) => write(`event: ${name}\ndata: ${data.replace(/[\r\n]+/g, ' ')}\n\n`);
  const beat = setInterval(() => write(': beat\n\n'), beatMs);
  beat.unref();
  listeners.add(listener);
  write('retry: 5000\n: listening\n\n');
  request.on('close', () => {
    clearInterval(beat);
    listeners.delete(listener);
  });
  return true;
}

/** One subscription for the process, however many listen. */
function listenersOf(context: WebContext): Set<(name: string, data: string) => void> {
  const known = listening.get(context);
  if (known) return known;
  const listeners = new Set<(name: string, data: string) => void>();
  listening.set(context, listeners);
  const tell = (name: string, data: unknown) => {
    for (const listener of listeners) listener(name, JSON.stringify(data));
  };
  context.cache.subscribe('fetched', message => tell('fetched', JSON.parse(message)));
  context.cache.subscribe('items', source => tell('items', { source }));
  context.cache.subscribe('topic', topic => tell('topic', { topic }));
  context.cache.subscribe('work', message => {
    const { startedAt, ...work } = JSON.parse(message) as { startedAt: number };
    tell('work', { ...work, startedAt: new Date(startedAt).toISOString() });
  });
  context.config.onChange(config => tell('config', { sources: config.sources.length, topics: config.topics.length }));
  return listeners;
}
