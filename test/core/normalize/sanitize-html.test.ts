import { expect } from 'chai';
import { sanitizeHtml } from '../../../src/core/normalize/sanitize-html.ts';

const baseUrl = 'https://blog.example/2026/post';
const safe = (html: string) => sanitizeHtml(html, { baseUrl });

/** What goes in, what comes out, and why. */
const table: readonly (readonly [why: string, html: string, expected: string])[] = [
  ['plain text is not touched', 'a > b "c"', 'a > b "c"'],
  ['entities are decoded once and escaped again', 'Caf&eacute; &amp;lt; &nbsp;', 'Café &amp;lt; \u00a0'],
  ['a bare < is text', '1 < 2 & 3', '1 &lt; 2 &amp; 3'],
  ['handlers go, text stays', '<p onclick="x()">Hi</p>', '<p>Hi</p>'],
  ['classes, ids, names and styles go', '<p class=a id=b name=c style="position:fixed">x</p>', '<p>x</p>'],
  [
    'links are absolute and isolated',
    '<a href="../x" target=_top>l</a>',
    '<a href="https://blog.example/x" rel="noopener noreferrer">l</a>',
  ],
  ['a script address loses its link', '<a href=" jAva\nscript:alert(1)">l</a>', 'l'],
  [
    'data, vbscript and file lose theirs',
    '<a href="data:text/html,x">a</a><a href=vbscript:x>b</a><a href=file:///e>c</a>',
    'abc',
  ],
  [
    'mail and telephone are links',
    '<a href="mailto:a@b.c">m</a>',
    '<a href="mailto:a@b.c" rel="noopener noreferrer">m</a>',
  ],
  ['a link without address is text', '<a name="top">x</a>', 'x'],
  ['scripts and styles go with their text', 'a<script>b</script><style>c</style>d', 'ad'],
  [
    'forms go, their words stay',
    '<form action=/x><label>Name</label><input name=q><button formaction=/y>Go</button></form>',
    'NameGo',
  ],
  [
    'textarea and option are text',
    '<textarea><b>t</b></textarea><select><option>o</option></select>',
    '&lt;b&gt;t&lt;/b&gt;o',
  ],
  [
    'SVG and MathML are unwrapped',
    '<svg onload=x><text>t</text><a xlink:href="javascript:x">l</a></svg><math><mi>m</mi></math>',
    'tlm',
  ],
  [
    'meta, base and link go',
    '<meta http-equiv=refresh content="0;url=//x"><base href=//x><link rel=import href=//x>t',
    't',
  ],
  ['objects go', '<object data=x><embed src=x>inside</object>', 'inside'],
  ['one-pixel pictures go', 'a<img src=p.gif width=1 height=1>b', 'ab'],
  ['zero by style goes', 'a<img src=p.gif style="width:0;height:0">b', 'ab'],
  ['hidden pictures go', 'a<img src=p.gif style="display:/**/none">b<img src=q.gif hidden>', 'ab'],
  [
    'pictures in something hidden go, its text stays',
    '<div style="display:none">t<p><img src=p.gif></p></div>',
    '<div>t<p></p></div>',
  ],
  [
    'a picture after something hidden stays',
    '<i hidden>x</i><img src=p.gif>',
    '<i>x</i><img src="https://blog.example/2026/p.gif" alt="" />',
  ],
  ['known counters go', '<img src="https://pixel.wp.com/b.gif?x=1">t', 't'],
  [
    'sizes of real pictures stay',
    '<img src=/p.png alt="A &quot;b&quot;" width=640 height=100% onerror=x>',
    '<img src="https://blog.example/p.png" alt="A &quot;b&quot;" width="640" height="100%" />',
  ],
  [
    'a set of pictures is judged one by one',
    '<img src=a.png srcset="b.png 2x, javascript:x 3x,data:image/svg+xml,x 4x, /c,d.png 100w">',
    '<img src="https://blog.example/2026/a.png" srcset="https://blog.example/2026/b.png 2x, https://blog.example/c,d.png 100w" alt="" />',
  ],
  [
    'a lazily loaded picture is shown once',
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/p.png"><noscript><img src="/p.png"></noscript>',
    '<img src="https://blog.example/p.png" alt="" />',
  ],
  [
    'raster images may be in the page',
    '<img src="data:image/png;base64,AA==">',
    '<img src="data:image/png;base64,AA==" alt="" />',
  ],
  ['SVG images may not', '<img src="data:image/svg+xml;base64,AA==">', ''],
  [
    'players are sandboxed and what they hold comes after',
    '<iframe src="//www.youtube.com/embed/x?a=1&amp;b=2" width=560 srcdoc="<script>x</script>">no frames</iframe>z',
    '<iframe src="https://www.youtube.com/embed/x?a=1&amp;b=2" width="560" sandbox="allow-scripts allow-same-origin allow-popups allow-presentation" loading="lazy" allowfullscreen></iframe>no framesz',
  ],
  ['an unclosed frame swallows nothing', '<iframe src="https://evil.example/"><p>rest</p>', '<p>rest</p>'],
  ['our own placeholder cannot be forged', '<newsfold-frame src="javascript:x">t', 't'],
  [
    'video plays when asked to',
    '<video autoplay onplay=x poster="javascript:x" src=/a.mp4><track src=/a.vtt kind=captions srclang=it></video>',
    '<video src="https://blog.example/a.mp4" controls preload="none"><track src="https://blog.example/a.vtt" kind="captions" srclang="it" /></video>',
  ],
  [
    'tables keep their shape',
    '<table><tr><td colspan=2 rowspan=x>c</td></tr></table>',
    '<table><tr><td colspan="2">c</td></tr></table>',
  ],
  [
    'lists keep their numbers',
    '<ol start=3 type=a><li value=5>x</ol>',
    '<ol start="3" type="a"><li value="5">x</li></ol>',
  ],
  [
    'ruby, direction and language stay',
    '<p dir=RTL lang=ja><ruby>漢<rt>kan</rt></ruby></p>',
    '<p dir="RTL" lang="ja"><ruby>漢<rt>kan</rt></ruby></p>',
  ],
  [
    'quotes keep where they are from',
    '<blockquote cite="/q">x</blockquote>',
    '<blockquote cite="https://blog.example/q">x</blockquote>',
  ],
  ['xmp and listing are preformatted text', '<xmp><b>x</b></xmp>', '<pre>&lt;b&gt;x&lt;/b&gt;</pre>'],
  ['control characters go, named or not', 'a\u0000b&#1;c\u000b<p>\ud800d</p>', 'abc<p>d</p>'],
  ['NUL in a tag name hides nothing', '<scr\u0000ipt>x</scr\u0000ipt>y', 'y'],
];

describe('sanitizeHtml', () => {
  for (const [why, html, expected] of table) {
    it(why, () => {
      expect(safe(html)).to.equal(expected);
      expect(safe(expected), 'a second run changes nothing').to.equal(expected);
    });
  }

  it('drops relative addresses when there is nothing to resolve them against', () => {
    expect(sanitizeHtml('<a href=x>a</a><img src=y>', { baseUrl: null })).to.equal('a');
    expect(sanitizeHtml('<a href=x>a</a>', { baseUrl: 'nonsense' })).to.equal('a');
    expect(sanitizeHtml('<a href="https://x.example/">a</a>', { baseUrl: 'nonsense' })).to.contain(
      'https://x.example/',
    );
  });

  describe('embedded players', () => {
    const permitted = [
      'https://www.youtube.com/embed/a',
      'https://www.youtube-nocookie.com/embed/a',
      'https://player.vimeo.com/video/1',
    ];
    const lookalikes = [
      'http://www.youtube.com/embed/a',
      'https://www.youtube.com.evil.example/embed/a',
      'https://evil.example/https://www.youtube.com/embed/a',
      'https://www.youtube.com@evil.example/embed/a',
      'https://user:pw@www.youtube.com/embed/a',
      'https://www.youtube.com:8443/embed/a',
      'https://xwww.youtube.com/embed/a',
      'https://www.youtubeXcom/embed/a',
      'https://www.youtube.com/redirect?q=https://evil.example',
      'https://www.youtube.com/embed/../redirect?q=x',
      'https://www.youtube.com\\.evil.example/embed/a',
      'https://evil.example\\@www.youtube.com/embed/a',
      'https://www.youtube.com./embed/a',
      '/embed/a',
      'javascript:alert(1)//www.youtube.com/embed/',
      'data:text/html,www.youtube.com/embed/',
    ];
    for (const address of permitted)
      it(`keeps ${address}`, () => expect(safe(`<iframe src="${address}"></iframe>`)).to.contain('<iframe'));
    for (const address of lookalikes)
      it(`drops ${address}`, () => expect(safe(`<iframe src="${address}"></iframe>`)).to.equal(''));
  });

  describe('hostile shapes', () => {
    const many = 100_000;
    const shapes: Readonly<Record<string, string>> = {
      'nested divs': `${'<div>'.repeat(many)}x`,
      'closed nested divs': `${'<div>'.repeat(many)}x${'</div>'.repeat(many)}`,
      'stray end tags in deep nesting': '<b>'.repeat(900) + '</i>'.repeat(many),
      'tables in tables': '<table><tr><td>'.repeat(many),
      'frames in frames': '<iframe>'.repeat(many),
      ampersands: '&'.repeat(many),
      'less-than signs': '<'.repeat(many),
      'unclosed tags': 'x<p'.repeat(many),
      'short links with a long base': '<a href=x>x</a>'.repeat(many / 5),
      'many attributes': `<p ${Array.from({ length: many }, (_, index) => `a${index}=1`).join(' ')}>x`,
      'open style comments': `<p style="${'/*'.repeat(many)}*/">x`,
      'srcset of commas': `<img src=x srcset="${', '.repeat(many)}">`,
      'left-out end tags': '<p>'.repeat(many),
      'mixed signs': '<&'.repeat(many),
    };
    for (const [name, html] of Object.entries(shapes)) {
      it(`${name}: bounded, and the same again`, () => {
        const once = safe(html);
        expect(once.length).to.be.at.most(2 * html.length + 1024);
        expect(safe(once) === once).to.equal(true);
      });
    }
  });
});
