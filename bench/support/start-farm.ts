import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Farm = {
  readonly origin: string;
  readonly pid: number;
  /** One new item in every feed. */
  grow(): void;
  answered(): Promise<{ readonly whole: number; readonly unchanged: number }>;
  stop(): Promise<void>;
};

export async function startFarm(items = 30): Promise<Farm> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'feed-farm.ts'), String(items)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [origin] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    origin,
    pid: child.pid as number,
    grow: () => {
      child.stdin.write('grow\n');
    },
    answered: async () => (await (await fetch(`${origin}/`)).json()) as { whole: number; unchanged: number },
    stop: async () => {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}

/** `sources.yaml` for so many of its feeds. */
export function farmSources(farm: Farm, count: number): string {
  const rows = Array.from({ length: count }, (_, n) => `  - { id: farm-${n}, url: "${farm.origin}/feed/${n}.xml" }\n`);
  return `sources:\n${rows.join('')}`;
}
