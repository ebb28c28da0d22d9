import { expect } from 'chai';
import { alsoLabel, alsoLine } from '../../../src/core/render/also-line.ts';

const monde = { language: 'fr', sourceTitle: 'Le Monde', title: 'Titre', url: 'https://monde.example/1' };
const storyUrl = 'https://news.example/stories/1';
const others = [monde, { language: 'zh-Hant', sourceTitle: 'A & B', title: '', url: 'https://ab.example/1' }];

describe('the quiet line below an entry', () => {
  it('links the other versions with language badge and source, in the reader’s language', () => {
    expect(alsoLine(others, { storyUrl, readerLanguage: 'it' })).to.equal(
      '<p lang="it" dir="ltr"><small>Anche: <a href="https://monde.example/1" hreflang="fr" title="Titre">FR Le Monde</a>' +
        ' · <a href="https://ab.example/1" hreflang="zh-Hant">ZH A &amp; B</a></small></p>',
    );
  });

  it('runs from right to left for a reader who reads so', () => {
    expect(alsoLine(others, { storyUrl, readerLanguage: 'ar' })).to.match(/^<p lang="ar" dir="rtl"><small>أيضًا: /);
  });

  it('is English for a language without a word, and absent without other versions', () => {
    expect(alsoLine(others, { storyUrl, readerLanguage: 'tlh' })).to.match(/^<p lang="en" dir="ltr"><small>Also: /);
    expect(alsoLine([], { storyUrl, readerLanguage: 'it' })).to.equal('');
  });

  it('has a bound, and says how many more there are on the story’s page', () => {
    const many = Array.from({ length: 30 }, (_, n) => ({ ...monde, url: `https://monde.example/${n}` }));
    const line = alsoLine(many, { storyUrl, readerLanguage: 'en' });
    expect(line.match(/<a /g)).to.have.length(13);
    expect(line).to.include('>+18</a>');
  });

  it('knows the word for Also in the languages of the product', () => {
    const languages =
      'ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl pl pt ro ru sk sl sr sv sw ta th tr uk ur vi zh';
    for (const language of languages.split(' ')) {
      expect(alsoLabel(language) !== 'Also' || language === 'en', language).to.equal(true);
    }
  });
});
