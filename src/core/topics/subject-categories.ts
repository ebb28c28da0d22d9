import { foldWord, readWords } from '../text/words.ts';
import { findSubject, type Subject } from './subject-names.ts';

/**
 * What publishers call their sections, in the languages of our sources: a category that is one of these, or begins or
 * ends with one, says the subject outright. Folded as `readWords` does.
 */
const words: Readonly<Record<Subject, string>> = {
  arts: 'arts art culture cultura kultur kultura kultuur cultuur kultúra kulttuuri kultūra культура культури култура πολιτισμός ثقافة فرهنگ תרבות संस्कृति 文化 カルチャー 문화 kültür budaya entertainment intrattenimento spettacoli spettacolo divertissement entretenimiento entretenimento espectáculos espectaculos unterhaltung rozrywka zábava zabava szórakozás развлечения развлечение розваги ψυχαγωγία ترفيه فن فنون סרטים मनोरंजन 娱乐 娛樂 エンタメ 芸能 연예 eğlence hiburan cinema cine kino film filmy filme кино кіно κινηματογράφος سينما קולנוע सिनेमा 电影 映画 영화 sinema music musica musique música musik muziek muzyka hudba zene glazba muzika музыка музика μουσική موسيقى מוזיקה संगीत 音乐 音楽 음악 müzik books libri livres libros livros bücher boeken książki книги βιβλίο كتب ספרים 书籍 本 책 kitap theatre theater teatro théâtre teatr театр θέατρο مسرح תיאטרון celebrity celebrities gossip people televisione télévision televisión fernsehen tv media médias medios medien медиа الإعلام burudani nishaɗi',
  conflict:
    'war guerra guerre krieg oorlog wojna válka rat război война війна πόλεμος حرب جنگ מלחמה युद्ध 战争 戦争 전쟁 savaş perang conflict conflitto conflit conflicto konflikt conflicten conflito savunma military militare militaire militar militär armed defence defense difesa défense defensa verteidigung armee wojsko армия армія στρατός عسكري נשק सेना 军事 軍事 군사 terrorism terrorismo terrorisme terrorismus терроризм إرهاب vita',
  crime:
    'crime cronaca nera criminalità criminalité crimen crimes kriminalität misdaad przestępstwa kriminalita zločin bűnügy crimă преступность происшествия кримінал криминал έγκλημα جرائم جريمة جرم פלילים अपराध 犯罪 사건사고 suç kriminal justice giustizia justicia justiça justiz justitie sprawiedliwość soud суд правосудие δικαιοσύνη قضاء عدالة משפט न्याय 司法 법원 adalet hukum police polizia policía polícia polizei politie policja policie полиция поліція αστυνομία شرطة משטרה पुलिस 警察 경찰 polis court courts tribunale tribunal gericht law legge droit derecho recht prawo faits-divers sucesos judiciaire',
  disaster:
    'disaster disasters disastri catastrophe catastrophes catastrofe catástrofe desastre desastres katastrophe katastrophen ramp katastrofa katastrofy катастрофа катастрофы катастрофи καταστροφή كوارث כוכבים आपदा 灾难 災害 재난 felaket bencana accident accidents incidente incidenti accidente accidentes unfall unfälle ongeluk wypadek wypadki nehoda nesreća baleset аварии аварія аварии ατύχημα حوادث תאונות दुर्घटना 事故 사고 kaza kecelakaan earthquake terremoto séisme erdbeben emergency emergencies emergenza emergencias',
  economy:
    'economy economics economia économie economía wirtschaft economie gospodarka ekonomika ekonomija gazdaság ekonomi ekonomia talous экономика економіка икономика οικονομία اقتصاد كلكلة כלכלה अर्थव्यवस्था 经济 經濟 経済 경제 ekonomi kinh-tế business affari affaires negocios negócios geschäft biznes byznys posao üzlet afaceri бизнес бізнес επιχειρήσεις أعمال עסקים व्यापार 商业 財經 财经 ビジネス 비즈니스 iş bisnis biashara kasuwanci finance finanza finances finanzas finanças finanzen financiën finanse финансы фінанси финанси مالية פיננסים वित्त 金融 금융 finans keuangan markets mercati marchés mercados märkte bourse borsa bolsa börse giełda burza tőzsde рынки borse money argent dinero companies imprese entreprises empresas unternehmen industry industria industrie 企业 consumer uchumi',
  education:
    'education istruzione scuola éducation enseignement educación educação bildung schule onderwijs edukacja oświata školství obrazovanje oktatás educație învățământ образование освіта εκπαίδευση παιδεία تعليم آموزش חינוך शिक्षा 教育 교육 eğitim pendidikan giáo-dục utdanning utbildning uddannelse koulutus school schools university università université universidad universidade universität universiteit uniwersytet univerzita университет университеты университет جامعات דעות elimu ilimi',
  environment:
    'environment ambiente environnement medioambiente umwelt milieu środowisko životní okoliš környezet mediu окружающая экология екологія околна среда περιβάλλον بيئة محیط סביבה पर्यावरण 环境 環境 환경 çevre lingkungan môi-trường miljø miljö ympäristö climate clima climat klima klimaat klimat климат клімат κλίμα مناخ אקלים जलवायु 气候 気候 기후 iklim ecology ecologia écologie ecología ökologie nature natura natur natuur przyroda příroda природа φύση طبيعة טבע प्रकृति 自然 자연 doğa animals animali animaux animales tiere mazingira sustainability',
  health:
    'health salute sanità santé salud saúde gesundheit gezondheid zdrowie zdraví zdravlje egészség sănătate здоровье здоров’я здраве υγεία صحة سلامت בריאות स्वास्थ्य 健康 건강 sağlık kesehatan sức-khỏe helse hälsa sundhed terveys medicine medicina médecine medizin geneeskunde medycyna medicína медицина ιατρική طب רפואה चिकित्सा 医疗 医療 의료 tıp coronavirus covid covid-19 pandemia pandemie wellness afya lafiya ilera',
  'human-interest':
    'curiosità curiosities curiosidades insolite insolito oddly weird offbeat kuriositäten kurioses panorama vermischtes buntes ciekawostki zajímavosti zanimljivosti érdekességek курьезы курйози любопытно viral virales 奇闻 社会奇闻 면 ilginç unik humans people',
  labour:
    'labour labor lavoro travail trabajo trabalho arbeit arbeitsmarkt werk praca práce rad munka muncă труд работа праця εργασία عمل כאן עבודה श्रम 劳动 労働 노동 çalışma ketenagakerjaan jobs job emploi empleo emprego beruf karriere kariera карьера careers unions sindacati syndicats sindicatos gewerkschaft',
  lifestyle:
    'lifestyle leisure tempo libero loisirs estilo vida ocio leben vrije tijd styl życia životní styl életmód стиль жизни стил живот ζωή أسلوب حياة سبک לייף סטייל जीवनशैली 生活 라이프 yaşam gaya hidup travel viaggi viaggio voyage voyages viajes viagens viagem turismo reisen reise reizen podróże cestování putovanja utazás călătorii путешествия туризм подорожі пътуване ταξίδια سفر سياحة تيارات תיירות यात्रा 旅游 旅行 여행 seyahat turizm wisata du-lịch food cucina cuisine cocina cozinha culinária küche essen eten kuchnia kuchyně hrana étel еда кулинария їжа храна φαγητό طعام مطبخ אוכל खाना 美食 グルメ 음식 yemek kuliner fashion moda mode móda мода μόδα موضة אופנה फैशन 时尚 ファッション 패션 recipes ricette recettes recetas rezepte przepisy tourism tourisme games garden gardening motori motor auto autos cars home casa',
  politics:
    'politics politica politique política politik politiek polityka politika политика політика πολιτική سياسة سیاست פוליטיקה राजनीति 政治 정치 siyaset chính-trị politikk politikka government governo gouvernement gobierno regierung regering rząd vláda vlada kormány guvern правительство уряд правителство κυβέρνηση حكومة ממשלה सरकार 政府 정부 hükümet pemerintah elections election elezioni élections elecciones eleições wahl wahlen verkiezingen wybory volby izbori választás alegeri выборы вибори избори εκλογές انتخابات בחירות चुनाव 选举 選挙 선거 seçim pemilu parliament parlamento parlement diplomacy diplomazia diplomatie siasa siyasa iselu',
  religion:
    'religion religione religión religião religie religia náboženství vjera vallás религия релігія θρησκεία دين دینی דת धर्म 宗教 종교 din agama tôn-giáo uskonto church chiesa église iglesia igreja kirche kerk kościół církev crkva egyház biserica церковь церква църква εκκλησία كنيسة faith fede foi fe glaube wiara вера віра islam islamic christianity vatican vaticano vatikan dini',
  science:
    'science sciences scienza scienze ciencia ciências ciência wissenschaft wissen wetenschap nauka věda znanost tudomány știință наука επιστήμη علوم علم מדע विज्ञान 科学 科學 과학 bilim sains khoa-học vitenskap vetenskap videnskab tiede technology tecnologia technologie tecnología technik tech technika technológia tehnologija tehnologie технологии технології технология τεχνολογία تكنولوجيا تقنية فناوری טכנולוגיה प्रौद्योगिकी तकनीक 科技 テクノロジー 기술 teknoloji teknologi công-nghệ teknologia it digital digitale numérique internet computer computers software hi-tech hightech space spazio espace espacio raumfahrt kosmos космос 宇宙 astronomy physics sayansi fasaha',
  society:
    'society società société sociedad sociedade gesellschaft samenleving społeczeństwo společnost društvo társadalom societate общество суспільство κοινωνία مجتمع جامعه חברה समाज 社会 社會 사회 toplum masyarakat xã-hội samfunn samhälle samfund yhteiskunta social sociale sociales migration migrazione migrazioni immigration immigrazione migración migranten family famiglia famille familia familie human-rights diritti droits derechos jamii',
  sport:
    'sport sports sporto deporte deportes desporto esporte esportes desporto sporty športy спорт αθλητικά αθλητισμός رياضة ورزش ספורט खेल 体育 體育 スポーツ 스포츠 spor olahraga thể-thao idrett urheilu olympics olimpiadi football calcio fútbol futbol futebol fußball fussball voetbal piłka fotbal nogomet labdarúgás foci футбол ποδόσφαιρο كرة القدم فوتبال כדורגל फुटबॉल 足球 サッカー 축구 fotboll fotball fodbold jalkapallo sepakbola bóng-đá soccer tennis tenis basketball basket pallacanestro baloncesto koszykówka košarka баскетбол cricket क्रिकेट rugby formula f1 cycling ciclismo cyclisme hockey golf boxing michezo wasanni',
  weather:
    'weather meteo météo meteorologia meteorología tiempo wetter weer pogoda počasí vrijeme időjárás vreme погода времето καιρός طقس هوا מזג मौसम 天气 天氣 天気 날씨 hava cuaca thời-tiết vær väder vejr sää forecast previsioni previsión',
};

/** @returns how each category word is read, for `subjectOfCategory`. */
export function indexCategoryWords(): ReadonlyMap<string, Subject> {
  const index = new Map<string, Subject>();
  for (const [subject, list] of Object.entries(words)) {
    for (const word of list.split(' ')) {
      const key = categoryKey(word.replace('-', ' '));
      // The first one keeps a word that two sections share ("people", "vlada").
      if (key !== '' && !index.has(key)) index.set(key, subject as Subject);
    }
  }
  return index;
}

function categoryKey(text: string): string {
  return readWords(text, 6)
    .map(word => foldWord(word.folded))
    .join(' ');
}

/**
 * @param category as the source wrote it: `Politica`, `News/Politics`, `Wirtschaft & Finanzen`.
 * @returns its subject and how sure that is; `null` for a category that says none.
 */
export function subjectOfCategory(
  index: ReadonlyMap<string, Subject>,
  category: string,
): { readonly subject: Subject; readonly strength: number } | null {
  if (/^(?:medtop:)?\d{8}$/.test(category.trim())) {
    const coded = findSubject(category);
    return coded === null ? null : { subject: coded, strength: 1 };
  }
  const parts = readWords(category, 8).map(word => word.folded);
  const whole = index.get(parts.join(' '));
  if (whole !== undefined) return { subject: whole, strength: 1 };
  // `News / Sport`: the last word that says something, because paths go from the general to the special.
  for (const part of parts.toReversed()) {
    const subject = index.get(part);
    if (subject !== undefined) return { subject, strength: parts.length <= 3 ? 0.85 : 0.6 };
  }
  return null;
}
