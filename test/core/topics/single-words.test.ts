import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openLexicon } from '../../../src/core/lexicon/lexicon.ts';
import { compileTopics } from '../../../src/core/topics/compile-topics.ts';
import { matchStory } from '../../../src/core/topics/match-story.ts';
import { sampleItem, sampleTopic } from './sample-topic.ts';

const lexicon = openLexicon(readFileSync(join(import.meta.dirname, '../../../src/core/lexicon/lexicon.bin')));

/** A topic of one word says nothing else about its language: the word itself must be enough. */
describe('a topic of a single word, in its person’s language', () => {
  const headlines = {
    en: 'Strong earthquake shakes the coast of Chile',
    it: 'Forte terremoto scuote la costa del Cile',
    de: 'Starkes Erdbeben erschüttert die Küste Chiles',
    es: 'Un fuerte terremoto sacude la costa de Chile',
  };
  for (const word of ['earthquake', 'terremoto', 'séisme', 'Erdbeben', 'землетрясение', 'زلزال']) {
    it(`finds the quake in four languages by “${word}”`, () => {
      const compiled = compileTopics([sampleTopic({ id: 't', title: word, any: [word] })], { lexicon });
      const found = Object.entries(headlines).filter(
        ([language, title]) =>
          matchStory(compiled, [{ item: sampleItem({ title, language }), source: { id: 's', tags: [] } }]).length > 0,
      );
      expect(found.map(([language]) => language)).to.deep.equal(Object.keys(headlines));
    });
  }

  for (const [word, language, title] of [
    ['école', 'it', 'La scuola riapre lunedì'],
    ['banca centrale', 'en', 'Central bank raises rates'],
    ['banque centrale', 'en', 'Central bank raises rates'],
    ['incendie de forêt', 'es', 'Incendio forestal cerca de Valparaíso'],
    ['elezioni', 'fr', 'Les élections auront lieu en mai'],
    ['huelga', 'it', 'Sciopero dei treni venerdì'],
    ['réfugiés', 'en', 'Refugees reach the island'],
    ['Haftar', 'ru', 'Хафтар прибыл в Москву'],
  ] as const) {
    it(`finds “${title}” by “${word}”`, () => {
      const compiled = compileTopics([sampleTopic({ id: 't', title: word, any: [word] })], { lexicon });
      expect(
        matchStory(compiled, [{ item: sampleItem({ title, language }), source: { id: 's', tags: [] } }]).length,
      ).to.equal(1);
    });
  }
});
