import { expect } from 'chai';
import { emptyLexicon } from '../../../src/core/lexicon/lexicon.ts';
import { compileTopics } from '../../../src/core/topics/compile-topics.ts';
import { describeMatch } from '../../../src/core/topics/describe-match.ts';
import { matchStory } from '../../../src/core/topics/match-story.ts';
import type { Item, Topic, TopicMatch } from '../../../src/model.ts';
import { sampleItem, sampleTopic } from './sample-topic.ts';

/** Without a lexicon: what follows holds for words, names and places in any language, known to it or not. */
const lexicon = emptyLexicon();

function match(topic: Partial<Topic>, ...items: Partial<Item>[]): TopicMatch | undefined {
  const compiled = compileTopics([sampleTopic(topic)], { lexicon });
  const versions = items.map((changes, index) => {
    const item = sampleItem({ id: `i${index}`, ...changes });
    return { item, source: { id: item.sourceId, tags: item.sourceId === 'ansa' ? ['italy'] : [] } };
  });
  return matchStory(compiled, versions)[0];
}

describe('a topic of places and names', () => {
  const places: [string, string, string][] = [
    ['it', 'Il governo libico a Roma', 'libico'],
    ['fr', 'La Libye vote dimanche', 'Libye'],
    ['de', 'Libysche Küstenwache hilft', 'Libysche'],
    ['es', 'Elecciones en Libia', 'Libia'],
    ['ru', 'Вести из Ливии', 'Ливии'],
    ['ru', 'Ливийские порты открыты', 'Ливийские'],
    ['ar', 'وصل الوفد إلى ليبيا', 'ليبيا'],
    ['ar', 'الحكومة الليبية', 'الليبية'],
    ['he', 'הבחירות בלוב', 'בלוב'],
    ['el', 'Εκλογές στη Λιβύη', 'Λιβύη'],
    ['tr', "Libya'da seçim", 'Libya'],
    ['fi', 'Vaalit Libyassa', 'Libyassa'],
    ['hu', 'Választás Líbiában', 'Líbiában'],
    ['hi', 'लीबिया में चुनाव', 'लीबिया'],
    ['zh', '利比亚东部洪水', '利比亚'],
    ['ja', 'リビアで選挙', 'リビア'],
    ['ko', '리비아에서 선거', '리비아에서'],
    ['th', 'การเลือกตั้งในลิเบีย', 'ลิเบีย'],
  ];
  for (const [language, title, found] of places) {
    it(`finds Libya as ${found} (${language})`, () => {
      const [evidence] = match({ any: ['Libya'] }, { language, title })?.evidence ?? [];
      expect(evidence).to.include({ kind: 'place', wanted: 'Libya', found, where: 'title' });
    });
  }

  it('finds it whatever language the topic is written in', () => {
    for (const wanted of ['Libia', 'Libye', 'Libyen', 'ليبيا', 'Ливия', '利比亚', 'Libyan', 'libico']) {
      const topic = { any: [wanted], prefer: { languages: wanted === 'libico' ? ['it'] : [], sources: [] } };
      expect(match(topic, { language: 'en', title: 'Talks on Libya resume' })?.strength, wanted).to.be.at.least(0.9);
    }
  });

  const names: [string, string, string][] = [
    ['ru', 'Хафтар прибыл в Каир', 'Haftar'],
    ['ar', 'حفتر يصل إلى القاهرة', 'Haftar'],
    ['es', 'Jalifa Haftar en El Cairo', 'Haftar'],
    ['pl', 'Spotkanie z Haftarem', 'Haftar'],
    ['fr', 'Poutine à Pékin', 'Putin'],
    ['uk', 'Промова Зеленського', 'Zelensky'],
    ['de', 'Selenskyj in Berlin', 'Zelensky'],
  ];
  for (const [language, title, wanted] of names) {
    it(`hears ${wanted} in “${title}”`, () => {
      expect(match({ any: [wanted] }, { language, title })?.evidence[0]?.wanted).to.equal(wanted);
    });
  }

  const not: [string, string, string][] = [
    ['Turkey', 'en', 'How to carve a turkey'],
    ['China', 'en', 'A cupboard full of china'],
    ['Niger', 'en', 'Nigeria beats Ghana'],
    ['Niger', 'fr', 'La présidence nigériane dément'],
    ['Austria', 'en', 'Fires in Australia'],
    ['Libya', 'en', 'Liberia signs a treaty'],
    ['Pelosi', 'en', 'Police in Rome'],
    ['Mali', 'it', 'I mali del secolo'],
    ['US', 'en', 'They told us so'],
    ['Scotland', 'en', 'England win the toss'],
  ];
  for (const [wanted, language, title] of not) {
    it(`does not find ${wanted} in “${title}”`, () => {
      expect(match({ any: [wanted] }, { language, title })).to.equal(undefined);
    });
  }
});

describe('the rules of a topic', () => {
  it('want one of any, each of all, and none of none', () => {
    const topic = { any: ['bridge', 'tunnel'], all: ['Genoa'], none: ['football'] };
    expect(match(topic, { title: 'New bridge for Genoa' })).not.to.equal(undefined);
    expect(match(topic, { title: 'New bridge for Milan' })).to.equal(undefined);
    expect(match(topic, { title: 'News from Genoa' })).to.equal(undefined);
    expect(match(topic, { title: 'Genoa: football under the bridge' })).to.equal(undefined);
  });

  it('let any version bring the story in, and any version keep it out', () => {
    const de = { language: 'de', title: 'Ein Fluss steigt' };
    expect(match({ any: ['bridge'] }, de, { title: 'A bridge closes' })?.evidence[0]?.itemId).to.equal('i1');
    expect(match({ any: ['Fluss'], none: ['bridge'] }, de, { title: 'A bridge closes' })).to.equal(undefined);
  });

  it('ask for inflected forms of the same word, but not for other words that begin alike', () => {
    expect(match({ any: ['tunnel'] }, { title: 'Two tunnels under the Alps' })?.evidence[0]?.found).to.equal('tunnels');
    expect(match({ any: ['tunnel'] }, { title: 'The tunnelling of quantum particles' })).to.equal(undefined);
  });

  it('weigh a title more than the head of a text, and that more than its depth', () => {
    const filler = 'Something else was said there today. ';
    const title = match({ any: ['harbour'] }, { title: 'The harbour reopens' })?.strength ?? 0;
    const head = match({ any: ['harbour'] }, { title: 'x', text: `The harbour reopens. ${filler}` })?.strength ?? 0;
    const deep =
      match({ any: ['harbour'] }, { title: 'x', text: `${filler.repeat(25)} The harbour reopens.` })?.strength ?? 0;
    expect(title).to.be.greaterThan(head);
    expect(head).to.be.greaterThan(deep);
    expect(deep).to.be.greaterThan(0);
  });

  it('want the words of a phrase side by side in its own language', () => {
    const topic = { any: ['solar storm'] };
    expect(match(topic, { title: 'Solar storms expected tonight' })?.evidence[0]?.found).to.equal('Solar storms');
    expect(match(topic, { title: 'A storm hits the solar farm' })).to.equal(undefined);
  });

  it('ask only the versions of the sources that it names, by id or by tag', () => {
    const item = { title: 'A bridge closes' };
    expect(match({ any: ['bridge'], sources: ['ansa'] }, { ...item, sourceId: 'ansa' })).not.to.equal(undefined);
    expect(match({ any: ['bridge'], sources: ['tag:italy'] }, { ...item, sourceId: 'ansa' })).not.to.equal(undefined);
    expect(match({ any: ['bridge'], sources: ['tag:italy'] }, { ...item, sourceId: 'afp' })).to.equal(undefined);
  });

  it('want a version in one of the languages, whichever version matches', () => {
    const english = { title: 'A bridge closes' };
    expect(match({ any: ['bridge'], languages: ['it'] }, english)).to.equal(undefined);
    expect(match({ any: ['bridge'], languages: ['it'] }, english, { language: 'it', title: 'x' })).not.to.equal(
      undefined,
    );
    expect(match({ any: ['bridge'], languages: ['pt'] }, english, { language: 'pt-BR', title: 'x' })).not.to.equal(
      undefined,
    );
  });

  it('take everything from the sources when they name nothing else, and nothing when they say nothing at all', () => {
    expect(match({ sources: ['ansa'] }, { title: 'x' })?.evidence[0]?.kind).to.equal('all-items');
    expect(match({}, { title: 'x' })).to.equal(undefined);
  });

  it('find a subject in what the source calls its sections, in many languages', () => {
    for (const category of ['Politica', 'Politik', 'News/Politics', 'Политика', 'سياسة', '政治', 'medtop:11000000']) {
      const found = match({ subject: 'politics' }, { title: 'x', categories: [category] });
      expect(found?.evidence[0], category).to.deep.include({
        kind: 'subject',
        wanted: 'politics',
        where: 'categories',
      });
    }
    expect(match({ subject: 'politics' }, { title: 'x', categories: ['Sport'] })).to.equal(undefined);
  });

  it('answer the same for the same story, and nothing for a story without words', () => {
    const item = { title: 'A bridge closes' };
    expect(match({ any: ['bridge'] }, item)).to.deep.equal(match({ any: ['bridge'] }, item));
    expect(match({ any: ['bridge', '', '???'] }, { title: '' })).to.equal(undefined);
  });
});

describe('the reasons of a match', () => {
  const reasons = (topic: Partial<Topic>, item: Partial<Item>, language: 'en' | 'it') =>
    describeMatch(match(topic, item)?.evidence ?? [], language)[0];

  it('are put into words, in English and Italian', () => {
    const haftar = { language: 'ar', title: 'حفتر يصل إلى القاهرة' };
    expect(reasons({ any: ['Haftar'] }, haftar, 'en')).to.match(/^Haftar: the name “حفتر” in the title \(\d+ %\)$/);
    expect(reasons({ any: ['Haftar'] }, haftar, 'it')).to.match(/^Haftar: il nome «حفتر» nel titolo \(\d+ %\)$/);
    expect(reasons({ sources: ['ansa'] }, { title: 'x' }, 'it')).to.equal('tutto da ansa');
    expect(reasons({ any: ['bridge'] }, { title: 'x', text: 'The $& bridge' }, 'en')).to.match(
      /^bridge: the word “bridge” in the text/,
    );
  });

  it('tell a place from its people', () => {
    const place = { language: 'it', title: 'Elezioni in Libia' };
    const people = { language: 'it', title: 'Il governo libico a Roma' };
    expect(reasons({ any: ['Libya'] }, place, 'en')).to.match(/^Libya: the place “Libia”/);
    expect(reasons({ any: ['Libya'] }, people, 'en')).to.match(/^Libya: the people “libico”/);
    expect(reasons({ any: ['Libya'] }, people, 'it')).to.match(/^Libya: la popolazione «libico»/);
  });
});
