import { expect } from 'chai';
import { numericOrder, parseMarkupDate, parseProseDate } from '../../../src/core/scrape/prose-dates.ts';

const now = Date.parse('2023-08-22T10:00:00Z');
const read = (text: string, language: string | null = null): string | null => {
  const found = parseProseDate(text, { now, language });
  return found === null ? null : new Date(found.at).toISOString();
};
const day = (date: string): string => `${date}T00:00:00.000Z`;

describe('dates in prose', () => {
  const absolute: [string, string | null, string][] = [
    ['3 août', 'fr', '2023-08-03'],
    ['1er août 2023', 'fr', '2023-08-01'],
    ['12 gen.', 'it', '2023-01-12'],
    ['lunedì 21 agosto 2023', 'it', '2023-08-21'],
    ['22. August 2023', 'de', '2023-08-22'],
    ['22 de agosto de 2023', 'es', '2023-08-22'],
    ['22 de agosto de 2023', 'pt', '2023-08-22'],
    ['August 22nd, 2023', 'en', '2023-08-22'],
    ['22 Ağustos 2023', 'tr', '2023-08-22'],
    ['22 августа 2023 г.', 'ru', '2023-08-22'],
    ['22 серпня 2023', 'uk', '2023-08-22'],
    ['22 sierpnia 2023', 'pl', '2023-08-22'],
    ['22. elokuuta 2023', 'fi', '2023-08-22'],
    ['2023. augusztus 22.', 'hu', '2023-08-22'],
    ['2023 m. rugpjūčio 22 d.', 'lt', '2023-08-22'],
    ['22 Αυγούστου 2023', 'el', '2023-08-22'],
    ['٢٢ أغسطس ٢٠٢٣', 'ar', '2023-08-22'],
    ['20 مايو / أيار 2023', 'ar', '2023-05-20'],
    ['۳۱ مرداد ۱۴۰۲', 'fa', '2023-08-22'],
    ['1402/05/31', 'fa', '2023-08-22'],
    ['ב-22 באוגוסט 2023', 'he', '2023-08-22'],
    ['22 सितंबर 2022', 'hi', '2022-09-22'],
    ['2023年8月22日', 'zh', '2023-08-22'],
    ['令和5年8月22日', 'ja', '2023-08-22'],
    ['2023년 8월 22일', 'ko', '2023-08-22'],
    ['15 tháng 8, 2023', 'vi', '2023-08-15'],
    ['3 listopada 2022', 'pl', '2022-11-03'],
    ['3. listopada 2022', 'hr', '2022-10-03'],
    ['22.08.2023', 'de', '2023-08-22'],
    ['08/03/2023', 'en', '2023-08-03'],
    ['3/8/23', 'en-GB', '2023-08-03'],
    ['22/08', 'it', '2023-08-22'],
    ['Autor: Jan Lis 17 maja 2023', 'pl', '2023-05-17'],
  ];
  for (const [text, language, expected] of absolute) {
    it(`reads "${text}"`, () => expect(read(text, language)).to.equal(day(expected)));
  }

  const ago: [string, string, string][] = [
    ['hu', '2 órája', '2h'],
    ['hu', '5 perce', '5m'],
    ['hu', '3 napja', '3d'],
    ['sr', 'pre 3 sata', '3h'],
    ['sr', 'pre 40 minuta', '40m'],
    ['sr', 'pre 4 dana', '4d'],
    ['hr', 'prije 25 minuta', '25m'],
    ['hr', 'prije 2 sata', '2h'],
    ['hr', 'prije 2 dana', '2d'],
    ['hr', 'prije sat vremena', '1h'],
    ['sr', 'пре 2 сата', '2h'],
    ['bg', 'преди 3 часа', '3h'],
    ['bg', 'преди 5 минути', '5m'],
    ['uk', '2 години тому', '2h'],
    ['sl', 'pred 2 urama', '2h'],
    ['sl', 'pred 3 dnevi', '3d'],
    ['sk', 'pred 3 hodinami', '3h'],
    ['cs', 'před 2 hodinami', '2h'],
    ['cs', 'před 5 minutami', '5m'],
    ['cs', 'před 3 dny', '3d'],
    ['lt', 'prieš 2 valandas', '2h'],
    ['lt', 'prieš 3 dienas', '3d'],
    ['lv', 'pirms 2 stundām', '2h'],
    ['lv', 'pirms 3 dienām', '3d'],
    ['ro', 'acum 2 ore', '2h'],
    ['ro', 'acum 20 de minute', '20m'],
    ['ro', '2 ore în urmă', '2h'],
    ['sq', '2 orë më parë', '2h'],
    ['sq', 'para 2 orësh', '2h'],
    ['ca', 'fa 2 hores', '2h'],
    ['ca', 'fa 3 dies', '3d'],
    ['gl', 'hai 2 horas', '2h'],
    ['eu', 'duela 2 ordu', '2h'],
    ['et', '2 tundi tagasi', '2h'],
    ['et', '3 päeva tagasi', '3d'],
    ['fi', '2 tuntia sitten', '2h'],
    ['is', 'fyrir 2 klukkustundum', '2h'],
    ['bn', '২ ঘণ্টা আগে', '2h'],
    ['bn', '২ ঘন্টা আগে', '2h'],
    ['hi', '2 घंटे पहले', '2h'],
    ['hi', '३ दिन पहले', '3d'],
    ['mr', '2 तासांपूर्वी', '2h'],
    ['mr', '3 दिवसांपूर्वी', '3d'],
    ['ne', '२ घण्टा अगाडि', '2h'],
    ['gu', '2 કલાક પહેલા', '2h'],
    ['gu', '૩ દિવસ પહેલાં', '3d'],
    ['pa', '2 ਘੰਟੇ ਪਹਿਲਾਂ', '2h'],
    ['ta', '2 மணி நேரம் முன்பு', '2h'],
    ['ta', '2 மணிநேரங்களுக்கு முன்', '2h'],
    ['ta', '3 நாட்களுக்கு முன்பு', '3d'],
    ['te', '2 గంటల క్రితం', '2h'],
    ['te', '3 రోజుల క్రితం', '3d'],
    ['kn', '2 ಗಂಟೆಗಳ ಹಿಂದೆ', '2h'],
    ['ml', '2 മണിക്കൂർ മുമ്പ്', '2h'],
    ['si', 'පැය 2 කට පෙර', '2h'],
    ['ur', '2 گھنٹے پہلے', '2h'],
    ['ur', '3 دن قبل', '3d'],
    ['fa', '۲ ساعت پیش', '2h'],
    ['fa', '۳ روز پیش', '3d'],
    ['th', '2 ชั่วโมงที่แล้ว', '2h'],
    ['th', '5 นาทีที่ผ่านมา', '5m'],
    ['th', '3 วันก่อน', '3d'],
    ['lo', '2 ຊົ່ວໂມງກ່ອນ', '2h'],
    ['km', '២ ម៉ោងមុន', '2h'],
    ['vi', '2 giờ trước', '2h'],
    ['id', '2 jam yang lalu', '2h'],
    ['ms', '2 jam lepas', '2h'],
    ['tl', '2 oras ang nakalipas', '2h'],
    ['sw', 'saa 2 zilizopita', '2h'],
    ['ka', '2 საათის წინ', '2h'],
    ['ka', '3 დღის წინ', '3d'],
    ['hy', '2 ժամ առաջ', '2h'],
    ['hy', '3 օր առաջ', '3d'],
    ['az', '2 saat əvvəl', '2h'],
    ['az', '3 gün əvvəl', '3d'],
    ['kk', '2 сағат бұрын', '2h'],
    ['uz', '2 soat oldin', '2h'],
    ['mn', '2 цагийн өмнө', '2h'],
    ['tr', '2 saat önce', '2h'],
    ['he', 'לפני 2 שעות', '2h'],
    ['he', 'לפני שעתיים', '2h'],
    ['ar', 'منذ 3 ساعات', '3h'],
    ['ar', 'قبل يومين', '2d'],
    ['af', '2 uur gelede', '2h'],
    ['cy', '2 awr yn ôl', '2h'],
    ['ja', '3時間前', '3h'],
    ['ko', '3시간 전', '3h'],
    ['zh', '3小时前', '3h'],
    ['pl', '2 godziny temu', '2h'],
    ['el', 'πριν από 3 ώρες', '3h'],
    ['ru', '3 часа назад', '3h'],
    ['da', 'for 2 timer siden', '2h'],
    ['nl', '2 uur geleden', '2h'],
    ['sv', 'för 2 timmar sedan', '2h'],
  ];
  const unitMs: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
  for (const [language, text, expected] of ago) {
    it(`reads "${text}" (${language})`, () => {
      const found = parseProseDate(text, { now, language });
      expect(now - (found?.at ?? 0)).to.equal(Number(expected.slice(0, -1)) * (unitMs[expected.slice(-1)] ?? 0));
      expect(found?.share).to.be.at.least(0.4);
    });
  }

  const byName: [string, string, string][] = [
    ['sr', 'juče, 19:20', '2023-08-21T19:20'],
    ['hr', 'jučer', '2023-08-21T00:00'],
    ['et', 'täna kell 8.12', '2023-08-22T08:12'],
    ['et', 'eile kell 17.55', '2023-08-21T17:55'],
    ['sl', 'včeraj', '2023-08-21T00:00'],
    ['bn', 'গতকাল', '2023-08-21T00:00'],
    ['th', 'เมื่อวานนี้', '2023-08-21T00:00'],
    ['sw', 'jana', '2023-08-21T00:00'],
    ['bg', 'преди 2 години', '2021-08-22T10:00'],
    ['ko', '2023. 8. 15. 21:07', '2023-08-15T21:07'],
    ['hu', '2023. 08. 14.', '2023-08-14T00:00'],
    ['zh', '17 2023-03', '2023-03-17T00:00'],
  ];
  for (const [language, text, expected] of byName) {
    it(`reads "${text}" (${language})`, () => expect(read(text, language)?.slice(0, 16)).to.equal(expected));
  }

  for (const text of ['Brickstack 4.2', 'Version 10.12', 'By Jana', '4.2', 'Leo Ma']) {
    it(`reads no date in "${text}"`, () => expect(read(text, 'en')).to.equal(null));
  }

  const relative: [string, string][] = [
    ['2 days ago', '2023-08-20T10:00'],
    ['an hour ago', '2023-08-22T09:00'],
    ['vor 2 Stunden', '2023-08-22T08:00'],
    ['vor einer Stunde', '2023-08-22T09:00'],
    ['il y a 5 minutes', '2023-08-22T09:55'],
    ['hace 3 días', '2023-08-19T10:00'],
    ['há 2 horas', '2023-08-22T08:00'],
    ['2 ore fa', '2023-08-22T08:00'],
    ['un’ora fa', '2023-08-22T09:00'],
    ['2 часа назад', '2023-08-22T08:00'],
    ['час назад', '2023-08-22T09:00'],
    ['منذ ساعتين', '2023-08-22T08:00'],
    ['منذ 3 ساعات', '2023-08-22T07:00'],
    ['πριν από 2 ώρες', '2023-08-22T08:00'],
    ['2 saat önce', '2023-08-22T08:00'],
    ['2 godz. temu', '2023-08-22T08:00'],
    ['3 dagen geleden', '2023-08-19T10:00'],
    ['för 3 dagar sedan', '2023-08-19T10:00'],
    ['3日前', '2023-08-19T10:00'],
    ['5分钟前', '2023-08-22T09:55'],
    ['2시간 전', '2023-08-22T08:00'],
    ['3 months ago', '2023-05-22T10:00'],
    ['вчера', '2023-08-21T00:00'],
    ['вчера в 18:45', '2023-08-21T18:45'],
    ['ieri alle 14.30', '2023-08-21T14:30'],
    ['hier à 10h15', '2023-08-21T10:15'],
    ['dün', '2023-08-21T00:00'],
    ['昨天', '2023-08-21T00:00'],
    ['أمس', '2023-08-21T00:00'],
    ['χθες', '2023-08-21T00:00'],
    ['vorgestern', '2023-08-20T00:00'],
    ['heute', '2023-08-22T00:00'],
  ];
  for (const [text, expected] of relative) {
    it(`reads "${text}" relative to now`, () => expect(read(text)?.slice(0, 16)).to.equal(expected));
  }

  for (const text of [
    '',
    'Monday',
    'May',
    'Top 10 things',
    '5 min read',
    '31 April 2023',
    '30.02.2023',
    'Chapter 3',
    'v1.2.3',
    'a march in may',
  ]) {
    it(`makes nothing up of "${text}"`, () => expect(read(text)).to.equal(null));
  }

  it('takes a day without a year for the latest one that is not after tomorrow', () => {
    expect(read('31 Dec')).to.equal(day('2022-12-31'));
    expect(read('23 August')).to.equal(day('2023-08-23'));
    expect(read('24 August')).to.equal(day('2022-08-24'));
    expect(read('29 February')).to.equal(day('2020-02-29'));
  });

  it('reads times and zones beside the date, and local times in the zone it is given', () => {
    expect(read('Tue, 22 Aug 2023 14:00:00 +0200')).to.equal('2023-08-22T12:00:00.000Z');
    expect(read('August 22, 2023 3:15 pm EDT')).to.equal('2023-08-22T19:15:00.000Z');
    const rome = parseProseDate('22 agosto 2023, ore 14.30', { now, language: 'it', timezone: 'Europe/Rome' });
    expect(new Date(rome?.at ?? 0).toISOString()).to.equal('2023-08-22T12:30:00.000Z');
  });

  it('reads what attributes hold', () => {
    const markup = (value: string): string => new Date(parseMarkupDate(value, { now }) ?? 0).toISOString();
    expect(markup('2023-08-22T10:00:00+02:00')).to.equal('2023-08-22T08:00:00.000Z');
    expect(markup('1692691200')).to.equal('2023-08-22T08:00:00.000Z');
    expect(markup('20230822T080000Z')).to.equal('2023-08-22T08:00:00.000Z');
    expect(parseMarkupDate('soon', { now })).to.equal(null);
  });

  it('learns the order of day and month from a date that has only one', () => {
    expect(numericOrder('22/08/2023')).to.equal('day-first');
    expect(numericOrder('08/22/2023')).to.equal('month-first');
    expect(numericOrder('08/07/2023')).to.equal(null);
  });
});
