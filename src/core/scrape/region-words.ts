import { classTokens, splitTokenWords } from './element-text.ts';
import type { Element } from './parse-page.ts';

/** What a part of a page is for, as far as its markup or its heading says. `weight` 1 = neutral. */
export type Region = { readonly name: string; readonly weight: number };

type Rule = { readonly name: string; readonly weight: number; readonly words: ReadonlySet<string> };

const rule = (name: string, weight: number, words: string): Rule => ({
  name,
  weight,
  words: new Set(words.split(' ')),
});

/** By words of class, id and role: `site-footer__links` has the words site, footer, links. */
const markupRules: readonly Rule[] = [
  rule(
    'navigation',
    0.03,
    'nav navbar navigation navi menu menus submenu megamenu mainmenu topmenu hauptmenu topbar toolbar drawer offcanvas breadcrumb breadcrumbs crumbs crumb pagination pager paging pagenav pagenavi skiplinks toc',
  ),
  rule('footer', 0.05, 'footer colophon fuss foot bottombar contentinfo'),
  rule('consent', 0.02, 'cookie cookies consent gdpr cmp cookiebar cookiebanner'),
  rule('sharing', 0.03, 'share sharing sharer social socials addtoany sharedaddy addthis follow'),
  rule(
    'comments',
    0.04,
    'comment comments commentlist respond disqus replies recentcomments reactions kommentare commenti commentaires comentarios',
  ),
  rule('tags', 0.05, 'tagcloud tags tag-cloud labels'),
  rule('taxonomy', 0.08, 'categories blogarchive blogroll linkroll taxonomies authors contributors'),
  rule('languages', 0.03, 'lang langs language languages languageswitcher langswitch polylang wpml locale'),
  rule('search or account', 0.05, 'search login signin signup account newsletter subscribe modal popup'),
  rule(
    'popular',
    0.12,
    'popular mostread most-read mostpopular popularposts trending ranking rankings meistgelesen gelesen letti',
  ),
  rule(
    'related',
    0.22,
    'related recommended recommendations suggested similar readnext correlati verwandt relacionados',
  ),
  rule('shop', 0.1, 'product products shop store cart woocommerce pricing price'),
  rule(
    'advertising',
    0.05,
    'ad ads adv advert advertisement sponsored sponsor sponsors promoted taboola outbrain adsense adbanner',
  ),
  rule('events', 0.45, 'event events agenda calendar veranstaltungen termine eventi'),
  rule('aside', 0.4, 'sidebar aside sidecol secondary rail widget widgets complementary rightcol leftcol'),
];

const tagRules: Readonly<Record<string, Region>> = {
  nav: { name: 'navigation', weight: 0.03 },
  aside: { name: 'aside', weight: 0.4 },
  form: { name: 'form', weight: 0.3 },
};

/** A word of a class name that says the opposite of what it looks like: `has-sidebar`, `no-comments`, `with-ads`. */
const negating = new Set('results result has with no without is hide hidden below above after before js'.split(' '));

/**
 * What the element's own tag, class, id and role say it is.
 * @returns the strongest opinion, or `null`
 */
export function regionOf(element: Element): Region | null {
  const byTag = tagRules[element.name];
  const found = byRule(element);
  if (byTag && found) return byTag.weight < found.weight ? byTag : found;
  return byTag ?? found;
}

/** What a post is about is no matter of layout: WordPress gives its posts `tag-social-media` and `category-events`. */
const aboutSubject = /^(?:tag|category|cat|topic|section|author|format|term|taxonomy|subject|label|lang)[-_]/;

function byRule(element: Element): Region | null {
  const { id, role } = element.attribs;
  const tokens = classTokens(element);
  if (id) tokens.push(id);
  if (role) tokens.push(role);
  let best: Region | null = null;
  for (const token of tokens) {
    if (token.length > 60 || aboutSubject.test(token)) continue;
    for (const word of regionWords(token)) {
      const rule = ruleOfWord.get(word);
      if (rule && (best === null || rule.weight < best.weight)) best = rule;
    }
  }
  return best;
}

const ruleOfWord = new Map<string, Rule>();
for (const each of markupRules) for (const word of each.words) if (!ruleOfWord.has(word)) ruleOfWord.set(word, each);

const wordCache = new Map<string, readonly string[]>();

function regionWords(token: string): readonly string[] {
  const cached = wordCache.get(token);
  if (cached) return cached;
  const words = splitTokenWords(token);
  const kept = words.some(word => negating.has(word)) ? [] : words;
  // `most-read` and `popular-posts` count as one word, too.
  const joined = words.length > 1 && words.length < 5 ? words.slice(1).map((word, at) => `${words[at]}${word}`) : [];
  const result = kept.length === 0 ? [] : [...kept, ...joined];
  if (wordCache.size < 20_000) wordCache.set(token, result);
  return result;
}

/** What headings above lists say, in the languages we have seen; matched against the folded heading. */
const headingRules: readonly { readonly name: string; readonly weight: number; readonly pattern: RegExp }[] = [
  {
    name: 'popular',
    weight: 0.12,
    pattern:
      /most (?:read|popular|viewed|shared|commented|watched|liked)|\bpopular|trending|top (?:posts|10|5|ten|five)|piu (?:letti|lette|visti|popolari|cliccati|commentati)|plus (?:lus|vus|populaires|commentes|partages)|populaires|tendances|meist ?(?:gelesen|geklickt|kommentiert)|beliebt|lo mas (?:leido|visto|popular)|mas (?:leid|vist|popular|comentad)|mais (?:lid|vist|popular|comentad)|самое (?:читаемое|популярное)|популярн|читаемое|الأكثر|الاكثر|محبوب|پربازدید|پربیننده|cok (?:okunan|izlenen|konusulan)|populer|δημοφιλ|αναγνωσμενα|najpopular|najczesciej|meest gelezen|populair|mest last|mest lest|热门|热点|排行|点击|人気|ランキング|よく読まれ|많이 (?:본|읽은)|인기|najctenejsi|najcitanejsie|najcitanije|legolvasottabb|cele mai (?:citite|populare)|luetuimmat|terpopuler|paling banyak|doc nhieu|xem nhieu|найпопулярн|найчитан|читають|най.четен|נקראות ביותר|נצפ|פופולרי|सबसे ज्यादा|सर्वाधिक|लोकप्रिय|ट्रेंडिंग|জনপ্রিয়|সর্বাধিক|সবচেয়ে|ยอดนิยม|อ่านมากที่สุด|ฮิต|热榜|人氣|熱門/,
  },
  {
    name: 'related',
    weight: 0.22,
    pattern:
      /related|you (?:may|might) (?:also )?(?:like|be interested)|recommended|suggested|more like this|read (?:next|also)|similar (?:posts|articles)|correlat|potrebbe(?:ro)? interessar|leggi anche|potrebbe piacerti|articles? (?:similaires|lies|connexes)|a lire aussi|lire aussi|vous aimerez|sur le meme (?:theme|sujet)|dans la meme rubrique|verwandt|passend dazu|das konnte (?:sie|dich)|mehr zum thema|ahnliche|relacionad|te puede interesar|le puede interesar|tambien te|veja tambem|leia tambem|leia mais|похож|по теме|читайте также|рекоменд|ذات صلة|مواضيع مرتبطة|قد يعجبك|اقرأ أيضا|مقالات مشابهة|مطالب مرتبط|ilgili|benzer|onerilen|σχετικ|διαβαστε επισης|powiazane|podobne|zobacz tez|gerelateerd|lees ook|las ocksa|les ogsa|相关|推荐|猜你喜欢|関連|おすすめ|관련|相關|推薦|souvisejici|suvisiac|povezan|kapcsolodo|ajanlott|articole similare|citeste si|aiheesta|lue myos|terkait|bai lien quan|tin lien quan|схожі|читайте також|свързани|קשור|אולי יעניין|संबंधित|यह भी पढ़|সম্পর্কিত|আরও পড়ুন|ที่เกี่ยวข้อง|relaterade|relaterte|relaterede/,
  },
  {
    name: 'comments',
    weight: 0.05,
    pattern:
      /(?:recent|latest|new|\d+) comments?\b|^comments?\b|leave a (?:comment|reply)|commenti\b|commentaires|comentarios|kommentare|коммент|التعليقات|تعليقات|yorumlar|σχολια|评论|コメント|댓글|reacties|reacoes/,
  },
  {
    name: 'taxonomy',
    weight: 0.06,
    pattern:
      /^(?:by )?(?:categor|kategor|rubri|archiv|arxiu|tags?\b|tag cloud|schlagw|themen|themes?$|topics?$|argomenti|etiquet|etichett|mots.cles|blogroll|links?$|nuage|nube de|temas$|authors?$|autor|auteurs|autori|labels?$|sections?$|архив|рубрик|категор|метки|теги|تصنيف|الأقسام|الأرشيف|أرشيف|وسوم|الوسوم|التصنيفات|دسته|برچسب|kategoriler|etiketler|arsiv|κατηγορι|αρχει|ετικετ|分类|标签|归档|存档|カテゴリ|タグ|アーカイブ|카테고리|태그)/,
  },
  {
    name: 'navigation',
    weight: 0.08,
    pattern:
      /^(?:navigation|menu|pages?|pagine|seiten|follow us|seguici|suivez|folgen|siguenos|about( us)?|meta|quick links|useful links|link utili|liens utiles|services?|servizi|contacts?|contatti|legal|company|help|information|навигация|меню|روابط|القائمة|menu principale)$/,
  },
  {
    name: 'shop',
    weight: 0.1,
    pattern:
      /products?\b|shop\b|best.?sellers?|prodotti|produits|produkte|productos|товар|منتجات|sponsored|sponsorizzat|anzeige|advertis|publicit|pubblicit|реклам|from our partners|promoted|deals\b/,
  },
  {
    name: 'events',
    weight: 0.45,
    pattern:
      /upcoming|\bevents?\b|veranstaltung|termine\b|eventi\b|evenements|agenda|eventos|мероприят|фعاليات|فعاليات|etkinlik|εκδηλωσ|活动|イベント|udalosti|akce\b|rendezvenyek|evenimente|tapahtumat|acara|su kien|події|אירועים|कार्यक्रम|অনুষ্ঠান|กิจกรรม|행사|일정|活動/,
  },
  {
    name: 'jobs',
    weight: 0.2,
    pattern:
      /job openings|vacanc|\bcareers\b|\bjobs\b|stellenangebote|stellenanzeigen|offene stellen|karriere|offerte di lavoro|lavora con noi|offres d.emploi|recrutement|empleo|vacantes|vagas|vacature|lediga jobb|ledige stillinger|вакансии|вакансії|وظائف|iş ilanlari|kariyer|oferty pracy|volna mista|allasok|locuri de munca|avoimet tyopaikat|招聘|採用情報|채용/,
  },
  {
    name: 'documents',
    weight: 0.5,
    pattern:
      /^(?:our )?(?:services|projects|publications|documents|reports|partners|team|people|laws|legislation|tenders|procurement|downloads|resources|photos?|photo gallery|gallery|videos?|podcasts?|webinars|courses)$|^(?:progetti|pubblicazioni|documenti|bandi|gare|normativa|leggi|galleria|video|foto|projets|publications|textes|appels d.offres|galerie|projekte|publikationen|dokumente|ausschreibungen|mediathek|bilder|proyectos|publicaciones|documentos|licitaciones|проекты|документы|публикации|фото|видео|المشاريع|الوثائق|المنشورات|معرض الصور|فيديو|projeler|belgeler|εγγραφα|εργα|видеогалерея|фотогалерея|项目|文件|图片|视频|資料|刊行物|写真)$/,
  },
  {
    name: 'latest',
    weight: 1.35,
    pattern:
      /latest|recent|newest|new posts|\bnews\b|from (?:the|our) blog|blog posts|press releases?|announcements|updates|all (?:posts|articles|stories)|ultim[eiao]|recenti|novita|notizie|comunicati|derni(?:er|ere)s|actualites|nouveaut|recents|communiques|neu(?:e|este|igkeiten)|aktuell|nachrichten|pressemitteilungen|beitrage|meldungen|recientes|noticias|novedades|comunicados|recentes|последн|новост|свеж|новые|пресс.релиз|أحدث|آخر|الأخبار|أخبار|اخر|مقالات|المدونة|تازه|آخرین|اخبار|خبر|son (?:haberler|yazilar|dakika)|guncel|haberler|duyurular|τελευται|προσφατ|νεα\b|ανακοινωσ|ostatnie|najnowsze|aktualnosci|wiadomosci|laatste|recente|nieuws|senaste|nyheter|siste|nyheder|最新|新闻|动态|文章|新着|最近|お知らせ|ニュース|記事一覧|최신|새 글|뉴스|최근|소식|nejnovejsi|aktualit|zpravy|clanky|spravy|najnovije|vijesti|vesti|novosti|legfrissebb|friss\b|hirek|ultimele|cele mai noi|stiri|uusimmat|uutiset|tuoreimmat|terbaru|terkini|berita|moi nhat|tin moi|tin tuc|новини|останні|последни|חדשות|אחרונ|עדכונים|ताज़ा|ताजा|नवीनतम|समाचार|खबरें|সর্বশেষ|সংবাদ|খবর|সাম্প্রতিক|ข่าว|ล่าสุด|ประชาสัมพันธ์|nieuwste|senaste nytt|hot off/,
  },
];

/** What a list's heading says about it, or `null`. The words for noise win over "latest". */
export function headingRegion(heading: string): Region | null {
  if (heading === '' || heading.length > 80) return null;
  const folded = heading
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .trim();
  // Arabic hamza and Japanese voicing marks are letters of their own: the text as written is tried, too.
  const plain = heading.toLowerCase().trim();
  const found = headingRules.find(({ pattern }) => pattern.test(folded) || pattern.test(plain)) ?? null;
  // "Archive", "Topics by year"; "Topics of the week: what we learnt" is a title.
  return found?.name === 'taxonomy' && folded.split(/\s+/).length > 3 ? null : found;
}

const moreWords =
  /^(?:(?:read|learn|see|view|find out|show|load|continue|keep) ?(?:more|on|reading|all|the (?:full )?(?:story|article|post)|article|post|full .{1,20})?(?: (?:about|»|→).*)?|more(?: info| details| about.*)?|details?|full (?:story|article|text)|continue reading.*|click here|download(?: pdf)?|pdf(?: \(.*\))?|open|here|link|permalink|leggi(?: (?:tutto|di piu|di più|l'articolo|l’articolo|ancora|altro))?|continua(?: a leggere)?.*|scopri(?: di più)?|approfondisci|vai(?: all'articolo)?|scarica.*|lire(?: (?:la suite|plus|l'article|l’article))?.*|en savoir (?:plus|\+)|suite|voir(?: plus| l'article)?|télécharger.*|(?:weiter|mehr)(?:lesen| lesen| dazu| erfahren| anzeigen)?|zum (?:artikel|beitrag)|artikel lesen|leer(?: más| mas)?|seguir leyendo|ver más|ver mas|continuar leyendo|descargar.*|ler mais|leia mais|continue lendo|saiba mais|continuar(?: a)? (?:ler|lendo)|читать(?: далее| дальше| полностью| ещё| еще)?|далее|подробнее|ещё|скачать|اقرأ (?:المزيد|أكثر|المزيد.*)|المزيد|قراءة المزيد|تابع القراءة|إقرأ المزيد|التفاصيل|ادامه(?: مطلب)?|بیشتر|devamı(?:nı oku)?|devamını oku|daha fazla|διαβάστε (?:περισσότερα|περισσοτερα)|περισσότερα|czytaj (?:dalej|więcej|wiecej)|więcej|lees (?:meer|verder)|läs (?:mer|vidare)|les (?:mer|videre)|læs mere|číst (?:více|dál)|tovább|citește mai mult|阅读(?:全文|更多)|查看(?:更多|详情|全文)|更多|详情|全文|続きを読む|続きを見る|もっと(?:読む|見る)|詳細|詳しくはこちら|더 ?보기|자세히|читати(?: далі| більше| повністю)?|докладніше|детальніше|llegir(?:-ne)? més|llegeix(?:-ne)? més|continua llegint|veure més|tovább(?: olvasom| a cikkhez)?|bővebben|részletek|elolvasom|citește(?: tot| articolul)?|mai mult|detalii|прочети(?: още| повече)?|виж още|още|pročitaj(?:te)?(?: više| još)?|opširnije|više|detaljnije|saznaj(?:te)? više|čitaj dalje|dalje|прочитај(?: више)?|опширније|више|preberi(?: več| članek)?|beri dalje|več|čítať(?: ďalej| viac)?|celý článok|zobraziť viac|viac|celý článek|pokračovat(?: ve čtení)?|zobrazit více|více|přečíst(?: si)?(?: více)?|skaityti(?: daugiau| toliau)?|plačiau|daugiau|lasīt(?: vairāk| tālāk)?|vairāk|loe(?: edasi| lähemalt| rohkem)|edasi|rohkem|lue(?: lisää)?|lisää|jatka lukemista|lesa meira|nánar|lexo(?: më shumë)?|më shumë|irakurri gehiago|gehiago|ler máis|máis|קרא(?:ו)? עוד|(?:ל)?המשך קריאה|לכתבה המלאה|עוד|और पढ़ें|और पढ़ें|आगे पढ़ें|पूरी खबर(?: पढ़ें)?|विस्तार से|पुढे वाचा|अधिक वाचा|আরও পড়ুন|আরো পড়ুন|বিস্তারিত(?: পড়ুন)?|আরও|மேலும்(?: படிக்க)?|ఇంకా చదవండి|మరింత|વધુ વાંચો|مزید(?: پڑھیں)?|อ่านต่อ|อ่านเพิ่มเติม|ดูเพิ่มเติม|รายละเอียด|xem (?:thêm|tiếp|chi tiết)|đọc (?:tiếp|thêm)|chi tiết|baca (?:selengkapnya|lebih lanjut|lagi)|selengkapnya|lihat (?:semua|selengkapnya)|magbasa pa|სრულად|ვრცლად|მეტი|ավելին|կարդալ ավելին|(?:daha )?ətraflı|толығырақ|batafsil|閱讀(?:更多|全文)|繼續閱讀|查看更多|了解更多|看更多|계속 읽기|더 읽기|læs (?:videre|hele .{1,20})|läs hela .{1,20}|les hele .{1,20}|meer(?: lezen)?|ganzen? (?:artikel|beitrag) lesen|jetzt lesen|weiter|devamı(?: için)?|ادامه خبر|بیشتر بخوانید|»|→|>|…|\.\.\.|\[…\]|\[\.\.\.\])$/iu;

/** "PDF, 90 KB", "DOCX (1.2 MB)". */
const fileLink =
  /^(?:pdf|docx?|odt|xlsx?|pptx?|zip|epub|mp3)[\s,;(–-]+\d+(?:[.,]\d+)?\s?(?:[km]i?b|[кмo]+б?|[km]o)\)?$/iu;

/** "Read more", "Leggi tutto", "PDF": a link's text that is no title. */
export function isMoreLink(text: string): boolean {
  const bare = text.replace(/[\s»›→>…:.[\]()←«]+$/u, '').trim();
  return (
    bare === '' || fileLink.test(bare) || (bare.length < 60 && (moreWords.test(bare) || moreWords.test(text.trim())))
  );
}

const adLabel =
  /^(?:ad|ads|advert|advertisement|sponsored(?: (?:content|post|story))?|promoted|promotion|paid (?:content|post|partnership)|anzeige|werbung|gesponsert|pubblicit[àa]|sponsorizzato|contenuto sponsorizzato|publicit[ée]|sponsoris[ée]|contenu sponsorisé|publicidad|patrocinado|contenido patrocinado|publicidade|реклама|на правах рекламы|партн[её]рский материал|إعلان|محتوى ممول|ممول|reklam|διαφήμιση|χορηγούμενο|reklama|advertentie|annonse?|广告|推广|広告|\[?pr\]?|スポンサー|광고|annonsørinnhold|kommersielt innhold|betalt innhold|annonsebilag|annoncørbetalt(?: indhold)?|sponsoreret(?: indhold)?|sponsrad(?:e)?(?: innehåll)?|kommersiellt samarbete|mainos|kaupallinen yhteistyö|partner ?content|brand(?:ed)? content|advertorial|partnerinhalt|partnerangebot|contenu (?:partenaire|de marque)|publi-?r[ée]portage|publirreportaje|publirredacional|contenuto promozionale|informazione pubblicitaria|contenido (?:de marca|promocionado)|conte[úu]do (?:patrocinado|de marca|publicit[áa]rio)|materiał (?:sponsorowany|partnera|promocyjny)|artykuł sponsorowany|komerční sdělení|inzerce|inzercia|reklamný článok|pr článek|pr članak|sponzorirano|sponzorisano|oglas|hirdetés|\(x\)|támogatott tartalom|reclamă|\(p\)|reklaam|sisuturundus|užsakymas|reklāmraksts|партнерський матеріал|партн[её]рский проект|реклама партн[её]ра|спецпроект|платена публикация|sponsorlu(?: içerik)?|محتوى (?:مدفوع|برعاية)|إعلان مدفوع|تبلیغات|رپورتاژ آگهی|תוכן (?:שיווקי|ממומן|מקודם)|מקודם|प्रायोजित|विज्ञापन|বিজ্ঞাপন|โฆษณา|quảng cáo|tài trợ|iklan|bersponsor|협찬|업체 제공|贊助(?:內容)?|赞助(?:内容)?|推廣|企画広告|タイアップ|betaald(?:e)? (?:inhoud|partnerschap)|gesponsorde inhoud)$/iu;

/** "Anzeige von", "Annons från", "Sponsored by": the label goes on with who paid. */
const adLabelWithName =
  /^(?:sponsored by|promoted by|presented by|paid for by|in partnership with|anzeige von|gesponsert von|pr[äa]sentiert von|sponsorizzato da|offerto da|sponsoris[ée] par|patrocinado por|annons(?:e)? fr[åa]n|annonce fra|gesponsord door|при поддержке|реклама\.|برعاية|sponsorlu)(?:\s|$)/iu;

/** A short text that marks its item as an advertisement. */
export function isAdLabel(text: string): boolean {
  const label = text.trim();
  return (label.length < 40 && adLabel.test(label)) || (label.length < 60 && adLabelWithName.test(label));
}
