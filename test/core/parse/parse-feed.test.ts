import { expect } from 'chai';
import { parseFeed } from '../../../src/core/parse/parse-feed.ts';
import { errorCode } from '../../../src/errors.ts';
import type { ParsedFeed } from '../../../src/model.ts';

function parse(text: string): ParsedFeed {
  return parseFeed({ body: new TextEncoder().encode(text), url: 'https://site.example/feed' });
}

function rss(inside: string): string {
  return `<rss version="2.0"><channel><title>t</title><item><title>before</title></item>${inside}<item><title>after</title></item></channel></rss>`;
}

describe('parseFeed, limits', () => {
  it('keeps the first 2,000 items and says how many it left out', () => {
    const { items, warnings } = parse(`<rss><channel>${'<item><title>x</title></item>'.repeat(2003)}</channel></rss>`);
    expect(items).to.have.length(2000);
    expect(warnings.map(({ code, message }) => `${code}: ${message}`)).to.deep.equal([
      'too-many-items: 3 items after the first 2000 were left out',
    ]);
  });

  it('takes limits by name', () => {
    const body = new TextEncoder().encode(rss(''));
    expect(parseFeed({ body, limits: { itemsMax: 1 } }).items).to.have.length(1);
    try {
      parseFeed({ body, limits: { documentBytesMax: 10 } });
      expect.fail('a document over the limit was read');
    } catch (error) {
      expect(errorCode(error)).to.equal('document-too-large');
    }
  });

  it('cuts an item’s HTML at 1 MiB, never inside a tag', () => {
    const { items, warnings } = parse(
      rss(`<item><description>${'&lt;p class="x"&gt;word '.repeat(80_000)}</description></item>`),
    );
    const html = items[1]?.summaryHtml ?? '';
    expect(html.length).to.be.at.most(1024 * 1024);
    expect(html.lastIndexOf('<')).to.be.below(html.lastIndexOf('>'));
    expect(warnings.map(warning => [warning.code, warning.item])).to.deep.include(['too-long', 1]);
  });
});

/** Shapes that cost a naive parser its stack, its memory or the square of their size. The siblings must survive. */
const hostile: Readonly<Record<string, string>> = {
  '100,000 nested tags in a description': `<item><description>${'<b>'.repeat(100_000)}</description></item>`,
  '100,000 nested tags nobody knows': `${'<x>'.repeat(100_000)}${'</x>'.repeat(100_000)}`,
  'nested tags with the wrong end tags': `<item><description>${'<b>'.repeat(30_000)}${'</i>'.repeat(30_000)}</description></item>`,
  '20,000 nested xml:base': `<item><description>${'<p xml:base="a/">'.repeat(20_000)}</description></item>`,
  '20,000 nested namespaces': `<x>${Array.from({ length: 20_000 }, (_, i) => `<y xmlns:n${i}="urn:${i}">`).join('')}</x>`,
  'one tag with 100,000 attributes': `<item><title ${Array.from({ length: 100_000 }, (_, i) => `a${i}="v"`).join(' ')}>x</title></item>`,
  'x<p, 80,000 times': `<item><title>${'x&lt;p'.repeat(80_000)}</title><description>${'x<p'.repeat(80_000)}</description></item>`,
  'many CDATA sections': `<item><description>${'<![CDATA[<3]]>'.repeat(50_000)}</description></item>`,
  'huge numeric references': `<item><title>${'&#x110000;&#99999999999999999999;'.repeat(30_000)}</title></item>`,
  '300,000 bare ampersands': `<item><description>${'&'.repeat(300_000)}</description></item>`,
  '100,000 categories': `<item>${Array.from({ length: 100_000 }, (_, i) => `<category>${i}</category>`).join('')}</item>`,
  'an author without end': `<item><author>${'a@'.repeat(100_000)}</author></item>`,
};

describe('parseFeed, hostile shapes', () => {
  for (const [name, inside] of Object.entries(hostile)) {
    it(`reads on after ${name}`, () => {
      const { items } = parse(rss(inside));
      expect(items[0]?.title).to.equal('before');
      expect(items.at(-1)?.title).to.equal('after');
    });
  }

  it('expands internal entities within bounds', () => {
    const levels = 'bcdefghij'
      .split('')
      .map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghi'.charAt(i)};`.repeat(10)}">`);
    const doctype = `<!DOCTYPE rss [<!ENTITY a "lol">${levels.join('')}<!ENTITY k "${'x'.repeat(60_000)}">]>`;
    const { items } = parse(doctype + rss(`<item><description>${'&j;&k;'.repeat(2000)}</description></item>`));
    expect(items[1]?.summaryHtml?.length ?? 0).to.be.below(2_200_000);
    expect(items.at(-1)?.title).to.equal('after');
  });

  it('takes __proto__ and constructor for names like any other', () => {
    parse(
      '{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]}',
    );
    parse(rss('<item><__proto__>x</__proto__><constructor>y</constructor><category>__proto__</category></item>'));
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
  });
});
