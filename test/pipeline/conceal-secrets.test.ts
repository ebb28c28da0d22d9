import { expect } from 'chai';
import { concealEntry, concealText, dots, revealEntry, revealText } from '../../src/pipeline/conceal-secrets.ts';

const reference = (name: string) => `$${`{${name}}`}`;

describe('secrets of the configuration', () => {
  const shown: readonly (readonly [string, Record<string, unknown>, Record<string, unknown>])[] = [
    [
      'a password',
      { http: { auth: { user: 'u', password: 'p' } } },
      { http: { auth: { user: dots, password: dots } } },
    ],
    ['a key in a header', { http: { headers: { 'X-Api-Key': 'k' } } }, { http: { headers: { 'X-Api-Key': dots } } }],
    [
      'a bearer token',
      { http: { headers: { Authorization: 'Bearer k' } } },
      { http: { headers: { Authorization: dots } } },
    ],
    [
      'a header that tells nothing',
      { http: { headers: { Accept: 'text/html' } } },
      { http: { headers: { Accept: 'text/html' } } },
    ],
    [
      'a reference',
      { http: { auth: { user: reference('U'), password: reference('P') } } },
      { http: { auth: { user: reference('U'), password: reference('P') } } },
    ],
    [
      'a scheme and a reference',
      { http: { headers: { Authorization: `Bearer ${reference('T')}` } } },
      { http: { headers: { Authorization: `Bearer ${reference('T')}` } } },
    ],
    [
      'userinfo and query',
      { url: 'https://u:p@h.example/f?a=1&api_key=k#x' },
      { url: `https://${dots}@h.example/f?a=1&api_key=${dots}#x` },
    ],
    [
      'references in an address',
      { url: `https://h.example/f?token=${reference('T')}` },
      { url: `https://h.example/f?token=${reference('T')}` },
    ],
    [
      'a proxy',
      { http: { proxy: 'http://u:p@proxy.example:1' } },
      { http: { proxy: `http://${dots}@proxy.example:1` } },
    ],
  ];
  for (const [what, entry, concealed] of shown) {
    it(`shows ${what} as it may be shown, and takes it back as it was`, () => {
      const whole = { id: 'a', url: 'https://h.example/', ...entry };
      expect(concealEntry(whole)).to.deep.equal({ id: 'a', url: 'https://h.example/', ...concealed });
      expect(revealEntry(concealEntry(whole), whole)).to.deep.equal(whole);
    });
  }

  it('puts a secret back byte for byte, however it was written', () => {
    for (const written of ["'it''s'", '"p\\u0061ss"', 'plain # no secret', '|\n          over\n          lines']) {
      const text = `sources:\n  - id: a # x\n    http:\n      auth:\n        password: ${written}\n        user: u\n    url: https://a.example/\n`;
      const shown = concealText(text);
      expect(shown)
        .to.include(dots)
        .and.not.match(/it''s|u0061|plain|over/);
      expect(revealText(shown, text)).to.equal(text);
    }
  });

  it('refuses dots that stand for nothing, and secrets that would follow to another host', () => {
    const before = { url: 'https://h.example/f', http: { auth: { user: 'u', password: 'p' } } };
    expect(() => revealEntry({ url: 'https://h.example/', http: { headers: { Cookie: dots } } }, before)).to.throw(
      /not known/,
    );
    expect(() => revealEntry({ ...concealEntry(before), url: 'https://other.example/f' }, before)).to.throw(
      /another host/,
    );
    expect(() => revealEntry({ url: `https://${dots}@h.example/` }, null)).to.throw(/not known/);
    expect(revealEntry({ ...concealEntry(before), url: 'https://h.example/g' }, before)).to.have.property(
      'url',
      'https://h.example/g',
    );
  });

  const file = `# mine
sources:
  - id: a # first
    url: "https://u:p@h.example/?token=t"
    http: { headers: { X-Key: secret }, auth: { user: u, password: 'pass # word' } }
  - id: b
    url: https://h.example/b
    http:
      headers: { Cookie: other }
`;

  it('hides them in a file’s text and leaves everything else as it is', () => {
    const text = concealText(file);
    expect(text).to.not.match(/secret|pass # word|u:p@|other|token=t"/);
    expect(text).to.include('# mine').and.include('# first').and.include('url: https://h.example/b');
    expect(revealText(text, file)).to.include('pass # word').and.include('token=t');
  });

  it('finds them again by entry when the order changed', () => {
    const swapped = concealText(file)
      .replace('id: a # first', 'id: TEMP')
      .replace('id: b', 'id: a')
      .replace('id: TEMP', 'id: b');
    expect(() => revealText(swapped, file)).to.throw();
    const text = concealText(file);
    const [head = '', a = '', b = ''] = text.split(/(?= {2}- id: )/);
    const revealed = revealText(head + b + a, file);
    expect(revealed.indexOf('other')).to.be.lessThan(revealed.indexOf('secret'));
  });

  it('hides them in store and cache addresses and in a file that cannot be read', () => {
    expect(concealText('store: { url: "postgres://u:pw@db/x" }\ndedup: { encoderKey: abc }\n')).to.not.match(/pw|abc/);
    expect(concealText('sources:\n  - id: [\n    password: hunter2\n    url: https://u:p@h/?key=k1\n')).to.not.match(
      /hunter2|u:p@|k1/,
    );
  });
});
