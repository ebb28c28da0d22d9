/**
 * How languages say how long ago. Words are folded (lower case, no accents on Latin, Greek and Cyrillic letters).
 */
import { foldName } from '../text/month-names.ts';
import { unitWords } from './relative-unit-words.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A unit and the words that begin with one of its stems; `exact` words must match whole. */
export type TimeUnit = { readonly ms: number; readonly months?: number; readonly pattern: RegExp };

export const timeUnits: readonly TimeUnit[] = [
  {
    ms: second,
    pattern:
      /^(?:seconds?|secs?|s|secondi|secondo|secondes?|sekunden?|sek|segundos?|секунд\p{L}*|сек|ثانية|ثواني|ثوان|ثانيه|saniye|δευτερολεπτ\p{L}*|sekund\p{L}*|seconden?|秒|초|másodperc|secunde|שניות|detik|giay|वर्ष0)$/u,
  },
  {
    ms: minute,
    pattern:
      /^(?:minutes?|mins?|m|minuti|minuto|minutos|minuten?|минут\p{L}*|мин|хвилин\p{L}*|хв|دقيقة|دقائق|دقايق|دقیقه|dakika|dk|λεπτ\p{L}*|minut\p{L}*|minuter|minutt\p{L}*|minutter|minuutti\p{L}*|分|分钟|分鐘|분|perc\p{L}*|דקות|דקה|menit|phut|मिनट|นาที)$/u,
  },
  {
    ms: hour,
    pattern:
      /^(?:hours?|hrs?|hr|h|ore|ora|heures?|stunden?|std|horas?|час\p{L}*|ч|годин\p{L}*|год|ساعة|ساعات|ساعه|ساعت|saat|sa|ωρ\p{L}*|godzin\p{L}*|godz|uur|uren|timm\p{L}*|tim|time|timer|tunti\p{L}*|hodin\p{L}*|小时|小時|時間|时间|시간|ora|oraval|שעות|שעה|jam|gio|tieng|घंटे|घंटा|ชั่วโมง)$/u,
  },
  {
    ms: day,
    pattern:
      /^(?:days?|d|giorni|giorno|gg|jours?|j|tagen?|tage|dias?|д[еён]нь|дн\p{L}*|день|дней|дня|دن|يوم|أيام|ايام|يوما|روز|gun|ημερ\p{L}*|μερ\p{L}*|dni|dzien|dagen|dag|dagar|dager|dage|paiva\p{L}*|dny|dnem|dnu|天|日|일|nap\p{L}*|zile|zi|ימים|יום|hari|ngay|दिन|วัน)$/u,
  },
  {
    ms: 7 * day,
    pattern:
      /^(?:weeks?|w|wks?|settiman[ae]|sett|semaines?|sem|wochen?|semanas?|недел\p{L}*|тижн\p{L}*|тиждень|أسبوع|أسابيع|اسبوع|اسابيع|هفته|hafta|εβδομαδ\p{L}*|tydzien|tygodni\p{L}*|weken|week|veck\p{L}*|uke|uker|uger?|viikko\p{L}*|周|週|週間|星期|주|het\p{L}*|שבועות|שבוע|minggu|tuan|हफ्ते|สัปดาห์)$/u,
  },
  {
    ms: 30 * day,
    months: 1,
    pattern:
      /^(?:months?|mos?|mesi|mese|mois|monat\p{L}*|mes|meses|mes(?:es)?|месяц\p{L}*|мес|місяц\p{L}*|شهر|أشهر|شهور|اشهر|ماه|ay|μην\p{L}*|miesi\p{L}*|maand\p{L}*|manad\p{L}*|maned\p{L}*|kuukau\p{L}*|mesic\p{L}*|个月|個月|か月|ヶ月|カ月|개월|달|honap\p{L}*|luni|luna|חודשים|חודש|bulan|thang|महीने|เดือน)$/u,
  },
  {
    ms: 365 * day,
    months: 12,
    pattern:
      /^(?:years?|yrs?|y|anni|anno|ans?|annees?|jahr\p{L}*|anos?|лет|год\p{L}*|рок\p{L}*|سنة|سنوات|عام|أعوام|اعوام|سال|yil|χρον\p{L}*|rok|lat|lata|jaar|jaren|ar|vuo\p{L}*|let|年|년|ev\p{L}*|שנים|שנה|tahun|nam|साल|ปี)$/u,
  },
  ...unitWords,
];

/** Words that stand before the amount: "vor 2 Stunden", "il y a 5 minutes", "منذ ساعتين". */
export const agoBefore =
  /^(?:vor|hace|ha|منذ|قبل|πριν|πριν απο|il y a|fa|لمدة|pred|pries|לפני|acum|за|pre|prije|пре|пред|преди|pirms|hai|duela|fyrir|virun|qabel)$/u;
/** Words that stand after it: "2 days ago", "2 ore fa", "2 часа назад", "3日前". */
export const agoAfter =
  /^(?:ago|fa|назад|тому|тому назад|once|temu|sedan|siden|geleden|sitten|zpet|atras|پیش|قبل|前|以前|之前|전|ezelott|lalu|yang lalu|truoc|पहले|que passou|πριν|back|ที่แล้ว|ที่ผ่านมา|ก่อนหน้านี้|ก่อน|ກ່ອນໜ້ານີ້|ກ່ອນ|ທີ່ຜ່ານມາ|ທີ່ແລ້ວ|មុន|पूर्वी|पूर्व|अगाडि|अघि|पहिले|আগে|পূর্বে|પહેલાં|પહેલા|ਪਹਿਲਾਂ|ਪਹਿਲਾ|ପୂର୍ବେ|முன்பு|முன்|முன்னர்|క్రితం|ಹಿಂದೆ|മുമ്പ്|മുൻപ്|മുന്‍പ്|පෙර|پہلے|tagasi|in urma|me pare|ka hor|yn ol|o shin|lepas|yang lepas|ang nakalipas|ang nakaraan|zilizopita|iliyopita|yaliyopita|gelede|ilu|əvvəl|oncə|oldin|avval|бұрын|мурун|мурда|өмнө|элек|пеш|წინ|առաջ)$/u;

/** "an hour", "eine Stunde", "un'ora": the amount 1 (or 2, or a handful nobody counts). */
export const amountWords: ReadonlyMap<string, number> = new Map([
  ...'a an one un una uno une ein eine einem einer einen um uma один одну одна однин bir ένα ένας μία ενα ενας μια en et ett een jeden jedna jedno egy o واحد واحدة یک 一 1 hace'
    .split(' ')
    .map(word => [word, 1] as const),
  ...'two due deux zwei dos dois duas два две два двух iki δυο dwa dwie tva to twee kaksi dva dve دو 两 兩 二'
    .split(' ')
    .map(word => [word, 2] as const),
  ...'three tre trois drei tres три uc τρεις τρια trzy drie سه 三 ثلاث ثلاثة'
    .split(' ')
    .map(word => [word, 3] as const),
  ...'four quattro quatre vier cuatro quatro четыре dort أربع أربعة 四'.split(' ').map(word => [word, 4] as const),
  ...'five cinque cinq funf cinco пять bes خمس خمسة 五'.split(' ').map(word => [word, 5] as const),
]);

/** One word that holds amount and unit: the Arabic and Hebrew duals and the like. */
export const dualWords: ReadonlyMap<string, number> = new Map([
  ['ساعتين', 2 * hour],
  ['ساعتان', 2 * hour],
  ['دقيقتين', 2 * minute],
  ['دقيقتان', 2 * minute],
  ['يومين', 2 * day],
  ['يومان', 2 * day],
  ['أسبوعين', 14 * day],
  ['اسبوعين', 14 * day],
  ['أسبوعان', 14 * day],
  ['شهرين', 60 * day],
  ['שעתיים', 2 * hour],
  ['יומיים', 2 * day],
  ['שבועיים', 14 * day],
  ['полчаса', 30 * minute],
]);

/** Days by name, in days before today. Longer phrases first: "day before yesterday" holds "yesterday". */
export const dayWords: readonly {
  readonly daysAgo: number;
  readonly pattern: RegExp;
  /** Words that are names or small words elsewhere count on pages of these languages only. */
  readonly languages?: RegExp;
}[] = [
  {
    daysAgo: 2,
    pattern: word(
      'day before yesterday|vorgestern|avant-hier|anteayer|antes de ayer|anteontem|laltro ieri|l altro ieri|altroieri|ieri laltro|позавчера|позавчора|أول أمس|اول امس|پریروز|evvelsi gun|onceki gun|προχθες|przedwczoraj|eergisteren|i forrgar|前天|おととい|一昨日|그저께|그제',
    ),
  },
  {
    daysAgo: 1,
    pattern: word(
      'yesterday|gestern|hier|ayer|ontem|ieri|вчера|вчора|أمس|البارحة|امس|دیروز|dun|χθες|χτες|wczoraj|gisteren|i gar|igar|i gaar|eilen|vcera|tegnap|אתמול|kemarin|hom qua|昨天|昨日|きのう|어제|कल|เมื่อวานนี้|เมื่อวาน|ahir|jucer|juce|јуче|vceraj|vakar|vakardien|i gær|onte|atzo|ddoe|inne|gisteren|dje|গতকাল|हिजो|ગઈકાલે|ਕੱਲ੍ਹ|நேற்று|నిన్న|ನಿನ್ನೆ|ഇന്നലെ|ඊයේ|မနေ့က|ម្សិលមិញ|ມື້ວານນີ້|ມື້ວານ|გუშინ|երեկ|dünən|кеше|кечээ|kecha|өчигдөр|kahapon|semalam|hôm qua|gëschter|ilbieraħ|ትናንት|گزشتہ روز|昨晚|昨夜',
    ),
  },
  {
    daysAgo: 0,
    pattern: word(
      'today|heute|aujourdhui|aujourd hui|hoy|hoje|oggi|сегодня|сьогодні|اليوم|امروز|bugun|σημερα|dzisiaj|dzis|vandaag|idag|i dag|tanaan|dnes|היום|hari ini|hom nay|今天|今日|きょう|오늘|आज|วันนี้|avui|danas|днес|денес|данас|azi|astazi|siandien|sodien|gaur|hoxe|heddiw|inniu|আজ|আজকে|આજે|ਅੱਜ|இன்று|నేడు|ఈరోజు|ಇಂದು|ഇന്ന്|අද|ယနေ့|ថ្ងៃនេះ|ມື້ນີ້|დღეს|այսօր|bu gün|бүгін|бүгүн|өнөөдөр|ngayong araw|ዛሬ|آج',
    ),
  },
  { daysAgo: 1, pattern: word('eile'), languages: /^et/ },
  { daysAgo: 0, pattern: word('tana|täna'), languages: /^et/ },
  { daysAgo: 1, pattern: word('jana'), languages: /^sw/ },
  { daysAgo: 0, pattern: word('leo'), languages: /^sw/ },
  { daysAgo: 1, pattern: word('gister'), languages: /^af/ },
  { daysAgo: 1, pattern: word('काल'), languages: /^mr/ },
  { daysAgo: 0, pattern: word('ma'), languages: /^hu/ },
  { daysAgo: 0, pattern: word('sot'), languages: /^sq/ },
  { daysAgo: 0, pattern: word('haut'), languages: /^lb/ },
  { daysAgo: 0, pattern: word('illum'), languages: /^mt/ },
];

/** "just now" in some languages: the moment of the fetch. */
export const nowWords = word(
  'just now|moments ago|a moment ago|seconds ago|a few seconds ago|gerade eben|soeben|a linstant|hace un momento|ahora mismo|agora mesmo|poco fa|adesso|только что|щойно|الآن|منذ لحظات|همین الان|az once|simdi|μολις τωρα|przed chwila|zojuist|just nu|nyss|刚刚|剛剛|たった今|방금|upravo sada|juuri nyt|epp most|току що|chiar acum|lige nu|akkurat na|ara mateix|לפני רגע|अभी अभी|এইমাত্র|เมื่อสักครู่|vua xong|baru saja|ngayon lang|ახლახან|հենց հիմա|indicə|hozirgina|жаңа ғана|لحظاتی پیش|دقایقی پیش',
);

/** Unicode-aware word boundaries; Chinese, Japanese and Korean are not divided into words. */
function word(alternatives: string): RegExp {
  const folded = [...new Set(alternatives.split('|').flatMap(each => [each, foldName(each)]))].join('|');
  return new RegExp(`(?:^|[^\\p{L}\\p{N}])(?:${folded})(?![\\p{L}])|(?:${cjkOf(alternatives)})`, 'u');
}

function cjkOf(alternatives: string): string {
  const cjk = alternatives.split('|').filter(each => /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(each));
  return cjk.length > 0 ? cjk.join('|') : '(?!)';
}
