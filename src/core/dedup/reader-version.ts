/**
 * Which reading the kept bytes of an item are of. Bytes of another reading are not recalled: their terms would not meet those of the items to
 * come. Nobody has to remember to count a version up: the lexicon tells itself apart, and what the code makes of a few samples tells the rest.
 * What no sample shows is small, and older readings leave with the window.
 */
import { createHash } from 'node:crypto';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { createDedupEngine } from './engine.ts';
import type { DedupInput } from './item-features.ts';
import { KEPT_LAYOUT } from './kept-item.ts';

/** @returns 16 hex digits; a few milliseconds of work. */
export function readerVersion(lexicon: Lexicon): string {
  const hash = createHash('sha256').update(`${KEPT_LAYOUT} ${JSON.stringify(lexicon.header)}`);
  const { conceptA, conceptB, slotWeights, idf, kinds, frequencies } = lexicon;
  for (const { buffer, byteOffset, byteLength } of [conceptA, conceptB, slotWeights, idf, kinds, frequencies])
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  const engine = createDedupEngine({ lexicon, windowMs: 1 });
  for (const sample of samples) hash.update(engine.restore(sample, sample.id));
  return hash.digest('hex').slice(0, 16);
}

/** Scripts, names, numbers, dates, results, credits and tails: something for every rule of reading. */
const titles: readonly (readonly [language: string | null, title: string, text: string])[] = [
  [
    'en',
    'Floods in Valencia kill 95 people, says King Felipe | Culture and life',
    'MADRID (Reuters) - Rescuers searched for survivors on July 4, 2025.',
  ],
  [
    'en',
    'Juventus beat Real Madrid 3-1 - Evening News',
    'Vlahovic scored twice in the second half of the match in Turin.',
  ],
  [
    null,
    'Apple reports record Q3 profit of $94.8bn',
    'The company said that iPhones sold better than expected in China.',
  ],
  [
    'it',
    'Terremoto di magnitudo 5.4 vicino a L’Aquila',
    'ROMA (ANSA) - La scossa è stata avvertita mercoledì 5 marzo alle 14.30.',
  ],
  [
    'fr',
    'L’Assemblée nationale adopte la réforme des retraites',
    'Le gouvernement d’Élisabeth Borne échappe à la censure.',
  ],
  ['es', 'Sánchez anuncia elecciones para el 23 de julio', 'El presidente del Gobierno disuelve las Cortes.'],
  [
    'de',
    'Bundesverfassungsgericht kippt Haushalt der Ampelkoalition',
    'Das Gericht in Karlsruhe entschied am 15. November.',
  ],
  ['pl', 'Wybory w Polsce: frekwencja przekroczyła 74 procent', 'Państwowa Komisja Wyborcza podała wyniki.'],
  ['hu', 'Orbán Viktor Pekingben tárgyalt Hszi Csin-pinggel', 'A miniszterelnök a békéről beszélt.'],
  ['tr', 'Erdoğan Ankara’da Putin ile görüştü', 'İki lider Suriye’yi konuştu.'],
  ['ru', 'Путин и Эрдоган обсудили Сирию в Сочи', 'Переговоры длились три часа (ТАСС)'],
  ['el', 'Φωτιές στη Ρόδο: εκκενώθηκαν δεκάδες ξενοδοχεία', 'Χιλιάδες τουρίστες μεταφέρθηκαν.'],
  ['ar', 'بوتين يلتقي أردوغان في سوتشي لبحث الأزمة السورية', 'قالت وكالة رويترز إن المحادثات استمرت ثلاث ساعات.'],
  ['he', 'בית המשפט העליון פסל את החוק', 'השופטים דנו בעתירות נגד ממשלת נתניהו.'],
  ['hi', 'प्रधानमंत्री मोदी ने दिल्ली में पुतिन से मुलाकात की', 'दोनों नेताओं ने व्यापार पर चर्चा की।'],
  ['zh', '习近平在北京会见普京', '两国元首就乌克兰局势交换意见。（新华社北京5月16日电）'],
  ['ja', '能登半島で震度7の地震、津波警報を発表：山海新聞デジタル', '気象庁によると、1月1日午後4時10分ごろ発生した。'],
  ['ko', '윤석열 대통령, 국회에서 탄핵소추안 가결', '헌법재판소가 심판에 들어갔다. (연합뉴스)'],
  ['th', 'นายกรัฐมนตรีเศรษฐาเยือนกรุงโตเกียว', 'การประชุมจะมีขึ้นในวันศุกร์'],
  ['vi', 'Thủ tướng Phạm Minh Chính thăm Trung Quốc', 'Hai bên ký kết nhiều thỏa thuận hợp tác.'],
  ['fi', 'Suomi liittyi Naton jäseneksi', 'Presidentti Niinistö osallistui seremoniaan Brysselissä.'],
  ['id', 'Gempa magnitudo 5,6 mengguncang Cianjur', 'Ratusan rumah rusak berat.'],
];

const samples: readonly DedupInput[] = titles.map(([language, title, text], at) => ({
  ...{ id: `${at}`, sourceId: 's', language, title, text, at: 0 },
  url: `https://example.org/news/${at}`,
  image: 'https://example.org/images/1.jpg',
  links: ['https://example.com/study'],
  alternates: [{ url: `https://example.org/fr/${at}`, language: 'fr' }],
  authors: at % 2 === 0 ? [] : ['AFP'],
}));
