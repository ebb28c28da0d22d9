import { expect } from 'chai';
import { htmlToText } from '../../../src/core/text/html-to-text.ts';

const table: readonly (readonly [html: string, text: string])[] = [
  ['a <b>b</b>c', 'a bc'],
  ['<p>a</p><p>b</p>', 'a b'],
  ['x<br>y', 'x y'],
  ['1 < 2 &amp; I <3 you', '1 < 2 & I <3 you'],
  ['a &lt;b&gt; &amp;amp;', 'a <b> &amp;'],
  ['x<script>alert("</p>")</script>y<STYLE>p{}</Style>z', 'x y z'],
  ['x<!-- a > b -->y<![CDATA[z]]>', 'xy'],
  ['<a title="a > b">k</a>', 'k'],
  ['text <a href="htt', 'text'],
  ['caf&eacute; &#8211; &#x1F600;', 'café – 😀'],
  ['  a\n\t b&nbsp;c ', 'a b c'],
];

describe('htmlToText', () => {
  for (const [html, text] of table) it(`reads ${JSON.stringify(html)}`, () => expect(htmlToText(html)).to.equal(text));

  it('comes to an end on shapes that cost others minutes', () => {
    for (const shape of ['x<p', '<a ="', '<!--', '<script>', '<', '<svg><p/>', "<a x='", '&#99999999999;']) {
      expect(htmlToText(shape.repeat(80_000))).to.be.a('string');
    }
  });
});
