/**
 * Units of time in the languages that `relative-time-words` does not hold: one line a language, words as they stand after a
 * number. `*` ends a stem. They mean something only beside a word for "ago", so that a word of two languages does no harm.
 */
import { foldName } from '../text/month-names.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export type UnitWords = { readonly ms: number; readonly months?: number; readonly pattern: RegExp };

const minutes = `
 minuc* minūt* mínút* munud* noiméad minutash perce минути минута минуты мүнөт* мину́т* дақиқа daqiq* daqiiq* dəqiqə* dakik* minuto
 წუთ* րոպե* মিনিট* मिनिट* मिनेट* મિનિટ* ਮਿੰਟ* ମିନିଟ୍* நிமிட* నిమిష* ನಿಮಿಷ* മിനിറ്റ* മിനിട്ട* මිනිත්තු* විනාඩි منٹ* ນາທີ នាទី မိနစ် ደቂቃ* dakika мин minutter`;
const hours = `
 óra* órája sat sata sati satima сат сата сати ur ura ure uri urami urama valand* stund* klukkustund* klst orë orësh hores hora ordu* awr uair uaire tund* tunni
 цаг* сағат* саат* сәгат* соат* soat* sagat* საათ* ժամ* ঘণ্টা* ঘন্টা* घण्टे घण्टा घंटों घण्टा* तास* કલાક* ਘੰਟ* ଘଣ୍ଟା* மணிநேர* గంట* ಗಂಟೆ* മണിക്കൂ* පැය گھنٹ* ຊົ່ວໂມງ ម៉ោង နာရီ ሰዓት* oras saa saac saacadood
 stonn* sigħat siegħa timum klukkutím* awa ure godzine`;
const days = `
 napja dan dana dani danima дан дана дани дена дэн dnevom dnevoma dnevi dnmi dňami dien* dögum dagur dit* dies egun* diwrnod* lá päev* өдр* хоног* күн kun gün gun рӯз дней
 დღ* օր* দিন* दिनों दिवस* દિવસ* ਦਿਨ* ଦିନ* நாட்கள்* நாள்* நாட்* రోజు* రోజుల* ದಿನ* ദിവസ* දින دنوں ວັນ ថ្ងៃ ရက် ቀን* araw siku maalmood deeg jiem ġurnata kwana`;
const weeks = `
 hete nedelj* nedjelj* tjed* sedmic* недељ* недел* седмиц* teden tedn* savait* nedēļ* vikum viku vikur jav* setman* aste* wythnos* seachtain* nädal* saptaman*
 долоо* апта* hafta* həftə* кви́р* კვირ* շաբաթ* সপ্তাহ* सप्ताह* हफ़्ते हफ़्ता आठवड्य* हप्ता* અઠવાડિય* ਹਫ਼ਤ* ਹਫਤ* ସପ୍ତାହ* வாரம்* வாரங்* వార* ವಾರ* ആഴ്ച* සති ہفت* ອາທິດ សប្តាហ៍ ပတ် ሳምንት* linggo wiki toddobaad* woch* gimgħa týdn* týžd*`;
const months = `
 hónapja mesec* mjesec* месец* мес mėnes* mēneš* mánuð* mánuð muaj* mesos hilabete* mis mhí kuu* сар* ай ay oy моҳ თვ* ամիս* ամս* মাস* माह महीना महीनों महिन्य* महिना* મહિન* ਮਹੀਨ* ମାସ* மாத* నెల* ತಿಂಗಳ* മാസ* මාස مہین* ມເດືອນ ເດືອນ ខែ လ ወር* buwan miezi bilood* méint xahar* mesiac*`;
const years = `
 éve godin* metų metus metais gad* vite vit vjet vitesh ár árum anys any urte* blynedd bliain aasta* жил* жыл* il yil* сол წლ* წელ* տարի* տարվա* বছর* वर्ष* वर्षां* વર્ષ* ਸਾਲ* ବର୍ଷ* ஆண்டு* వర్ష* సంవత్సర* ವರ್ಷ* വർഷ* වසර سالوں ປີ ឆ្នាំ နှစ် ዓመት* taon miaka sano joer snin ani anos roky rokmi rokom let*`;

function patternOf(words: string): RegExp {
  const alternatives = words
    .trim()
    .split(/\s+/)
    .map(word => {
      const isStem = word.endsWith('*');
      const folded = foldName((isStem ? word.slice(0, -1) : word).normalize('NFKC'));
      return isStem ? `${folded}[\\p{L}\\p{M}]*` : folded;
    });
  return new RegExp(`^(?:${alternatives.join('|')})$`, 'u');
}

export const unitWords: readonly UnitWords[] = [
  { ms: minute, pattern: patternOf(minutes) },
  { ms: hour, pattern: patternOf(hours) },
  { ms: day, pattern: patternOf(days) },
  { ms: 7 * day, pattern: patternOf(weeks) },
  { ms: 30 * day, months: 1, pattern: patternOf(months) },
  { ms: 365 * day, months: 12, pattern: patternOf(years) },
];

/** Units whose ending says "ago" by itself: Hungarian "2 órája", Albanian "para 2 orësh". */
export const unitsAgo =
  /^(?:masodperce|perce|oraja|napja|hete|honapja|eve|minutash|oresh|ditesh|javesh|muajsh|vitesh)$/u;

/** In Serbian and Bulgarian this word is a year; in Ukrainian, which says "тому", an hour. */
export const southSlavicYear = /^годин/u;
export const southSlavicAgo = /^(?:пре|пред|преди)$/u;

/** Scripts that write "hours" and "ago" as one word: the word for "ago" is split off. */
export const agoSuffix = /^(.+?)(以前|之前|前|전|ที่แล้ว|ที่ผ่านมา|ก่อนหน้านี้|ก่อน|ກ່ອນໜ້ານີ້|ກ່ອນ|ທີ່ຜ່ານມາ|ທີ່ແລ້ວ|មុន|पूर्वी)$/u;
