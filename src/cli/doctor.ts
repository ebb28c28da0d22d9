import type { Command } from 'commander';
import Parser from 'rss-parser';
import { openCache } from '../cache/open-cache.ts';
import { formatProblems, loadConfig } from '../config/load-config.ts';
import { printable } from '../core/text/printable.ts';
import { redact } from '../core/text/redact.ts';
import { createProcessReader } from '../reader/process-reader.ts';
import { openStore } from '../store/open-store.ts';
import { configDir } from './open-config.ts';
import type { Shell } from './shell.ts';

type Finding = { readonly what: string; readonly ok: boolean; readonly detail: string };

/**
 * Is everything well? Configuration, reading, store, cache, sources; then it subscribes to every topic feed of the running service
 * with rss-parser, the client most programs of this ecosystem use, and says what a reader gets.
 * @returns 0 when nothing is wrong
 */
export async function doctorCommand(
  options: { readonly url?: string; readonly json?: boolean },
  command: Command,
  shell: Shell,
): Promise<number> {
  const findings: Finding[] = [];
  const note = (what: string, ok: boolean, words: string) => {
    const detail = printable(redact(words), { keepLines: true });
    findings.push({ what, ok, detail });
    if (!options.json) shell.stdout.write(`${ok ? '✓' : '✗'} ${what}: ${detail}\n`);
  };
  note('Node.js', Number(process.versions.node.split('.')[0]) >= 24, process.version);
  const loaded = await loadConfig(configDir(command, shell), shell.environment);
  if (!loaded.ok) {
    note('configuration', false, formatProblems(loaded.problems));
    return finish(findings, options, shell);
  }
  const { settings, sources, topics } = loaded.config;
  note('configuration', true, `${sources.length} sources, ${topics.length} topics`);
  await checkReading(note);
  await checkStore(settings.store.url, note);
  await checkCache(settings.cache.url, note);
  const base = (
    options.url ??
    `http://${settings.server.host === '0.0.0.0' ? '127.0.0.1' : settings.server.host}:${settings.server.port}`
  ).replace(/\/+$/, '');
  const running = await fetch(`${base}/healthz`, { signal: AbortSignal.timeout(5000) }).then(
    response => response.ok,
    () => false,
  );
  note(
    'service',
    running,
    running ? `answers at ${base}` : `nothing answers at ${base}; start it with npm start, or give --url`,
  );
  if (running)
    for (const id of ['all', ...topics.filter(topic => !topic.private).map(topic => topic.id)])
      await subscribe(`${base}/feeds/${id}.rss`, id, note);
  return finish(findings, options, shell);
}

type Note = (what: string, ok: boolean, detail: string) => void;

/** Documents are read in a process of their own, which has to start and find its code wherever newsfold lies. */
async function checkReading(note: Note): Promise<void> {
  const reader = createProcessReader({ processesMax: 1 });
  const body = Buffer.from('<rss version="2.0"><channel><item><title>Well</title></item></channel></rss>');
  const source = { id: 'doctor', keep: [], drop: [] };
  const began = performance.now();
  const outcome = await reader.read(
    { source, body, contentType: null, url: 'https://doctor.example/feed', known: [], now: Date.now() },
    { signal: new AbortController().signal },
  );
  const well = `a process of its own read a feed within ${((performance.now() - began) / 1000).toFixed(1)} s`;
  note('reading', outcome.kind === 'read', outcome.kind === 'read' ? well : outcome.message);
  await reader.close();
}

async function checkStore(url: string, note: Note): Promise<void> {
  try {
    const store = await openStore(url);
    try {
      await store.maintenance.check();
      const stats = await store.maintenance.stats(Date.now());
      note('store', true, `${store.engine}, ${stats.items} items, ${stats.stories} stories`);
      const states = await store.sources.list();
      for (const state of states.filter(({ problem }) => problem !== null))
        note(`source ${state.sourceId}`, false, state.problem ?? '');
      note('sources', true, `${states.filter(({ health }) => health === 'ok').length} of ${states.length} are well`);
    } finally {
      await store.close();
    }
  } catch (error) {
    note('store', false, (error as Error).message);
  }
}

async function checkCache(url: string, note: Note): Promise<void> {
  const cache = await openCache(url);
  try {
    await cache.set('doctor', Buffer.from('well'), 10_000);
    await cache.get('doctor');
    const status = cache.status();
    note('cache', status.ok, `${cache.engine}, ${status.detail}`);
  } finally {
    await cache.close();
  }
}

async function subscribe(url: string, id: string, note: Note): Promise<void> {
  try {
    const feed = await new Parser({ timeout: 10_000 }).parseURL(url);
    const [first] = feed.items;
    const broken = feed.items.filter(item => !item.guid || !item.title || !item.isoDate);
    note(
      `feed ${id}`,
      broken.length === 0,
      `${feed.items.length} entries${first ? `, newest: ${first.title}` : ''}${broken.length > 0 ? `; ${broken.length} without id, title or date` : ''}`,
    );
  } catch (error) {
    note(`feed ${id}`, false, `rss-parser cannot read ${url}: ${(error as Error).message}`);
  }
}

function finish(findings: readonly Finding[], options: { readonly json?: boolean }, shell: Shell): number {
  const ok = findings.every(finding => finding.ok);
  if (options.json) shell.stdout.write(`${JSON.stringify({ ok, findings })}\n`);
  return ok ? 0 : 1;
}
