/**
 * A cached topic feed of 50 stories, and 304s, beside nginx serving the same bytes as a static file, in one run with pairs of turns;
 * then the uncached render. `node bench/serve.ts [seconds per turn] [pairs]`, 4 s and 3 pairs unless told.
 *
 * Needs wrk and nginx (Debian: wrk, nginx-light). Requests per second per core: by the CPU time that the server's own processes used,
 * so that a busy machine and the load generator do not count. Everything on 127.0.0.1, ended by process id.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf } from '../test/support/child-processes.ts';
import { freePort } from '../test/support/services.ts';
import { fillStore } from './support/fill-store.ts';
import { cpuMsOf, machineLine, median, startProcess } from './support/service-process.ts';

const seconds = Number(process.argv[2] ?? 4);
const pairs = Number(process.argv[3] ?? 3);
const connections = 200;
const lacking = [
  ['wrk', '/usr/bin/wrk'],
  ['nginx', '/usr/sbin/nginx'],
].flatMap(([name = '', path = '']) => (existsSync(path) ? [] : [name]));
if (lacking.length > 0) {
  console.log(`bench/serve needs ${lacking.join(' and ')} (Debian: wrk, nginx-light): not measured`);
  process.exit(0);
}

const dir = await mkdtemp(join(tmpdir(), 'newsfold-bench-'));
await fillStore(`sqlite:${join(dir, 'newsfold.db')}`, { topic: 'bench', stories: 60 });
const service = await startProcess({
  newsfold: 'samples: false\nroles: [web]\n',
  sources: 'sources: [{ id: bench, url: "https://bench.example/feed" }]\n',
  topics: 'topics: [{ id: bench, title: Bench, sources: [bench], perSourceMax: 50 }]\n',
  dir,
});
const path = '/feeds/bench.atom?limit=50';
const first = await fetch(service.url + path, { headers: { 'accept-encoding': 'identity' } });
const body = new Uint8Array(await first.arrayBuffer());
if (first.status !== 200 || body.byteLength < 50_000)
  throw new Error(`the feed answered ${first.status} with ${body.byteLength} bytes`);
const etag = first.headers.get('etag') ?? '';
const nginx = await startNginx(body);
const bare = await startBare(join(dir, 'nginx/feed.atom'));
const nginxEtag = (await fetch(`${nginx.url}/feed.atom`)).headers.get('etag') ?? '';
console.log(
  `${machineLine()}; feed of 50 stories, ${(body.byteLength / 1000).toFixed(0)} kB, ${connections} connections`,
);

try {
  for (const [name, ours, theirs] of [
    ['200', {}, {}],
    ['304', { 'If-None-Match': etag }, { 'If-None-Match': nginxEtag }],
    ['200 gzip', { 'Accept-Encoding': 'gzip' }, { 'Accept-Encoding': 'gzip' }],
  ] as const) {
    await load(`${service.url}${path}`, ours, 2, [service.pid]);
    const turns: { readonly newsfold: Load; readonly nginx: Load; readonly node: Load }[] = [];
    for (let n = 0; n < pairs; n++) {
      turns.push({
        nginx: await load(`${nginx.url}/feed.atom`, theirs, seconds, nginx.workers()),
        newsfold: await load(`${service.url}${path}`, ours, seconds, [service.pid]),
        node: await load(bare.url, name === '304' ? { 'If-None-Match': '"bare"' } : {}, seconds, [bare.pid]),
      });
    }
    console.log(`${name}:`);
    for (const who of ['nginx', 'newsfold', 'node'] as const) {
      if (who === 'node' && name === '200 gzip') continue;
      const [byTime, byCpu] = (['perSecond', 'perCpuSecond'] as const).map(what =>
        median(turns.map(turn => turn[who][what] / turn.nginx[what])).toFixed(2),
      );
      console.log(
        `  ${(who === 'node' ? 'bare node:http' : who).padEnd(15)} ${show(turns.map(turn => turn[who]))}; ` +
          `of nginx: ${byTime} by time, ${byCpu} by CPU time`,
      );
    }
  }
  await uncached();
} finally {
  await service.stop();
  await nginx.stop();
  await bare.stop();
  await rm(dir, { recursive: true, force: true });
}

type Load = { readonly perSecond: number; readonly perCpuSecond: number; readonly p99Ms: number };

function show(loads: readonly Load[]): string {
  const of = (pick: (load: Load) => number) => Math.round(median(loads.map(pick))).toLocaleString('en');
  return `${of(l => l.perSecond)}/s, ${of(l => l.perCpuSecond)} per CPU second, p99 ${median(loads.map(l => l.p99Ms)).toFixed(1)} ms`;
}

async function load(
  url: string,
  headers: Readonly<Record<string, string>>,
  forSeconds: number,
  pids: readonly number[],
): Promise<Load> {
  const cpu = () => pids.reduce((sum, pid) => sum + cpuMsOf(pid), 0);
  const before = cpu();
  const flags = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const wrk = spawn('wrk', ['-t1', `-c${connections}`, `-d${forSeconds}s`, '--latency', ...flags, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  wrk.stdout.on('data', chunk => {
    said += String(chunk);
  });
  await once(wrk, 'exit');
  const cpuSeconds = (cpu() - before) / 1000;
  const requests = Number(/(\d+) requests in/.exec(said)?.[1] ?? 0);
  if (/Non-2xx/.test(said)) throw new Error(`${url} answered with errors: ${said}`);
  const [, p99 = '0', unit = 'ms'] = /99%\s+([\d.]+)(us|ms|s)/.exec(said) ?? [];
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(said)?.[1] ?? 0),
    perCpuSecond: requests / cpuSeconds,
    p99Ms: Number(p99) * ({ us: 0.001, ms: 1, s: 1000 }[unit] ?? 1),
  };
}

/** A page asked for by an address nobody used before: from the store, rendered, compressed by nobody. */
async function uncached(): Promise<void> {
  const times: number[] = [];
  const cpu: number[] = [];
  for (let n = 0; n < 120; n++) {
    const before = cpuMsOf(service.pid);
    const start = performance.now();
    await (
      await fetch(`${service.url}${path}&before=${Date.now() + 1e9 + n}`, {
        headers: { 'accept-encoding': 'identity' },
      })
    ).text();
    times.push(performance.now() - start);
    cpu.push(cpuMsOf(service.pid) - before);
  }
  const late = times.slice(40);
  const cpuMean = cpu.slice(40).reduce((a, b) => a + b, 0) / late.length;
  console.log(
    `uncached page of 50 stories, request to last byte: median ${median(late).toFixed(1)} ms, CPU ${cpuMean.toFixed(1)} ms each`,
  );
}

/** Node's own server with the same bytes: what no program on Node can beat. */
async function startBare(file: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support/bare-server.ts'), file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    pid: child.pid as number,
    url: `${String(line).trim()}/`,
    stop: async () => {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}

/** One worker, a static file, keep-alive, no access log: as quick as it gets. */
async function startNginx(file: Uint8Array) {
  const root = join(dir, 'nginx');
  await mkdir(root);
  await writeFile(join(root, 'feed.atom'), file);
  const nginxPort = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    kind => `${kind}_temp_path ${root}/${kind};`,
  );
  await writeFile(
    join(root, 'nginx.conf'),
    `${process.getuid?.() === 0 ? 'user root; ' : ''}worker_processes 1; pid ${root}/nginx.pid; error_log ${root}/error.log; daemon off;
events { worker_connections 1024; }
http { access_log off; sendfile on; keepalive_requests 1000000; types { application/atom+xml atom; } gzip on; gzip_types application/atom+xml;
  ${temporary.join(' ')}
  server { listen 127.0.0.1:${nginxPort} reuseport; root ${root}; } }\n`,
  );
  // Static gzip beside it, as a careful admin would have it.
  execFileSync('gzip', ['-k', '-6', join(root, 'feed.atom')]);
  const child = spawn('/usr/sbin/nginx', ['-c', join(root, 'nginx.conf'), '-p', root], { stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGTERM'));
  const url = `http://127.0.0.1:${nginxPort}`;
  for (let tries = 0; tries < 50; tries++) {
    if (await fetch(url).catch(() => null)) break;
    await sleep(100);
  }
  return {
    url,
    /** The master does nothing; its child does the work. */
    workers: () => childrenOf(child.pid as number),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
