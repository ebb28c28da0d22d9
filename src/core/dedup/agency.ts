/** Whose dispatch an item is: an agency's credit before or after the text, or as author. */

/** Names as agencies sign, the one shown first; matched as whole words. */
const agencies: readonly (readonly [name: string, signs: string])[] = [
  ['Reuters', 'Reuters|Рейтер|رويترز|路透社?|ロイター|로이터'],
  ['AP', 'AP|Associated Press|أسوشيتد برس|美联社|AP通信'],
  ['AFP', 'AFP|Agence France-Presse|فرانس برس|法新社|AFP時事'],
  ['ANSA', 'ANSA'],
  ['dpa', 'dpa|Deutsche Presse-Agentur'],
  ['EFE', 'EFE'],
  ['Europa Press', 'Europa Press|EUROPA PRESS'],
  ['Adnkronos', 'Adnkronos'],
  ['LaPresse', 'LaPresse'],
  ['Lusa', 'Lusa'],
  ['APA', 'APA'],
  ['Keystone-SDA', 'Keystone-SDA|Keystone-ATS|SDA'],
  ['Belga', 'Belga'],
  ['ANP', 'ANP'],
  ['Ritzau', 'Ritzau'],
  ['NTB', 'NTB'],
  ['TT', 'TT'],
  ['STT', 'STT'],
  ['PAP', 'PAP'],
  ['ČTK', 'ČTK'],
  ['TASR', 'TASR'],
  ['MTI', 'MTI'],
  ['Agerpres', 'AGERPRES|Agerpres'],
  ['BTA', 'БТА|BTA'],
  ['Hina', 'Hina'],
  ['Tanjug', 'Tanjug|Танјуг'],
  ['STA', 'STA'],
  ['TASS', 'ТАСС|TASS'],
  ['Interfax', 'Интерфакс|Interfax'],
  ['Ukrinform', 'Укрінформ|Ukrinform'],
  ['Anadolu', 'Anadolu|AA|الأناضول'],
  ['IRNA', 'IRNA|ایرنا'],
  ['PTI', 'PTI'],
  ['ANI', 'ANI'],
  ['Xinhua', 'Xinhua|新华社|新華社'],
  ['Kyodo', 'Kyodo|共同'],
  ['Jiji', 'Jiji|時事'],
  ['Yonhap', 'Yonhap|연합뉴스|聯合|韩联社'],
];

const every = agencies.map(([, signs]) => signs).join('|');
/** "ROMA (ANSA) -", "(Reuters)", "Paris, 3 mai (AFP)", "dpa/Berlin", "（新华社北京电）". */
const opening = new RegExp(
  `[(（\\[【](?:${every})(?:[/,;:\\s][^)）\\]】]{0,24}|[^\\s)）]{0,16})?[)）\\]】]|^(?:${every})\\s?[-–—:/]`,
  'u',
);
const closing = new RegExp(`(?:[(（\\[]|[-–—/©]\\s?|^)(?:${every})[)）\\]]?\\.?$`, 'u');
const whole = agencies.map(
  ([name, signs]) => [name, new RegExp(`(?<![\\p{L}])(?:${signs})(?![\\p{Ll}])`, 'u')] as const,
);
const author = new RegExp(`^(?:${every})$`, 'u');

const OPENING_LENGTH = 90;
const CLOSING_LENGTH = 32;

/** @returns the agency's name; null when nobody is credited. */
export function findAgency(text: string, authors: readonly string[] = []): string | null {
  const signed =
    authors.find(name => author.test(name.trim())) ??
    opening.exec(text.slice(0, OPENING_LENGTH))?.[0] ??
    closing.exec(text.slice(-CLOSING_LENGTH).trim())?.[0];
  if (signed === undefined) return null;
  return whole.find(([, sign]) => sign.test(signed))?.[0] ?? null;
}
