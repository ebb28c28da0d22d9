import { expect } from 'chai';
import fc from 'fast-check';
import { emptyPack } from '../../../src/core/dedup/feature-store.ts';
import { decodeKept, encodeKept, type KeptItem } from '../../../src/core/dedup/kept-item.ts';

const terms = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(0xffffffff), fc.nat(255)), { maxLength: 255 }),
    fc.array(fc.tuple(fc.nat(0xffffffff), fc.nat(255)), { maxLength: 255 }),
    fc.nat(255),
  )
  .map(([title, full, flags]) => {
    const pack = emptyPack();
    pack.titleTerms = title.length;
    pack.fullTerms = full.length;
    pack.flags = flags;
    [...title, ...full].forEach(([id, weight], at) => {
      pack.ids[at] = id;
      pack.weights[at] = weight;
    });
    return pack;
  });

/** Any code unit, halves of pairs too: a title is cut where it is long enough. */
const text = (max: number) =>
  fc.string({ unit: fc.nat(0xffff).map(code => String.fromCharCode(code)), maxLength: max });

const kept: fc.Arbitrary<KeptItem> = fc.record({
  at: fc.double({ noNaN: true, noDefaultInfinity: true }),
  language: fc.option(fc.string({ minLength: 1, maxLength: 35 })),
  title: fc.oneof(text(300), fc.string({ maxLength: 300 })),
  facts: fc.array(
    fc.record({
      kind: fc.constantFrom('score', 'magnitude', 'quarter', 'date'),
      value: fc.constantFrom('3-1', '5.4', 'Q3', '12-31'),
    }),
    { maxLength: 6 },
  ),
  agency: fc.option(fc.constantFrom('Reuters', 'ČTK')),
  mould: fc.nat(0xffffffff),
  certain: fc.boolean(),
  counted: fc.boolean(),
  indexed: fc.boolean(),
  keys: fc.array(fc.record({ hash: fc.maxSafeNat(), shared: fc.boolean() }), { maxLength: 50 }),
  tails: fc.array(fc.nat(0xffff), { maxLength: 3 }),
  terms,
  meaning: fc.option(
    fc.record({
      encoder: fc.constantFrom('onnx Xenova/multilingual-e5-small', 'http bge-m3', 'ü'),
      vector: fc
        .array(fc.integer({ min: -127, max: 127 }), { minLength: 1, maxLength: 800 })
        .map(x => Int8Array.from(x)),
    }),
  ),
});

function plain(item: KeptItem) {
  const { ids, weights, titleTerms, fullTerms, flags } = item.terms;
  const count = titleTerms + fullTerms;
  return {
    ...item,
    terms: { ids: [...ids.slice(0, count)], weights: [...weights.slice(0, count)], titleTerms, fullTerms, flags },
  };
}

describe('an item as bytes', () => {
  it('comes back as it was, whatever is in it, and wherever in memory the bytes lie', () => {
    fc.assert(
      fc.property(kept, fc.nat(7), (item, offset) => {
        const bytes = encodeKept(item);
        const elsewhere = new Uint8Array(bytes.length + offset);
        elsewhere.set(bytes, offset);
        const found = decodeKept(elsewhere.subarray(offset), emptyPack());
        expect(found && plain(found)).to.deep.equal(plain(item));
      }),
    );
  });

  it('is the same bytes every time', () => {
    fc.assert(
      fc.property(kept, item => {
        const one = [...encodeKept(item)];
        for (let again = 0; again < 5; again += 1) expect([...encodeKept(item)]).to.deep.equal(one);
      }),
    );
  });

  it('takes a few hundred bytes, and never more than it may', () => {
    fc.assert(fc.property(kept, item => encodeKept(item).length <= 4096));
  });

  it('is refused when a single byte is another, one is missing or one too many', () => {
    fc.assert(
      fc.property(kept, fc.nat(), fc.integer({ min: 1, max: 255 }), (item, place, change) => {
        const bytes = encodeKept(item);
        const other = Uint8Array.from(bytes);
        other[place % bytes.length] = (other[place % bytes.length] as number) ^ change;
        expect(decodeKept(other, emptyPack()), `byte ${place % bytes.length}`).to.equal(null);
        expect(decodeKept(bytes.subarray(0, place % bytes.length), emptyPack())).to.equal(null);
        expect(decodeKept(Uint8Array.of(...bytes, change), emptyPack())).to.equal(null);
      }),
    );
  });

  it('is never made of arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), bytes => decodeKept(bytes, emptyPack()) === null));
  });

  it('is not kept when it has more of something than any item has', () => {
    const item = fc.sample(kept, 1)[0] as KeptItem;
    const crowded = { ...item, keys: Array.from({ length: 256 }, (_, hash) => ({ hash, shared: false })) };
    for (const odd of [crowded, { ...item, language: 'x'.repeat(256) }, { ...item, title: 'x'.repeat(301) }]) {
      expect(encodeKept(odd)).to.have.length(0);
      expect(decodeKept(encodeKept(odd), emptyPack())).to.equal(null);
    }
  });
});
