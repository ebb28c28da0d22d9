/** A program for `BoundedProcess` that does what a hostile document could make a library do. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { answerJobs } from '../../src/reader/answer-jobs.ts';

export type Task =
  | 'echo'
  | 'environment'
  | 'grow an array'
  | 'double an array'
  | 'fill a map'
  | 'loop'
  | 'exit'
  | 'throw outside'
  | 'recurse'
  | 'read the configuration'
  | 'write a file'
  | 'start a program'
  | 'start a thread'
  | 'evaluate text'
  | 'signals';

const tasks: Readonly<Record<Task, () => unknown>> = {
  echo: () => process.pid,
  environment: () => process.env,
  'grow an array': () => {
    for (const grown: number[] = []; ; ) grown.push(grown.length / 3);
  },
  'double an array': () => {
    for (let doubled = [1, 2, 3]; ; ) doubled = doubled.concat(doubled);
  },
  'fill a map': () => {
    for (const filled = new Map<string, number>(); ; ) filled.set(`key ${filled.size}`, filled.size);
  },
  loop: () => {
    for (;;);
  },
  exit: () => process.exit(7),
  'throw outside': () => {
    setImmediate(() => {
      throw new RangeError('nobody catches this');
    });
    return new Promise(() => undefined);
  },
  recurse: () => {
    const depth = (n: number): number => depth(n + 1) + 1;
    return depth(0);
  },
  'read the configuration': () => readFileSync(`${import.meta.dirname}/../../config/newsfold.yaml`, 'utf8'),
  'write a file': () => writeFileSync(`${import.meta.dirname}/written`, ''),
  'start a program': () => execFileSync('true'),
  'start a thread': () => new Worker('', { eval: true }),
  'evaluate text': () => new Function('return 1')(),
  signals: () => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(process.pid, signal);
    return existsSync(import.meta.filename);
  },
};

answerJobs(async (task: Task) => {
  try {
    return { done: await tasks[task]() };
  } catch (error) {
    return { refused: `${(error as { code?: string }).code ?? (error as Error).name}` };
  }
});
