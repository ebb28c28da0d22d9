import { expect } from 'chai';
import { decideMove, type PendingMove } from '../../../src/core/schedule/redirects.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const from = 'https://old.example/feed';
const to = 'https://new.example/feed';

/** Answers in order: `[day, permanentUrl]`; what was decided last. */
function play(answers: [number, string | null][], sourceUrl = from) {
  let pending: PendingMove | null = null;
  const moves: (string | null)[] = [];
  for (const [at, permanentUrl] of answers) {
    const decision = decideMove({ sourceUrl, permanentUrl, pending, now: start + at * day });
    pending = decision.pending;
    moves.push(decision.moveTo);
  }
  return moves;
}

describe('permanent redirects change the stored address', () => {
  const rows: [string, [number, string | null][], (string | null)[], string?][] = [
    [
      'after three days of the same answer',
      [
        [0, to],
        [1, to],
        [2, to],
        [3, to],
      ],
      [null, null, null, to],
    ],
    [
      'not before, however often it is said',
      [
        [0, to],
        [1, to],
        [1.5, to],
        [2, to],
        [2.9, to],
      ],
      [null, null, null, null, null],
    ],
    [
      'not after two answers that lie far apart',
      [
        [0, to],
        [9, to],
      ],
      [null, null],
    ],
    [
      'not when the target changes',
      [
        [0, to],
        [2, 'https://other.example/'],
        [4, to],
      ],
      [null, null, null],
    ],
    [
      'not when the old address answers by itself again',
      [
        [0, to],
        [1, null],
        [2, to],
        [3.5, to],
        [4, to],
      ],
      [null, null, null, null, null],
    ],
    [
      'never from https to http',
      [
        [0, 'http://new.example/'],
        [2, 'http://new.example/'],
        [9, 'http://new.example/'],
      ],
      [null, null, null],
    ],
    [
      'from http to https like any other',
      [
        [0, to],
        [2, to],
        [3, to],
      ],
      [null, null, to],
      'http://old.example/feed',
    ],
    [
      'not to itself',
      [
        [0, from],
        [2, from],
        [9, from],
      ],
      [null, null, null],
    ],
    [
      'not by a clock that jumped back',
      [
        [9, to],
        [0, to],
        [2, to],
        [2.5, to],
      ],
      [null, null, null, null],
    ],
  ];
  for (const [name, answers, expected, source] of rows)
    it(name, () => expect(play(answers, source)).to.deep.equal(expected));
});
