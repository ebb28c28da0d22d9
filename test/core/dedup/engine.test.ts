import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { createDedupEngine, type DedupEngine, type DedupInput } from '../../../src/core/dedup/engine.ts';
import { openLexicon } from '../../../src/core/lexicon/lexicon.ts';
import { seedTeasers } from '../../support/seed-teasers.ts';

const lexicon = openLexicon(readFileSync(join(import.meta.dirname, '../../../src/core/lexicon/lexicon.bin')));
const HOUR = 3_600_000;
const noon = Date.UTC(2025, 0, 20, 12);

function engine(windowMs = 7 * 24 * HOUR): DedupEngine {
  return createDedupEngine({ lexicon, windowMs });
}

let counter = 0;
function item(title: string, more: Partial<DedupInput> = {}): DedupInput {
  counter += 1;
  return { id: `i${counter}`, sourceId: `s${counter}`, language: 'en', title, text: '', url: null, at: noon, ...more };
}

/** The stories of a batch: equal numbers are one story. */
function fold(items: readonly DedupInput[], dedup = engine()): number[] {
  const numbers = new Map<string, number>();
  return items.map(input => {
    const { storyId } = dedup.add(input);
    if (!numbers.has(storyId)) numbers.set(storyId, numbers.size);
    return numbers.get(storyId) as number;
  });
}

describe('the dedup engine', () => {
  it('makes exactly ten stories of a page with an article and eleven teasers, two of them told twice', () => {
    const page: readonly (readonly [string, string, string])[] = [
      [
        'en',
        'Russian army officials visit Libya after Haftar invite',
        'Russian military officials including Moscow’s deputy defense minister arrived in Libya on Tuesday after receiving an invite from pro-Moscow military strongman Khalifa Haftar.',
      ],
      ...seedTeasers,
    ];
    const stories = fold(page.map(([language, title, text]) => item(title, { language, text })));
    expect(new Set(stories).size).to.equal(10);
    expect(stories[6]).to.equal(stories[7]);
    expect(stories[8]).to.equal(stories[9]);
  });

  it('gives a new story the id of its first item', () => {
    const first = item('Volcano erupts near Reykjavik, airport closed');
    expect(engine().add(first)).to.deep.include({ storyId: first.id, isNew: true, with: null });
  });

  const certain: readonly (readonly [string, Partial<DedupInput>, Partial<DedupInput>, string])[] = [
    ['the same address', { url: 'https://a.example/x/1' }, { url: 'https://a.example/x/1' }, 'same-url'],
    [
      'a translation the publisher links',
      { url: 'https://a.example/en/1' },
      { url: 'https://a.example/it/1', alternates: [{ language: 'en', url: 'https://a.example/en/1' }] },
      'alternate',
    ],
  ];
  for (const [name, one, two, kind] of certain)
    it(`is certain by ${name}`, () => {
      const dedup = engine();
      const first = item('Parliament passes the new budget law', one);
      dedup.add(first);
      const decision = dedup.add(item('Parliament passes new budget law after long night', two));
      expect(decision.storyId).to.equal(first.id);
      expect(decision.score).to.be.greaterThan(0.99);
      expect(decision.evidence.map(piece => piece.kind)).to.include(kind);
    });

  it('is not misled by a front page as address', () => {
    const url = 'https://a.example/';
    expect(
      fold([item('Flood in Valencia kills dozens', { url }), item('Bank cuts interest rates again', { url })]),
    ).to.deep.equal([0, 1]);
  });

  it('is not misled by a picture that everything has', () => {
    const image = 'https://a.example/logo.png';
    const titles = ['Flood in Valencia kills dozens', 'Bank cuts interest rates again', 'Painter wins prize in Oslo'];
    expect(fold(titles.map(title => item(title, { image })))).to.deep.equal([0, 1, 2]);
  });

  const apart: readonly (readonly [string, readonly [string, string]])[] = [
    ['results of two matches', ['Inter beat Juventus 2-1 at San Siro', 'Inter beat Juventus 3-0 at San Siro']],
    ['quarters', ['Solvane profit rises in Q2 on strong demand', 'Solvane profit rises in Q3 on strong demand']],
    ['magnitudes', ['Earthquake of magnitude 7.1 hits Turkey', 'Earthquake of magnitude 4.3 hits Turkey']],
    ['places of one kind of event', ['Earthquake hits Greece, no victims', 'Earthquake hits Japan, no victims']],
  ];
  for (const [name, [one, two]] of apart)
    it(`keeps ${name} apart`, () => {
      expect(fold([item(one), item(two)])).to.deep.equal([0, 1]);
    });

  it('takes the next edition of a column for another story', () => {
    const column = (day: number) =>
      item(`Morning briefing, ${day} May: what to know today`, { sourceId: 'paper', at: noon + day * 24 * HOUR });
    expect(fold([column(12), column(13)])).to.deep.equal([0, 1]);
    const forecast = (day: string, degrees: number, days: number) =>
      item(`Wetter in Bayern am ${day}: Sonne und bis zu ${degrees} Grad`, {
        ...{ language: 'de', sourceId: 'bayern', at: noon + days * 24 * HOUR },
      });
    expect(fold([forecast('Mittwoch', 14, 0), forecast('Donnerstag', 16, 1)])).to.deep.equal([0, 1]);
    const ofOneDay = [
      item('Le prime pagine di oggi, mercoledì 5 marzo', { language: 'it' }),
      item('La revue de presse du mercredi 5 mars', { language: 'fr' }),
      item('Bonoloto: comprobar resultados del miércoles 5 de marzo', { language: 'es' }),
    ];
    expect(fold(ofOneDay)).to.deep.equal([0, 1, 2]);
    const horoscopes = [
      item('Günlük burç yorumları: 5 Mart Çarşamba', { language: 'tr' }),
      item('La revue de presse du mercredi 5 mars', { language: 'fr' }),
    ];
    expect(fold(horoscopes)).to.deep.equal([0, 1]);
  });

  it('takes a press review for none of the stories it tells of', () => {
    const text = 'Ferry crews strike for two days in Piraeus, and the islands wait for fuel and food.';
    expect(
      fold([
        item('Greece: two-day ferry strike in Piraeus', { text }),
        item('Press review: two-day ferry strike in Piraeus', { text: `${text} That and more in the papers.` }),
      ]),
    ).to.deep.equal([0, 1]);
  });

  it('takes a report of another day for another story where the title names the day', () => {
    expect(
      fold([
        item('Lottery numbers for 12 May: the draw in full'),
        item('Lottery numbers for 14 May: the draw in full'),
      ]),
    ).to.deep.equal([0, 1]);
    expect(
      fold([
        item('Earthquake of 12 May kills nine in Izmir'),
        item('Terremoto del 12 maggio, nove morti a Smirne', { language: 'it' }),
      ]),
    ).to.deep.equal([0, 0]);
  });

  it('takes a running report of the next day for another story', () => {
    const live = (day: number) =>
      item('War in Ukraine live: missiles hit Kyiv', {
        sourceId: 'paper',
        at: noon + day * 24 * HOUR,
        text: `Day ${day} of it.`,
      });
    expect(fold([live(1), live(2)])).to.deep.equal([0, 1]);
  });

  it('does not take a common number for a story', () => {
    expect(
      fold([
        item('Bus accident in Vietnam kills at least 13'),
        item('Un ragazzo di 13 anni ferito da uno squalo', { language: 'it' }),
      ]),
    ).to.deep.equal([0, 1]);
  });

  it('does not take what a publisher hangs on every title for a story', () => {
    const titles = [
      'Painter wins prize in Oslo',
      'Bank cuts interest rates again',
      'Storm closes schools in Lisbon',
      'New stadium planned in Leeds',
      'Wolf seen near village',
    ];
    const tails = ['Evening Courier Online', 'DW - 12.02.2023', 'Sport | Evening News'];
    for (const tail of tails)
      expect(fold(titles.map(title => item(`${title} - ${tail}`)))).to.deep.equal([0, 1, 2, 3, 4]);
  });

  it('merges hostile text with nothing, and soon', () => {
    const dedup = engine();
    const hostile = [
      '😀'.repeat(500_000),
      'Z̷̢̛͘'.repeat(200_000),
      'a'.repeat(1_048_576),
      '漢'.repeat(500_000),
      '',
      '١٢٣ '.repeat(300_000),
    ];
    dedup.add(item('Ordinary news about a flood in Valencia'));
    const stories = new Set(hostile.map(title => dedup.add(item(title, { language: null })).storyId));
    expect(stories.size).to.equal(hostile.length);
  });

  it('never throws, whatever the text', () => {
    const dedup = engine();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (title, text) => {
        const decision = dedup.add(item(title, { text, language: null }));
        expect(decision.storyId).to.be.a('string');
      }),
      { numRuns: 200 },
    );
  });

  it('decides the same for the same items in the same order', () => {
    const items = ['Flood in Valencia kills dozens', 'Valencia: dozens dead in floods', 'Bank cuts rates'].map(title =>
      item(title),
    );
    expect(fold(items)).to.deep.equal(fold(items));
  });

  it('says why, and why not', () => {
    const dedup = engine();
    const one = item('Trump visits Hanoi for talks with Vietnam’s president');
    const two = item('Trump a Hanoi per colloqui con il presidente del Vietnam', { language: 'it' });
    const other = item('Storm closes schools in Lisbon');
    dedup.add(one);
    const decision = dedup.add(two);
    dedup.add(other);
    expect(decision.storyId).to.equal(one.id);
    const kinds = decision.evidence.map(piece => piece.kind);
    expect(kinds).to.include.members(['meaning', 'time', 'probability']);
    const refusal = dedup.explain(one.id, other.id);
    expect(refusal).to.deep.include({ sameStory: false, candidate: false });
    expect(dedup.explain(one.id, two.id)).to.deep.include({ sameStory: true, candidate: true });
    expect(refusal?.refusal).to.deep.include({ kind: 'against' });
    expect(dedup.explain(one.id, 'nobody')).to.equal(null);
  });

  it('forgets what is older than its window', () => {
    const dedup = engine(24 * HOUR);
    dedup.add(item('Flood in Valencia kills dozens of people'));
    dedup.expire(noon + 25 * HOUR);
    expect(dedup.stats()).to.deep.include({ items: 0, stories: 0 });
  });

  it('goes on after a restart as if there had been none', () => {
    const [one, two, three] = [
      'Flood in Valencia kills dozens',
      'Bank cuts interest rates',
      'Valencia flood: dozens killed',
    ].map(title => item(title)) as [DedupInput, DedupInput, DedupInput];
    const before = engine();
    const decisions = [before.add(one), before.add(two)];
    const after = engine();
    after.restore(one, (decisions[0] as { storyId: string }).storyId);
    after.restore(two, (decisions[1] as { storyId: string }).storyId);
    expect(after.add(three).storyId).to.equal(before.add(three).storyId);
  });
});

describe('corrections', () => {
  const flood = () =>
    [
      item('Flood in Valencia kills dozens of people'),
      item('Valencia flood kills dozens of people, say rescuers'),
    ] as const;

  it('undoes a split: what it had parted meets again, and a story that never was one does not', () => {
    const dedup = engine();
    const title = 'Volcano near Catania erupts, the airport of Fontanarossa is closed';
    const [one, two, other] = [item(title), item(title), item('Parliament votes the new tax on sugar')];
    expect(fold([one, two, other], dedup)).to.deep.equal([0, 0, 1]);
    dedup.constrain([
      { kind: 'apart', a: two.id, b: one.id },
      { kind: 'apart', a: one.id, b: other.id },
    ]);
    expect(dedup.stats().stories).to.equal(3);
    expect(dedup.constrain([])).to.deep.equal([
      { kind: 'merge', from: two.id, into: one.id, evidence: [{ kind: 'correction', by: 'person' }] },
    ]);
    expect(dedup.constrain([])).to.deep.equal([]);
  });

  it('undoes a merge: the second story leaves as a whole; what came since stays, and so does what another correction holds', () => {
    const dedup = engine();
    const titles = ['Volcano near Catania erupts, Fontanarossa is closed', 'Parliament votes the new tax on sugar'];
    const [fire, fireToo, tax, taxToo] = titles.flatMap(title => [item(title), item(title)]) as DedupInput[];
    const alone = item('Harbour bridge reopens after nine years');
    fold([fire, fireToo, tax, taxToo, alone] as DedupInput[], dedup);
    const [a, b, c, d] = [fire?.id ?? '', tax?.id ?? '', taxToo?.id ?? '', alone.id];
    const merge = [
      { kind: 'together', a, b },
      { kind: 'together', a, b: d },
      { kind: 'together', a: b, b: c },
    ] as const;
    dedup.constrain(merge);
    expect(dedup.stats().stories).to.equal(1);
    const undone = dedup.constrain([]);
    expect(
      undone.map(change => (change.kind === 'split' ? [change.into, ...change.itemIds] : change.kind)),
    ).to.deep.equal([
      [b, b, c],
      [d, d],
    ]);
    expect(dedup.stats().stories).to.equal(3);
    dedup.constrain(merge);
    const held = dedup.constrain([{ kind: 'together', a: c, b: fireToo?.id ?? '' }]);
    expect(held.map(change => (change.kind === 'split' ? change.itemIds : change.kind))).to.deep.equal([[d]]);
  });

  it('part what evidence joined, and keep it apart', () => {
    const dedup = engine();
    const [one, two] = flood();
    dedup.add(one);
    expect(dedup.add(two).storyId).to.equal(one.id);
    const changes = dedup.constrain([{ kind: 'apart', a: one.id, b: two.id }]);
    expect(changes).to.have.length(1);
    expect(changes[0]).to.deep.include({ kind: 'split', from: one.id, into: two.id, itemIds: [two.id] });
    expect(dedup.settle(noon)).to.deep.equal([]);
    expect(dedup.add(two).storyId).to.equal(two.id);
  });

  it('join what nothing else would, before and after', () => {
    const dedup = engine();
    const one = item('Flood in Valencia kills dozens');
    const two = item('Museum opens in Oslo');
    dedup.add(one);
    dedup.add(two);
    const corrections = [{ kind: 'together', a: one.id, b: two.id }] as const;
    expect(dedup.constrain(corrections)).to.deep.include.members([
      { kind: 'merge', from: two.id, into: one.id, evidence: [{ kind: 'correction', by: 'person' }] },
    ]);
    const later = engine();
    later.constrain(corrections);
    later.add(one);
    expect(later.add(two).storyId).to.equal(one.id);
  });

  it('can be taken back: the last word counts', () => {
    const dedup = engine();
    const [one, two] = flood();
    dedup.constrain([
      { kind: 'apart', a: one.id, b: two.id },
      { kind: 'together', a: one.id, b: two.id },
    ]);
    dedup.add(one);
    expect(dedup.add(two).storyId).to.equal(one.id);
  });
});
