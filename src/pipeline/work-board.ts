import type { Millis } from '../model.ts';

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
  list(): readonly Work[];
};

/** What this process is doing for somebody right now. */
export function createWorkBoard(): WorkBoard {
  const works = new Map<symbol, Work>();
  return {
    during: async (work, run) => {
      const key = Symbol(work.kind);
      works.set(key, { ...work, done: 0, total: 0 });
      try {
        return await run((done, total) => works.set(key, { ...work, done, total }));
      } finally {
        works.delete(key);
      }
    },
    list: () => [...works.values()],
  };
}
