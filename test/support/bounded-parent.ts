/** A process that starts a bounded one and tells its id; with `leave` it then has nothing more to do. */
import { BoundedProcess } from '../../src/reader/bounded-process.ts';
import type { Task } from './tasks-program.ts';

type Answer = { readonly done: number };
const bounded = new BoundedProcess<Task, Answer>(new URL('./tasks-program', import.meta.url), {
  timeBudgetMs: 5_000,
  heapMaxMiB: 64,
});
const answer = await bounded.run('echo');
process.send?.('done' in answer && answer.done);
if (process.argv[2] === 'leave') process.disconnect();
