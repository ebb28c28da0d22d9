import type { Millis } from '../model.ts';
import type { FactStore, Log } from './ports.ts';

/** Something long that somebody asked for and waits for, such as an import. */
export type Work = {
  readonly kind: 'import';
  readonly startedAt: Millis;
  readonly done: number;
  readonly total: number;
};

export type WorkBoard = {
  /** Puts it on the board until `run` ends, however it ends; `tell` says how far it is. */
  during<T>(
    work: Pick<Work, 'kind' | 'startedAt'>,
    run: (tell: (done: number, total: number) => void) => Promise<T>,
  ): Promise<T>;
  /** What every process of the service is doing for somebody right now, the oldest first. */
  list(): Promise<readonly Work[]>;
};

export type WorkBoardDeps = {
  readonly facts: Pick<FactStore, 'set' | 'delete' | 'list'>;
  /** Told when something begins, when it went on, and when it ended. */
  readonly notice: (work: Work, ended: boolean) => void;
  readonly newId: () => string;
  readonly now: () => Millis;
  readonly log: Log;
  readonly beatMs?: number;
};

const prefix = 'work:';
/** What was not heard of for so long was left by a process that died. */
const silentMsMax = 30_000;

type Noted = Work & { readonly seenAt: Millis };

/**
 * The board hangs in the store, so that whoever asks any process sees what all of them do. It only shows: a store that refuses
 * a note is logged, and the work goes on.
 */
export function createWorkBoard(deps: WorkBoardDeps): WorkBoard {
  const { facts, notice, newId, now, log, beatMs = 1000 } = deps;
  /** This process's own, by key: always as of now. */
  const own = new Map<string, Work>();
  const noted = (writing: Promise<void>) =>
    writing.catch(error => log.warn('work under way could not be noted', { error }));

  return {
    during: async (work, run) => {
      const key = prefix + newId();
      let writing: Promise<void> = Promise.resolve();
      const show = (): void => {
        const current = own.get(key);
        if (!current) return;
        writing = writing.then(() => noted(facts.set(key, JSON.stringify({ ...current, seenAt: now() }))));
        notice(current, false);
      };
      own.set(key, { ...work, done: 0, total: 0 });
      show();
      const beat = setInterval(show, beatMs);
      beat.unref();
      try {
        return await run((done, total) => own.set(key, { ...work, done, total }));
      } finally {
        clearInterval(beat);
        const last = own.get(key) ?? { ...work, done: 0, total: 0 };
        own.delete(key);
        await writing;
        await noted(facts.delete(key));
        notice(last, true);
      }
    },
    list: async () => {
      const works = [...own.values()];
      for (const [key, value] of await facts.list(prefix)) {
        if (own.has(key)) continue;
        const { seenAt, ...work } = JSON.parse(value) as Noted;
        if (now() - seenAt <= silentMsMax) works.push(work);
        else await noted(facts.delete(key));
      }
      return works.sort((a, b) => a.startedAt - b.startedAt);
    },
  };
}
