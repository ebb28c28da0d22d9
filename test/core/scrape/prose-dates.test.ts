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
