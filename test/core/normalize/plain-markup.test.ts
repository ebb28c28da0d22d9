import { expect } from 'chai';
import fc from 'fast-check';
import { sanitizePlain } from '../../../src/core/normalize/plain-markup.ts';
import { sanitizeByParser } from '../../../src/core/normalize/sanitize-html.ts';
import { dropControls } from '../../../src/core/text/clean-text.ts';
import { attacks } from './attack-payloads.ts';

const baseUrl = 'https://blog.example/2026/post';

/** Whether the quick way took it; where it did, it must have written what the parser's way writes. */
function agrees(given: string): boolean {
  const html = dropControls(given);
  const plain = sanitizePlain(html, baseUrl);
  if (plain !== null) expect(plain, html).to.equal(sanitizeByParser(html, baseUrl));
  return plain !== null;
}

const usual: readonly string[] = [
  'Text &amp; more &#8230; caf&eacute;',
  '<p class="has-text" style="text-align:left">A <a href="https://x.example/?a=1&amp;b=2" target=\'_blank\'>link</a>.<br/>\nMore</p>',
  '<figure><img src="/a.jpg" width="800" height="600" alt="" srcset="/a-400.jpg 400w, /a-800.jpg 800w"><figcaption>x</figcaption></figure>',
  '<ul><li>One<ul><li>Two</li></ul></li><li><p>Three</p></li></ul><hr />',
  '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td colspan="2">B</td></tr></tbody></table>',
  '<!-- wp:paragraph --><p lang="it" dir="ltr" title="">Ciao</p><!--more-->',
  '<p>Pixel <img src="https://x.example/p.gif" width="1" height="1" /></p>',
];

const notPlain: readonly string[] = [
  'a < b',
  '<P>upper case</P>',
  '<p>not closed',
  '<p><b>crossed</p></b>',
  '<p>one<p>two</p></p>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=https://x.example>no quotes</a>',
  '<a href="https://x.example">a<a href="https://y.example">b</a></a>',
  '<div style="display:none"><p>hidden</p></div>',
  '<script>x</script>',
  '<iframe src="https://www.youtube.com/embed/x"></iframe>',
  '<font color="red">x</font>',
  '<!--> <p>x</p> -->',
  '<![CDATA[x]]>',
  '<p/>x',
  '<b>'.repeat(101) + '</b>'.repeat(101),
];

const names =
  'p a b i div span table thead tbody tfoot tr td th ul ol li dl dt dd h1 h2 pre code blockquote ruby rt rp figure figcaption details summary q del time em strong section caption colgroup menu'.split(
    ' ',
  );
const attributeNames =
  'href src srcset alt title lang dir width height cite style class datetime start reversed data-src colspan align scope type value onclick id constructor open hidden rel target sizes'.split(
    ' ',
  );
const value = fc.oneof(
  fc.constantFrom(
    ...[
      'https://x.example/a?b=1&amp;c=2',
      '/x',
      '#top',
      'javascript:alert(1)',
      'jav&#x09;ascript:alert(1)',
      '',
      '1',
      '800',
      '1px',
    ],
    ...[
      '//y.example/z',
      'mailto:a@b.c',
      'data:image/png;base64,AAAA',
      'a&copy=1',
      '&#1;&#x80;&lt;',
      'https://x.example/é ü',
      'ltr',
    ],
    ...[
      'width:0',
      'display:none',
      'x.jpg 400w, y.jpg 2x',
      'x.jpg 0400w,y.jpg 1.5x',
      'https://x.example/a,b.jpg 3w',
      '&quot; x=&quot;',
    ],
    ...['HTTPS://X.example/|', 'https://x.example/(1).jpg 2x', '&#39;', ' a ', '2026-01-01'],
  ),
  fc.string({ maxLength: 6 }),
);
const attribute = fc
  .tuple(fc.constantFrom(...attributeNames), value, fc.constantFrom('"', "'", ''))
  .map(([name, given, quote]) =>
    quote === '' ? ` ${name}` : ` ${name}=${quote}${given.replaceAll(quote, '').replace(/[<>]/g, '')}${quote}`,
  );
const attributes = fc.array(attribute, { maxLength: 4 }).map(all => all.join(''));
const text = fc.oneof(
  fc.constantFrom(
    ...[
      'text',
      ' & ',
      '&lt;',
      '&amp;lt;b&gt;',
      '&copy',
      '&#8212;',
      '&nbsp;',
      '&#0;',
      '&#x81;',
      '&#xD800;',
      '"',
      '&;',
      'a > b',
    ],
    ...['&notit;', '&#38;lt;', '<!-- c -->', '<!--more-->', '<!-- a > -->', '\n'],
  ),
  fc.string({ maxLength: 5 }).map(part => part.replaceAll('<', '')),
);
const node: fc.Arbitrary<string> = fc.letrec<{ node: string }>(tie => ({
  node: fc.oneof(
    { weight: 3, arbitrary: text },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('br', 'hr', 'img', 'wbr', 'col'), attributes, fc.constantFrom('', ' /', '/'))
        .map(([name, given, slash]) => `<${name}${given}${slash}>`),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...names), attributes, fc.array(tie('node'), { maxLength: 4 }))
        .map(([name, given, content]) => `<${name}${given}>${content.join('')}</${name}>`),
    },
  ),
})).node;
const post = fc.array(node, { maxLength: 5 }).map(parts => parts.join(''));
/** A tidy post with one character too much, too few or in the wrong place. */
const bruised = fc
  .tuple(
    post,
    fc.nat(),
    fc.constantFrom('', '<', '>', '"', "'", '/', '&', '=', ' ', '\f', '-->', '</p>', '<p>', '<svg>', 'A'),
    fc.nat(2),
  )
  .map(([html, place, inserted, dropped]) => {
    const at = html.length === 0 ? 0 : place % html.length;
    return html.slice(0, at) + inserted + html.slice(at + dropped);
  });

/** The same inputs on every machine; `FUZZ_RUNS=50` makes fifty times as many, and others. */
const factor = Number(process.env.FUZZ_RUNS ?? 1);
const runs = (count: number) => (factor > 1 ? { numRuns: count * factor } : { numRuns: count, seed: 2026 });

describe('the quick way through plain markup', () => {
  for (const html of usual) it(`takes ${html.slice(0, 60)}`, () => expect(agrees(html)).to.equal(true));
  for (const html of notPlain)
    it(`leaves ${html.slice(0, 60)} to the parser`, () => expect(agrees(html)).to.equal(false));

  it('writes what the parser writes, of every attack that it takes at all', () => {
    const taken = attacks().filter(({ html }) => agrees(html)).length;
    expect(taken, 'most attacks are not plain').to.be.below(attacks().length / 10);
  });

  it('writes what the parser writes, of tidy posts with anything in them', () => {
    let taken = 0;
    fc.assert(
      fc.property(post, html => {
        if (agrees(html)) taken++;
      }),
      runs(3000),
    );
    expect(taken, 'else nothing was compared').to.be.above(1000);
  });

  it('writes what the parser writes, of posts that are almost tidy', () => {
    fc.assert(
      fc.property(bruised, html => {
        agrees(html);
      }),
      runs(3000),
    );
  });

  it('gives up in linear time', () => {
    const began = process.cpuUsage();
    for (const html of [
      `<p${' a'.repeat(500_000)}`,
      `<p title="${'x'.repeat(1_000_000)}`,
      `<!--${'-'.repeat(1_000_000)}`,
      `<p${' '.repeat(1_000_000)}`,
      `<p ${'a'.repeat(1_000_000)}`,
    ])
      expect(sanitizePlain(html, baseUrl)).to.equal(null);
    expect(process.cpuUsage(began).user / 1000).to.be.below(1500);
  });
});
