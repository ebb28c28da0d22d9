import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { eld } from 'eld/extrasmall';
import { detectorOf, openNgrams, writeNgrams } from '../../../src/core/normalize/language-ngrams.ts';
import { ngramsOfEld } from '../../../tools/language/build-ngrams.ts';
import { headlines } from '../../support/headlines.ts';

const file = readFileSync(new URL('../../../src/core/normalize/language-ngrams.bin', import.meta.url));
const detect = detectorOf(openNgrams(file));

/** Whole ones, halves of two languages, pieces that begin and end anywhere. */
const texts = headlines.flatMap(([, text], n) => {
  const other = headlines[(n * 7 + 3) % headlines.length]?.[1] ?? '';
  return [
    text,
    `${text.slice(0, text.length / 2)} ${other}`,
    text.slice(5, 30),
    text.toUpperCase(),
    `“${text}”, 1.000 – ${other}`,
  ];
});

describe('the table of letter groups', () => {
  it('is what the tool makes of the package it comes from', async () => {
    expect(Buffer.from(writeNgrams(await ngramsOfEld())).equals(file)).to.equal(true);
  });

  it('answers as the package does: the language, whether it is sure, and the scores', () => {
    let compared = 0;
    for (const text of texts) {
      const wanted = eld.detect(text);
      const found = detect(text);
      expect(found?.language ?? '', text).to.equal(wanted.language);
      if (!found) continue;
      expect(found.isReliable, text).to.equal(wanted.isReliable());
      const scores = wanted.getScores() as Record<string, number>;
      expect(Object.keys(found.scores), text).to.have.members(Object.keys(scores));
      for (const [language, score] of Object.entries(scores)) {
        expect(found.scores[language], `${language}: ${text}`).to.be.closeTo(score, 1e-9);
      }
      compared++;
    }
    expect(compared).to.be.greaterThan(150);
  });

  it('keeps the scores of an answer when another text is asked for', () => {
    const first = detect('Il governo approva la riforma delle pensioni dopo una lunga notte di voto');
    detect('Government passes pension reform after a long night of voting');
    expect(first?.scores.it).to.be.greaterThan(first?.scores.en ?? 1);
  });

  for (const [name, text] of [
    ['nothing', ''],
    ['no letters', '12:30 – 4 × 100, 🙂'],
    ['letters of no language in it', 'ᚠᚢᚦ ᚨᚱᚲ'],
  ] as const) {
    it(`says nothing of ${name}`, () => {
      expect(detect(text)).to.equal(null);
    });
  }

  it('reads hostile texts to their bound', () => {
    for (const text of [
      'a'.repeat(1e6),
      "'".repeat(1e5),
      '\ud800'.repeat(1e5),
      'é '.repeat(1e5),
      'İ'.repeat(1e5),
      '漢'.repeat(1e5),
    ]) {
      expect(() => detect(text)).not.to.throw();
    }
    expect(detect(`${'the house of the people is open '.repeat(40)}${'x'.repeat(1e6)}`)?.language).to.equal('en');
  });

  it('refuses a file that is cut off', () => {
    expect(() => openNgrams(file.subarray(0, file.length - 2))).to.throw('cut off');
  });
});
