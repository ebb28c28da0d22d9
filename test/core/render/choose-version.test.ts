import { expect } from 'chai';
import { chooseVersion } from '../../../src/core/render/choose-version.ts';
import { sampleVersion } from './sample-version.ts';

const it1 = sampleVersion({ id: 'it1', sourceId: 'ansa', language: 'it', contentHtml: null });
const it2 = sampleVersion({ id: 'it2', sourceId: 'agi', language: 'it', contentHtml: '<p>tutto</p>' });
const fr = sampleVersion({ id: 'fr', sourceId: 'afp', language: 'fr', contentHtml: '<p>tout</p>' });
const pt = sampleVersion({ id: 'pt', sourceId: 'lusa', language: 'pt-PT' });
const br = sampleVersion({ id: 'br', sourceId: 'folha', language: 'pt-BR' });
const none = { languages: [], sources: [] };

describe('the version of a story that is shown', () => {
  const rows: [string, Parameters<typeof chooseVersion>, string][] = [
    ['is the first when nobody prefers one', [[fr, it2], { languages: [], prefer: none }], 'fr'],
    ['is in the reader’s language', [[fr, it2], { languages: ['de', 'it'], prefer: none }], 'it2'],
    [
      'is in the topic’s language when the reader’s is missing',
      [[fr, it2], { languages: ['de'], prefer: { languages: ['it'], sources: [] } }],
      'it2',
    ],
    [
      'follows the reader before the topic',
      [[it2, fr], { languages: ['fr'], prefer: { languages: ['it'], sources: ['agi'] } }],
      'fr',
    ],
    [
      'is of the preferred source among those of the language',
      [[it2, it1], { languages: ['it'], prefer: { languages: [], sources: ['ansa'] } }],
      'it1',
    ],
    [
      'is of the preferred source when no language is preferred',
      [[fr, it1], { languages: [], prefer: { languages: [], sources: ['ansa'] } }],
      'it1',
    ],
    ['is the full text among equals', [[it1, fr, it2], { languages: [], prefer: none }], 'it2'],
    ['never leaves the first one’s language for a fuller text', [[it1, fr], { languages: [], prefer: none }], 'it1'],
    ['is of the exact regional language when there is one', [[pt, br], { languages: ['pt-BR'], prefer: none }], 'br'],
    ['is of another region before another language', [[fr, pt], { languages: ['pt-BR'], prefer: none }], 'pt'],
  ];
  for (const [name, [versions, preference], expected] of rows) {
    it(name, () => {
      expect(chooseVersion(versions, preference).item.id).to.equal(expected);
    });
  }

  it('is a whole text before one that breaks off', () => {
    const cut = sampleVersion({ id: 'cut', language: 'it', contentHtml: '<p>…</p>', extra: { truncated: true } });
    expect(chooseVersion([cut, it1], { languages: [], prefer: none }).item.id).to.equal('it1');
  });
});
