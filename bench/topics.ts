/**
 * CPU time of matching one story of three versions with text against many topics, and of compiling them.
 * `node bench/topics.ts [topics]`, 1,000 unless told. Needs the lexicon.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyLexicon, openLexicon } from '../src/core/lexicon/lexicon.ts';
import { compileTopics } from '../src/core/topics/compile-topics.ts';
import { matchStory, type VersionOfSource } from '../src/core/topics/match-story.ts';
import { subjects } from '../src/core/topics/subject-names.ts';
import type { Item, Topic } from '../src/model.ts';

const count = Number(process.argv[2] ?? 1000);
const file = join(import.meta.dirname, '../src/core/lexicon/lexicon.bin');
if (!existsSync(file)) console.log('no lexicon.bin: only words, names and places are matched');
const lexicon = existsSync(file) ? openLexicon(readFileSync(file)) : emptyLexicon();

const words =
  'election earthquake vaccine inflation football strike drought bank school hospital climate refugee satellite robot museum river bridge mayor judge nurse farmer wolf glacier train airport tax pension budget drone missile parliament church festival film novel opera recipe wine tourism hotel flood wildfire volcano storm'.split(
    ' ',
  );
const names =
  'Libya Haftar Italy Macron Germany Ukraine Zelensky Turkey Erdoğan China Japan Brazil Lula Egypt Tunisia Nigeria Kenya India Modi Mexico Canada Spain Poland Tusk Greece Lebanon Syria Iran Iraq Sudan Chad Niger Mali Peru Chile Cuba Gaza Netanyahu Putin Xi'.split(
    ' ',
  );

const syllables = 'ka lo mi ren tas vo bel dur fin gor hal nis pra sel tov'.split(' ');

/** A surname of three syllables, another one for each number. */
function surname(n: number): string {
  const parts = [n, n * 7 + 1, Math.floor(n / 15) + n].map(part => syllables[part % syllables.length] ?? '');
  return parts.join('').replace(/^./, first => first.toUpperCase());
}

/**
 * Everyday topics: people, phrases, a country with a theme; one in ten a single broad word or country, one in ten a
 * subject, one in twenty by meaning.
 */
function topic(n: number): Topic {
  const word = words[n % words.length] ?? '';
  const name = names[Math.floor(n / words.length) % names.length] ?? '';
  const isAbout = n % 20 === 7;
  const isBroad = n % 10 === 5;
  const base: Topic = {
    id: `topic-${n}`,
    title: `${name} ${word}`,
    any: isAbout
      ? []
      : isBroad
        ? [n % 4 === 1 ? word : name]
        : [
            `${name} ${word}`,
            surname(n),
            `${word} ${words[(n * 7 + 3) % words.length]}`,
            `${surname(n + 1)} ${surname(n + 2)}`,
          ],
    all: [],
    none: n % 5 === 0 ? ['horoscope'] : [],
    threshold: 'normal',
    sources: [],
    languages: [],
    prefer: { languages: [], sources: [] },
    perSourceMax: 10,
    private: false,
    formerIds: [],
  };
  if (isAbout) return { ...base, about: `news about ${word}, ${words[(n * 5 + 1) % words.length]} and ${name}` };
  const subject = subjects[n % subjects.length];
  return n % 10 === 3 && subject !== undefined ? { ...base, any: [], subject } : base;
}

const texts: readonly (readonly [string, string, string])[] = [
  [
    'en',
    'Libya: eastern commander meets mayors after the flood',
    'The commander of the eastern forces received the mayors of six towns on Friday to talk about rebuilding the bridges that the flood had carried away. The meeting, held behind closed doors, went on for more than three hours and ended without a statement. People in the valley have been waiting for new houses for a year; schools are closed, the hospital works with generators, and the road to the port is open for half of the day. A fund for the works was announced last winter, but the parliament and the bank disagree about who may sign for it. ',
  ],
  [
    'it',
    'Libia, Haftar riceve i sindaci dopo l’alluvione',
    'Il comandante delle forze dell’est ha ricevuto venerdì i sindaci di sei città per discutere della ricostruzione dei ponti portati via dalla piena. L’incontro, a porte chiuse, è durato più di tre ore e si è chiuso senza dichiarazioni. Gli abitanti della valle aspettano da un anno le nuove case; le scuole sono chiuse, l’ospedale lavora con i generatori e la strada per il porto è aperta mezza giornata. Un fondo per i lavori era stato annunciato l’inverno scorso, ma il parlamento e la banca non sono d’accordo su chi possa firmare. ',
  ],
  [
    'ar',
    'حفتر يستقبل رؤساء بلديات الشرق بعد الفيضانات',
    'استقبل قائد قوات الشرق يوم الجمعة رؤساء بلديات ست مدن لبحث إعادة بناء الجسور التي جرفتها السيول. واستمر الاجتماع المغلق أكثر من ثلاث ساعات وانتهى دون بيان. وينتظر سكان الوادي منذ عام بيوتا جديدة، والمدارس مغلقة، والمستشفى يعمل بالمولدات، والطريق إلى الميناء مفتوح نصف النهار. وكان قد أعلن عن صندوق للأشغال في الشتاء الماضي، لكن البرلمان والمصرف يختلفان على من يوقع. ',
  ],
];

function version([language, title, text]: readonly [string, string, string], n: number): VersionOfSource {
  const item: Item = {
    id: `i${n}`,
    sourceId: `s${n}`,
    guid: null,
    url: null,
    canonicalUrl: null,
    title,
    summaryHtml: null,
    contentHtml: null,
    text: text.repeat(2),
    language,
    publishedAt: null,
    updatedAt: null,
    firstSeenAt: 0,
    orderAt: 0,
    authors: [],
    categories: ['World'],
    enclosures: [],
    image: null,
    extra: {},
    contentHash: '',
  };
  return { item, source: { id: `s${n}`, tags: [] } };
}

const topics = Array.from({ length: count }, (_, n) => topic(n));
let begin = performance.now();
const compiled = compileTopics(topics, { lexicon });
const firstMs = performance.now() - begin;
begin = performance.now();
compileTopics(topics, { lexicon });
console.log(
  `compile ${count} topics: ${firstMs.toFixed(0)} ms at first, ${(performance.now() - begin).toFixed(0)} ms again`,
);

const versions = texts.map(version);
const wordsRead = versions.reduce((sum, { item }) => sum + item.text.split(' ').length, 0);
for (let n = 0; n < 60; n += 1) matchStory(compiled, versions);
const runs = 200;
const before = process.cpuUsage();
let matches = 0;
const times: number[] = [];
for (let n = 0; n < runs; n += 1) {
  const start = performance.now();
  matches = matchStory(compiled, versions).length;
  times.push(performance.now() - start);
}
const cpu = process.cpuUsage(before);
times.sort((a, b) => a - b);
console.log(
  `match a story of ${versions.length} versions (${wordsRead} words) against ${count} topics: ` +
    `${((cpu.user + cpu.system) / 1000 / runs).toFixed(2)} ms of CPU, median ${times[runs / 2]?.toFixed(2)} ms, ` +
    `p99 ${times[runs - 3]?.toFixed(2)} ms; ${matches} topics matched`,
);
