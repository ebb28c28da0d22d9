import { expect } from 'chai';
import { emptyLexicon } from '../../../src/core/lexicon/lexicon.ts';
import { compileTopics } from '../../../src/core/topics/compile-topics.ts';
import { matchStory } from '../../../src/core/topics/match-story.ts';
import { createPhraseTable } from '../../../src/core/topics/phrase-table.ts';
import type { TopicMatch } from '../../../src/model.ts';
import { loadHeadlines, measurePhrases } from './phrase-set.ts';
import { sampleItem, sampleTopic } from './sample-topic.ts';
import { loadLexicon, precision, recall } from './topic-set.ts';

function match(wanted: string, language: string, title: string, topicLanguage = 'en'): TopicMatch | undefined {
  const topic = sampleTopic({ any: [wanted], prefer: { languages: [topicLanguage], sources: [] } });
  const compiled = compileTopics([topic], { lexicon: loadLexicon() ?? emptyLexicon() });
  return matchStory(compiled, [{ item: sampleItem({ language, title }), source: { id: 'x', tags: [] } }])[0];
}

describe('a phrase that is one word elsewhere', () => {
  const found: [string, string, string, string, string][] = [
    ['tremblement de terre', 'fr', 'de', 'Nach dem Erdbeben in der Türkei', 'Erdbeben'],
    ['tremblement de terre', 'fr', 'it', 'Terremoti, il piano della Regione', 'Terremoti'],
    ['tremblement de terre', 'fr', 'tr', 'Depremlerden sonra şehir', 'Depremlerden'],
    ['prime minister', 'en', 'de', 'Der Ministerpräsident von Polen tritt zurück', 'Ministerpräsident'],
    ['prime minister', 'en', 'pt', 'O primeiro-ministro demite-se', 'primeiro-ministro'],
    ['prime minister', 'en', 'he', 'הפגנה מול ביתו של ראש הממשלה', 'ראש הממשלה'],
    ['Klimawandel', 'de', 'fr', 'Le changement climatique et la vigne', 'changement climatique'],
    ['Klimawandel', 'de', 'ar', 'قمة عن التغير المناخي', 'التغير المناخي'],
    ['intelligence artificielle', 'fr', 'de', 'Wie KI die Schulen verändert', 'KI'],
    ['intelligence artificielle', 'fr', 'ja', '人工知能で点検を自動化', '人工知能'],
    ['start-up', 'en', 'it', 'Una startup torinese costruisce satelliti', 'startup'],
    ['mondiali di calcio', 'it', 'en', 'World Cup: a guide', 'World Cup'],
    ['mondiali di calcio', 'it', 'ru', 'На чемпионате мира по футболу', 'чемпионате мира'],
  ];
  for (const [wanted, topicLanguage, language, title, expected] of found) {
    it(`finds “${wanted}” as “${expected}” (${language})`, () => {
      expect(match(wanted, language, title, topicLanguage)?.evidence[0]).to.include({
        kind: 'concept',
        found: expected,
      });
    });
  }

  const not: [string, string, string][] = [
    ['start-up', 'en', 'The race will start up the hill'],
    ['prime minister', 'it', 'Premier League, vince il Liverpool'],
    ['prime minister', 'ru', 'Матч премьер-лиги перенесён'],
    ['artificial intelligence', 'it', 'Aiuti ai comuni colpiti'],
    ['artificial intelligence', 'it', 'AIUTI AI COMUNI COLPITI'],
    ['foreign minister', 'de', 'Der Minister für Verkehr reist ab'],
    ['coup d’état', 'sv', 'Statsministern presenterar ny regering'],
    ['stock exchange', 'it', 'Una borsa di studio per chi merita'],
    ['earthquake', 'hr', 'Potrebna je pomoć'],
  ];
  for (const [wanted, language, title] of not) {
    it(`does not find “${wanted}” in “${title}” (${language})`, () => {
      expect(match(wanted, language, title)).to.equal(undefined);
    });
  }

  it('is found in languages that have no expression of their own by its words, as before', () => {
    expect(match('World Cup', 'en', 'A cup for the world')).to.equal(undefined);
    expect(match('solar storm', 'en', 'Solar storms tonight')).not.to.equal(undefined);
  });
});

describe('the table of phrases', () => {
  const table = createPhraseTable();
  const all = [...table.byLanguage.values()].flat();

  it('says each thing in at least six languages, with a word in each expression', () => {
    for (const [row, languages] of table.languagesOf.entries()) expect(languages.size, String(row)).to.be.at.least(6);
    for (const { words, row } of all) expect(words.length, String(row)).to.be.at.least(1);
  });

  it('never says two things by one expression of a language', () => {
    for (const [language, expressions] of table.byLanguage) {
      const rows = new Map<string, number>();
      for (const { words, row } of expressions) {
        const text = words.map(({ folded }) => folded).join(' ');
        expect(rows.get(text) ?? row, `${language}: ${text}`).to.equal(row);
        rows.set(text, row);
      }
    }
  });
});

describe('topics of one phrase on 213 headlines in 17 languages', () => {
  const lexicon = loadLexicon();
  if (lexicon === null) {
    it('is not measured: this checkout has no lexicon (src/core/lexicon/lexicon.bin)', () => {
      console.log('      phrases not measured: no lexicon.bin');
    });
    return;
  }
  it('finds what people would', () => {
    const { total } = measurePhrases(lexicon, [...loadHeadlines('tune'), ...loadHeadlines('held-out')]);
    console.log(`      precision ${precision(total).toFixed(2)}, recall ${recall(total).toFixed(2)}`);
    expect(precision(total)).to.be.at.least(0.97);
    expect(recall(total)).to.be.at.least(0.95);
  });
});
