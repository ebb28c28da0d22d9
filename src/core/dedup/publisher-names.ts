/** How publishers call themselves: "Evening Post", "佐賀新聞", "Новости дня", "example.com". */

/** Words that name a medium, whole where words stand apart. */
const words = [
  'news newspaper herald tribune gazette telegraph newsroom newswire online digital',
  'zeitung nachrichten rundschau anzeiger tagblatt tageblatt tagesblatt kurier wochenblatt',
  'actualités? actus? infos? quotidien',
  'noticias notícias noticies notizie diario diário diari giornale gazzetta corriere jornal periódico quotidiano rádio',
  'nieuws krant dagblad nyheter nyheder tidning tidende aftenposten uutiset sanomat fréttir',
  'wiadomości gazeta zprávy deník noviny správy hírek vesti vijesti știri ziar haber haberler haberleri gazetesi xəbər',
  'новости новини газета вести вісті известия навіны жаңалық',
  'ειδήσεις חדשות أخبار الأخبار صحيفة خبرگزاری روزنامه اخبار',
  'समाचार न्यूज़ न्यूज সংবাদ செய்திகள் వార్తలు',
  'berita habari labarai báo',
  'bbc cnn dw rt afp reuters ap ndtv yahoo msn bloomberg ansa rfi nhk tass xinhua dpa efe kyodo yonhap interfax voa',
  'тасс риа рбк интерфакс',
]
  .join(' ')
  .split(' ');
/** Where words do not stand apart, the name ends in one of these, an edition after it or not. */
const endings =
  '(?:新聞|新闻|ニュース|通信社?|放送|テレビ|日報|新報|日报|晚报|晨报|通讯社|电视台?|新闻网|뉴스|신문|일보|방송|ข่าว)';

const named = new RegExp(`(?<![\\p{L}\\p{M}])(?:${words.join('|')})(?![\\p{L}\\p{M}])`, 'iu');
const namedUnspaced = new RegExp(
  `${endings}(?:社|網|网|デジタル|デジタル版|電子版|オンライン|LiVE|NEWS)?(?![\\p{L}])`,
  'iu',
);
const broadcaster = /(?:^|\s)\S{0,12}(?:TV|FM|News|Times|Post|Media|Shimbun)$/u;
const domain = /^(?:www\.)?[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.(?:com|net|org|info|news|eu|[a-z]{2})$/iu;

const LENGTH_MAX = 60;

/** @param text what stands behind a bar or a dash at the end of a title, or in brackets there. */
export function namesPublisher(text: string): boolean {
  return (
    text.length <= LENGTH_MAX &&
    (named.test(text) || namedUnspaced.test(text) || broadcaster.test(text) || domain.test(text))
  );
}
