import { expect } from 'chai';
import {
  chooseLanguage,
  type DetectedLanguage,
  detectLanguage,
  type LanguageDetector,
} from '../../../src/core/normalize/language.ts';
import { normalizeLanguageTag } from '../../../src/core/normalize/language-tag.ts';
import { loadDetector } from '../../../src/reader/load-detector.ts';
import { headlines } from '../../support/headlines.ts';

const tags: readonly (readonly [word: string | null, expected: string | null])[] = [
  ['en', 'en'],
  ['EN_us', 'en-US'],
  ['en-us', 'en-US'],
  ['pt-br', 'pt-BR'],
  ['zh-hant-tw', 'zh-Hant-TW'],
  ['sr-latn', 'sr-Latn'],
  ['ger', 'de'],
  ['deu', 'de'],
  ['fre', 'fr'],
  ['ita', 'it'],
  ['iw', 'he'],
  ['in', 'id'],
  ['jp', 'ja'],
  ['cz', 'cs'],
  ['no', 'nb'],
  ['no-NO', 'nb-NO'],
  ['nn', 'nn'],
  ['Italiano', 'it'],
  ['English', 'en'],
  [' fr ', 'fr'],
  ['it_IT.UTF-8', 'it-IT'],
  ['en-us, fr', 'en-US'],
  ['en;q=0.9', 'en'],
  ['en-', 'en'],
  ['en-english', 'en-english'],
  ['en-x-123456789', 'en'],
  ['und', null],
  ['mul', null],
  ['x-default', null],
  ['*', null],
  ['', null],
  [null, null],
  ['utf-8', null],
  ['[lang]', null],
  ['http://www.example.com/', null],
];

/** A detector that hears what it is told to. */
const hears =
  (language: string, options: Partial<DetectedLanguage> = {}): LanguageDetector =>
  () => ({ language, isReliable: true, scores: { [language]: 0.8 }, ...options });
const italian = 'Il governo approva la riforma delle pensioni';
const longRussian = 'Правительство приняло пенсионную реформу';

const choices: readonly (readonly [
  why: string,
  text: string,
  claims: (string | null)[],
  LanguageDetector,
  string | null,
])[] = [
  ['a claim that the text bears out', italian, ['it-IT'], hears('it'), 'it-IT'],
  ["WordPress's default is overruled", italian, ['en-US'], hears('it'), 'it'],
  ['the next claim is asked before the detector', italian, ['en-US', 'it-CH'], hears('it'), 'it-CH'],
  ['a short text overrules nobody', 'OK Computer', ['it'], hears('en'), 'it'],
  ['an unsure detector overrules nobody', italian, ['it'], hears('en', { isReliable: false }), 'it'],
  ['a close race overrules nobody', italian, ['it'], hears('es', { scores: { es: 0.8, it: 0.75 } }), 'it'],
  ['between close languages the claim wins', italian, ['bs'], hears('hr'), 'bs'],
  ['Slovak is not made Czech', italian, ['sk'], hears('cs'), 'sk'],
  ['Bokmål is not made Danish', italian, ['no'], hears('da'), 'nb'],
  ['letters overrule a claim', longRussian, ['en'], hears('en'), 'ru'],
  ['letters of one language need no detector', '한국어로 된 제목입니다 정말로', ['en'], () => null, 'ko'],
  ['a foreign title in Latin letters stays in its feed', 'iPhone 16 Pro', ['ru'], hears('en'), 'ru'],
  ['Han alone may be Japanese when claimed', '東京都知事選', ['ja'], hears('zh'), 'ja'],
  ['Traditional Chinese keeps its tag', '政府經過漫長一夜的表決通過', ['zh-TW'], () => null, 'zh-TW'],
  ['Serbian in Latin letters', 'Vlada je usvojila penzionu reformu posle duge noći', ['sr'], hears('hr'), 'sr'],
  ['Kurdish beside Persian', 'حکومەتی هەرێم بڕیاری دا لەسەر ڕیفۆرم', ['ckb'], hears('fa'), 'ckb'],
  ['nobody says anything', italian, [null], hears('it'), 'it'],
  ['nothing to read', '123 – 456', ['fr'], hears('en'), 'fr'],
  ['nothing at all', '', [], () => null, null],
  [
    'addresses are of no language',
    'https://example.com/the-best-of-the-best @theuser #thetag',
    ['it'],
    hears('en'),
    'it',
  ],
  ['a nonsense claim is none', italian, ['xx', 'mul'], hears('it'), 'it'],
  ['a language the detector does not know', italian, ['mt'], hears('it', { isReliable: false }), 'mt'],
];

describe('language', () => {
  let detector: LanguageDetector;
  before(async () => {
    detector = await loadDetector();
  });

  describe('normalizeLanguageTag', () => {
    for (const [word, expected] of tags) {
      it(`${JSON.stringify(word)} is ${expected}`, () => expect(normalizeLanguageTag(word)).to.equal(expected));
    }
  });

  describe('detectLanguage', () => {
    for (const [language, text] of headlines) {
      it(language, () => expect(detectLanguage(text, detector)?.language).to.equal(language));
      it(`${language} is not taken for English, but stays ${language} when said`, () => {
        expect(chooseLanguage(text, [language], detector)).to.equal(language);
        if (language !== 'en') expect(chooseLanguage(`${text}. ${text}`, ['en-US'], detector)).to.equal(language);
      });
    }
  });

  describe('chooseLanguage', () => {
    for (const [why, text, claims, hearing, expected] of choices) {
      it(why, () => expect(chooseLanguage(text, claims, hearing)).to.equal(expected));
    }
  });
});
