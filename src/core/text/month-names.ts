/**
 * Names and abbreviations of months and weekdays, standing alone and in dates (genitive), in some 75 languages.
 * The names are those of Unicode CLDR (Unicode-3.0 licence), with the spellings added that feeds and pages really use:
 * Arabic in the Egyptian, Levantine and Maghreb sets, Greek in all cases, abbreviations of every house style.
 */

/** Language → twelve months, divided by commas; each its names, divided by spaces (`_` stands for a space in a name). */
const months: Readonly<Record<string, string>> = {
  en: 'january jan, february feb febr, march mar, april apr, may, june jun jne, july jul, august aug, september sep sept, october oct, november nov, december dec',
  es: 'enero ene, febrero feb, marzo mar, abril abr, mayo may, junio jun, julio jul, agosto ago, septiembre sept sep setiembre set, octubre oct, noviembre nov, diciembre dic',
  fr: 'janvier janv, février févr fev fevr, mars, avril avr, mai, juin, juillet juil, août aou, septembre sept, octobre oct, novembre nov, décembre déc',
  de: 'januar jan jänner jän, februar feb feber, märz mär maerz mrz, april apr, mai, juni jun, juli jul, august aug, september sep sept, oktober okt, november nov, dezember dez',
  it: 'gennaio gen, febbraio feb, marzo mar, aprile apr, maggio mag, giugno giu, luglio lug, agosto ago, settembre set sett, ottobre ott, novembre nov, dicembre dic',
  pt: 'janeiro jan, fevereiro fev, março mar, abril abr, maio mai, junho jun, julho jul, agosto ago, setembro set, outubro out, novembro nov, dezembro dez',
  ru: 'январь янв января, февраль февр февраля фев, март марта мар, апрель апр апреля, май мая, июнь июня июн, июль июля июл, август авг августа, сентябрь сент сентября сен, октябрь окт октября, ноябрь нояб ноября ноя, декабрь дек декабря',
  nl: 'januari jan, februari feb, maart mrt, april apr, mei, juni jun, juli jul, augustus aug, september sep sept, oktober okt, november nov, december dec',
  pl: 'styczeń sty stycznia styczen, luty lut lutego, marzec mar marca, kwiecień kwi kwietnia kwiecien, maj maja, czerwiec cze czerwca, lipiec lip lipca, sierpień sie sierpnia, wrzesień wrz września wrzesien, październik paź października pazdziernik paz, listopad lis listopada, grudzień gru grudnia grudzien',
  sv: 'januari jan, februari feb, mars, april apr, maj, juni jun, juli jul, augusti aug, september sep sept, oktober okt, november nov, december dec',
  da: 'januar jan, februar feb, marts mar, april apr, maj, juni jun, juli jul, august aug, september sep, oktober okt, november nov, december dec',
  nb: 'januar jan, februar feb, mars mar, april apr, mai, juni jun, juli jul, august aug, september sep, oktober okt, november nov, desember des',
  nn: 'januar jan, februar feb, mars mar, april apr, mai, juni jun, juli jul, august aug, september sep, oktober okt, november nov, desember des',
  fi: 'tammikuu tammi tammikuuta, helmikuu helmi helmikuuta, maaliskuu maalis maaliskuuta, huhtikuu huhti huhtikuuta, toukokuu touko toukokuuta, kesäkuu kesä kesäkuuta, heinäkuu heinä heinäkuuta, elokuu elo elokuuta, syyskuu syys syyskuuta, lokakuu loka lokakuuta, marraskuu marras marraskuuta, joulukuu joulu joulukuuta',
  is: 'janúar jan, febrúar feb, mars mar, apríl apr, maí, júní jún, júlí júl, ágúst ágú, september sep, október okt, nóvember nóv, desember des',
  et: 'jaanuar jaan, veebruar veebr, märts, aprill apr, mai, juuni, juuli, august aug, september sept, oktoober okt, november nov, detsember dets',
  lv: 'janvāris janv, februāris febr, marts, aprīlis apr, maijs, jūnijs jūn, jūlijs jūl, augusts aug, septembris sept, oktobris okt, novembris nov, decembris dec',
  lt: 'sausis sausio, vasaris vasario, kovas kovo, balandis balandžio, gegužė gegužės, birželis birželio, liepa liepos, rugpjūtis rugpjūčio, rugsėjis rugsėjo, spalis spalio, lapkritis lapkričio, gruodis gruodžio',
  cs: 'leden led ledna, únor úno února, březen bře března, duben dub dubna, květen kvě května, červen čvn června, červenec čvc července, srpen srp srpna, září zář, říjen říj října, listopad lis listopadu, prosinec pro prosince',
  sk: 'január jan januára, február feb februára, marec mar marca, apríl apr apríla, máj mája, jún júna, júl júla, august aug augusta, september sep septembra, október okt októbra, november nov novembra, december dec decembra',
  sl: 'januar jan, februar feb, marec mar, april apr, maj, junij jun, julij jul, avgust avg, september sep, oktober okt, november nov, december dec',
  hr: 'siječanj sij siječnja, veljača velj veljače, ožujak ožu ožujka, travanj tra travnja, svibanj svi svibnja, lipanj lip lipnja, srpanj srp srpnja, kolovoz kol kolovoza, rujan ruj rujna, listopad lis listopada, studeni stu studenoga studenog stud, prosinac pro prosinca',
  'sr-Latn':
    'januar jan, februar feb, mart mar, april apr, maj, jun, jul, avgust avg, septembar sep, oktobar okt, novembar nov, decembar dec',
  sr: 'јануар јан, фебруар феб, март мар, април апр, мај, јун, јул, август авг, септембар сеп, октобар окт, новембар нов, децембар дец',
  bs: 'januar jan, februar feb, mart mar, april apr, maj, juni jun, juli jul, august aug, septembar sep, oktobar okt, novembar nov, decembar dec',
  mk: 'јануари јан, февруари фев, март мар, април апр, мај, јуни јун, јули јул, август авг, септември сеп, октомври окт, ноември ное, декември дек',
  bg: 'януари ян, февруари фев, март мар, април апр, май, юни, юли, август авг, септември сеп, октомври окт, ноември ное, декември дек',
  uk: 'січень січ січня, лютий лют лютого, березень бер березня, квітень квіт квітня, травень трав травня, червень черв червня, липень лип липня, серпень серп серпня, вересень вер вересня, жовтень жовт жовтня, листопад лист листопада, грудень груд грудня',
  be: 'студзень сту студзеня, люты лют лютага, сакавік сак сакавіка, красавік кра красавіка, май мая, чэрвень чэр чэрвеня, ліпень ліп ліпеня, жнівень жні жніўня, верасень вер верасня, кастрычнік кас кастрычніка, лістапад ліс лістапада, снежань сне снежня',
  ro: 'ianuarie ian, februarie feb, martie mar, aprilie apr, mai, iunie iun, iulie iul, august aug, septembrie sept sep, octombrie oct, noiembrie nov noi, decembrie dec',
  hu: 'január jan, február febr feb, március márc mar, április ápr, május máj, június jún jun, július júl jul, augusztus aug, szeptember szept szep, október okt, november nov, december dec',
  el: 'ιανουαρίου ιαν ιανουάριος ιανουάριο, φεβρουαρίου φεβ φεβρουάριος φεβρουάριο, μαρτίου μαρ μάρτιος μάρ μάρτιο, απριλίου απρ απρίλιος απρίλιο, μαΐου μαΐ μάιος μάι μάιο, ιουνίου ιουν ιούνιος ιούν ιούνιο, ιουλίου ιουλ ιούλιος ιούλ ιούλιο, αυγούστου αυγ αύγουστος αύγ αύγουστο, σεπτεμβρίου σεπ σεπτέμβριος σεπτ σεπτέμβριο, οκτωβρίου οκτ οκτώβριος οκτώβριο, νοεμβρίου νοε νοέμβριος νοέ νοέμβριο, δεκεμβρίου δεκ δεκέμβριος δεκέμβριο',
  tr: 'ocak oca, şubat şub, mart mar, nisan nis, mayıs may, haziran haz, temmuz tem, ağustos ağu, eylül eyl, ekim eki, kasım kas, aralık ara',
  az: 'yanvar yan, fevral fev, mart mar, aprel apr, may, iyun iyn, iyul iyl, avqust avq, sentyabr sen, oktyabr okt, noyabr noy, dekabr dek',
  sq: 'janar jan, shkurt shk, mars mar, prill pri, maj, qershor qer, korrik korr, gusht gush, shtator sht, tetor tet, nëntor nën, dhjetor dhj',
  ca: 'gener gen, febrer febr, març, abril abr, maig, juny, juliol jul, agost ag, setembre set, octubre oct, novembre nov, desembre des',
  gl: 'xaneiro xan, febreiro feb, marzo mar, abril abr, maio, xuño, xullo xul, agosto ago, setembro set, outubro out, novembro nov, decembro dec',
  eu: 'urtarrila urt, otsaila ots, martxoa mar, apirila api, maiatza mai, ekaina eka, uztaila uzt, abuztua abu, iraila ira, urria urr, azaroa aza, abendua abe',
  ga: 'eanáir ean, feabhra feabh, márta, aibreán aib, bealtaine beal, meitheamh meith, iúil, lúnasa lún, meán_fómhair mfómh, deireadh_fómhair dfómh, samhain samh, nollaig noll',
  cy: 'ionawr ion, chwefror chw chwef, mawrth maw, ebrill ebr, mai, mehefin meh, gorffennaf gor gorff, awst, medi, hydref hyd, tachwedd tach, rhagfyr rhag',
  mt: 'jannar jan, frar fra, marzu mar, april apr, mejju mej, ġunju ġun, lulju lul, awwissu aww, settembru set, ottubru ott, novembru nov, diċembru diċ',
  id: 'januari jan, februari feb peb, maret mar, april apr, mei, juni jun, juli jul, agustus agu agust agt, september sep sept, oktober okt, november nov nop, desember des',
  ms: 'januari jan, februari feb, mac, april apr, mei, jun, julai jul, ogos ogo, september sep, oktober okt, november nov, disember dis',
  tl: 'enero ene, pebrero peb, marso mar, abril abr, mayo may, hunyo hun, hulyo hul, agosto ago, setyembre set, oktubre okt, nobyembre nob, disyembre dis',
  sw: 'januari jan, februari feb, machi mac, aprili apr, mei, juni jun, julai jul, agosti ago, septemba sep, oktoba okt, novemba nov, desemba des',
  af: 'januarie jan, februarie feb, maart mrt, april apr, mei, junie jun, julie jul, augustus aug, september sep, oktober okt, november nov, desember des',
  ar: 'يناير جانفي, فبراير فيفري, مارس, أبريل أفريل ابريل إبريل, مايو ماي, يونيو جوان, يوليو جويلية, أغسطس أوت اغسطس غشت, سبتمبر شتنبر, أكتوبر اكتوبر, نوفمبر نونبر, ديسمبر دجنبر',
  'ar-LB':
    'كانون_الثاني, شباط, آذار اذار, نيسان, أيار ايار, حزيران, تموز, آب اب, أيلول ايلول, تشرين_الأول تشرين_الاول, تشرين_الثاني, كانون_الأول كانون_الاول',
  fa: 'ژانویه ژانویهٔ جنوری, فوریه فوریهٔ, مارس, آوریل آپریل, مه مهٔ می, ژوئن, ژوئیه ژوئیهٔ جولای, اوت آگست آگوست, سپتامبر, اکتبر, نوامبر, دسامبر دسمبر',
  ur: 'جنوری, فروری, مارچ, اپریل, مئی, جون, جولائی, اگست, ستمبر, اکتوبر, نومبر, دسمبر',
  he: 'ינואר ינו, פברואר פבר, מרץ, אפריל אפר, מאי, יוני, יולי, אוגוסט אוג, ספטמבר ספט, אוקטובר אוק, נובמבר נוב, דצמבר דצמ',
  hi: 'जनवरी जन, फ़रवरी फ़र, मार्च, अप्रैल, मई, जून, जुलाई जुल, अगस्त अग, सितंबर सित, अक्टूबर अक्टू, नवंबर नव, दिसंबर दिस',
  bn: 'জানুয়ারি জানু, ফেব্রুয়ারি ফেব, মার্চ, এপ্রিল এপ্রি, মে, জুন, জুলাই জুল, আগস্ট আগ, সেপ্টেম্বর সেপ্ট সেপ, অক্টোবর অক্টো, নভেম্বর নভে, ডিসেম্বর ডিসে',
  ta: 'ஜனவரி ஜன, பிப்ரவரி பிப், மார்ச் மார், ஏப்ரல் ஏப், மே, ஜூன், ஜூலை, ஆகஸ்ட் ஆக, செப்டம்பர் செப், அக்டோபர் அக், நவம்பர் நவ, டிசம்பர் டிச',
  te: 'జనవరి జన, ఫిబ్రవరి ఫిబ్ర, మార్చి, ఏప్రిల్ ఏప్రి, మే, జూన్, జులై, ఆగస్టు ఆగ, సెప్టెంబర్ సెప్టెం, అక్టోబర్ అక్టో, నవంబర్ నవం, డిసెంబర్ డిసెం',
  ml: 'ജനുവരി ജനു, ഫെബ്രുവരി ഫെബ്രു, മാർച്ച് മാർ, ഏപ്രിൽ ഏപ്രി, മേയ്, ജൂൺ, ജൂലൈ, ഓഗസ്റ്റ് ഓഗ, സെപ്റ്റംബർ സെപ്റ്റം, ഒക്‌ടോബർ ഒക്ടോ, നവംബർ നവം, ഡിസംബർ ഡിസം',
  mr: 'जानेवारी जाने, फेब्रुवारी फेब्रु, मार्च, एप्रिल एप्रि, मे, जून, जुलै, ऑगस्ट ऑग, सप्टेंबर सप्टें, ऑक्टोबर ऑक्टो, नोव्हेंबर नोव्हें, डिसेंबर डिसें',
  gu: 'જાન્યુઆરી જાન્યુ, ફેબ્રુઆરી ફેબ્રુ, માર્ચ, એપ્રિલ, મે, જૂન, જુલાઈ, ઑગસ્ટ, સપ્ટેમ્બર સપ્ટે, ઑક્ટોબર ઑક્ટો, નવેમ્બર નવે, ડિસેમ્બર ડિસે',
  kn: 'ಜನವರಿ ಜನ, ಫೆಬ್ರವರಿ ಫೆಬ್ರ, ಮಾರ್ಚ್, ಏಪ್ರಿಲ್ ಏಪ್ರಿ, ಮೇ, ಜೂನ್, ಜುಲೈ, ಆಗಸ್ಟ್ ಆಗ, ಸೆಪ್ಟೆಂಬರ್ ಸೆಪ್ಟೆಂ, ಅಕ್ಟೋಬರ್ ಅಕ್ಟೋ, ನವೆಂಬರ್ ನವೆಂ, ಡಿಸೆಂಬರ್ ಡಿಸೆಂ',
  pa: 'ਜਨਵਰੀ ਜਨ, ਫ਼ਰਵਰੀ ਫ਼ਰ, ਮਾਰਚ, ਅਪ੍ਰੈਲ ਅਪ੍ਰੈ, ਮਈ, ਜੂਨ, ਜੁਲਾਈ ਜੁਲਾ, ਅਗਸਤ ਅਗ, ਸਤੰਬਰ ਸਤੰ, ਅਕਤੂਬਰ ਅਕਤੂ, ਨਵੰਬਰ ਨਵੰ, ਦਸੰਬਰ ਦਸੰ',
  ne: 'जनवरी, फेब्रुअरी, मार्च, अप्रिल, मे, जुन, जुलाई, अगस्ट, सेप्टेम्बर, अक्टोबर, नोभेम्बर, डिसेम्बर',
  th: 'มกราคม ม.ค, กุมภาพันธ์ ก.พ, มีนาคม มี.ค, เมษายน เม.ย, พฤษภาคม พ.ค, มิถุนายน มิ.ย, กรกฎาคม ก.ค, สิงหาคม ส.ค, กันยายน ก.ย, ตุลาคม ต.ค, พฤศจิกายน พ.ย, ธันวาคม ธ.ค',
  vi: 'tháng_1 thg_1, tháng_2 thg_2, tháng_3 thg_3, tháng_4 thg_4, tháng_5 thg_5, tháng_6 thg_6, tháng_7 thg_7, tháng_8 thg_8, tháng_9 thg_9, tháng_10 thg_10, tháng_11 thg_11, tháng_12 thg_12',
  my: 'ဇန်နဝါရီ ဇန်, ဖေဖော်ဝါရီ ဖေ, မတ်, ဧပြီ ဧ, မေ, ဇွန်, ဇူလိုင် ဇူ, ဩဂုတ် ဩ, စက်တင်ဘာ စက်, အောက်တိုဘာ အောက်, နိုဝင်ဘာ နို, ဒီဇင်ဘာ ဒီ',
  km: 'មករា, កុម្ភៈ, មីនា, មេសា, ឧសភា, មិថុនា, កក្កដា, សីហា, កញ្ញា, តុលា, វិច្ឆិកា, ធ្នូ',
  lo: 'ມັງກອນ ມ.ກ, ກຸມພາ ກ.ພ, ມີນາ ມ.ນ, ເມສາ ມ.ສ, ພຶດສະພາ ພ.ພ, ມິຖຸນາ ມິ.ຖ, ກໍລະກົດ ກ.ລ, ສິງຫາ ສ.ຫ, ກັນຍາ ກ.ຍ, ຕຸລາ ຕ.ລ, ພະຈິກ ພ.ຈ, ທັນວາ ທ.ວ',
  am: 'ጃንዋሪ ጃን, ፌብሩዋሪ ፌብ, ማርች, ኤፕሪል ኤፕሪ, ሜይ, ጁን, ጁላይ, ኦገስት ኦገስ, ሴፕቴምበር ሴፕቴ, ኦክቶበር ኦክቶ, ኖቬምበር ኖቬም, ዲሴምበር ዲሴም',
  hy: 'հունվար հնվ հունվարի, փետրվար փտվ փետրվարի, մարտ մրտ մարտի, ապրիլ ապր ապրիլի, մայիս մյս մայիսի, հունիս հնս հունիսի, հուլիս հլս հուլիսի, օգոստոս օգս օգոստոսի, սեպտեմբեր սեպ սեպտեմբերի, հոկտեմբեր հոկ հոկտեմբերի, նոյեմբեր նոյ նոյեմբերի, դեկտեմբեր դեկ դեկտեմբերի',
  ka: 'იანვარი იან, თებერვალი თებ, მარტი მარ, აპრილი აპრ, მაისი მაი, ივნისი ივნ, ივლისი ივლ, აგვისტო აგვ, სექტემბერი სექ, ოქტომბერი ოქტ, ნოემბერი ნოე, დეკემბერი დეკ',
  kk: 'қаңтар қаң, ақпан ақп, наурыз нау, сәуір сәу, мамыр мам, маусым мау, шілде шіл, тамыз там, қыркүйек қыр, қазан қаз, қараша қар, желтоқсан жел',
  ky: 'январь янв, февраль фев, март мар, апрель апр, май, июнь июн, июль июл, август авг, сентябрь сен, октябрь окт, ноябрь ноя, декабрь дек',
  uz: 'yanvar yan, fevral fev, mart mar, aprel apr, may, iyun iyn, iyul iyl, avgust avg, sentabr sen, oktabr okt, noyabr noy, dekabr dek',
  mn: 'нэгдүгээр_сар 1-р_сар, хоёрдугаар_сар 2-р_сар, гуравдугаар_сар 3-р_сар, дөрөвдүгээр_сар 4-р_сар, тавдугаар_сар 5-р_сар, зургаадугаар_сар 6-р_сар, долоодугаар_сар 7-р_сар, наймдугаар_сар 8-р_сар, есдүгээр_сар 9-р_сар, аравдугаар_сар 10-р_сар, арван_нэгдүгээр_сар 11-р_сар, арван_хоёрдугаар_сар 12-р_сар',
  si: 'දුරුතු, නවම්, මැදින්, බක්, වෙසක්, පොසොන්, ඇසළ, නිකිණි, බිනර, වප්, ඉල්, උඳුවප්',
  zu: 'januwari jan, februwari feb, mashi mas, ephreli eph, meyi mey, juni jun, julayi jul, agasti aga, septhemba sep, okthoba okt, novemba nov, disemba dis',
  zh: '一月 1月, 二月 2月, 三月 3月, 四月 4月, 五月 5月, 六月 6月, 七月 7月, 八月 8月, 九月 9月, 十月 10月, 十一月 11月, 十二月 12月',
  ko: '1월, 2월, 3월, 4월, 5월, 6월, 7월, 8월, 9월, 10월, 11월, 12월',
  ja: '睦月, 如月, 弥生, 卯月, 皐月, 水無月, 文月, 葉月, 長月, 神無月, 霜月, 師走',
};

/** Language → seven weekdays from Sunday, in the same notation. */
const weekdays: Readonly<Record<string, string>> = {
  en: 'sunday sun, monday mon, tuesday tue, wednesday wed, thursday thu, friday fri, saturday sat',
  es: 'domingo dom, lunes lun, martes mar, miércoles mié, jueves jue, viernes vie, sábado sáb',
  fr: 'dimanche dim, lundi lun, mardi mar, mercredi mer, jeudi jeu, vendredi ven, samedi sam',
  de: 'sonntag so, montag mo, dienstag di, mittwoch mi, donnerstag do, freitag fr, samstag sa',
  it: 'domenica dom, lunedì lun, martedì mar, mercoledì mer, giovedì gio, venerdì ven, sabato sab',
  pt: 'domingo dom, segunda-feira seg, terça-feira ter, quarta-feira qua, quinta-feira qui, sexta-feira sex, sábado sáb',
  ru: 'воскресенье вс, понедельник пн, вторник вт, среда ср, четверг чт, пятница пт, суббота сб',
  nl: 'zondag zo, maandag ma, dinsdag di, woensdag wo, donderdag do, vrijdag vr, zaterdag za',
  pl: 'niedziela niedz, poniedziałek pon, wtorek wt, środa śr, czwartek czw, piątek pt, sobota sob',
  sv: 'söndag sön, måndag mån, tisdag tis, onsdag ons, torsdag tors, fredag fre, lördag lör',
  da: 'søndag søn, mandag man, tirsdag tirs, onsdag ons, torsdag tors, fredag fre, lørdag lør',
  nb: 'søndag søn, mandag man, tirsdag tir, onsdag ons, torsdag tor, fredag fre, lørdag lør',
  nn: 'søndag søn, måndag mån, tysdag tys, onsdag ons, torsdag tor, fredag fre, laurdag lau',
  fi: 'sunnuntai su, maanantai ma, tiistai ti, keskiviikko ke, torstai to, perjantai pe, lauantai la',
  is: 'sunnudagur sun, mánudagur mán, þriðjudagur þri, miðvikudagur mið, fimmtudagur fim, föstudagur fös, laugardagur lau',
  et: 'pühapäev, esmaspäev, teisipäev, kolmapäev, neljapäev, reede, laupäev',
  lv: 'svētdiena svētd, pirmdiena pirmd, otrdiena otrd, trešdiena trešd, ceturtdiena ceturtd, piektdiena piektd, sestdiena sestd',
  lt: 'sekmadienis sk, pirmadienis pr, antradienis an, trečiadienis tr, ketvirtadienis kt, penktadienis pn, šeštadienis št',
  cs: 'neděle ne, pondělí po, úterý út, středa st, čtvrtek čt, pátek pá, sobota so',
  sk: 'nedeľa ne, pondelok po, utorok ut, streda st, štvrtok št, piatok pi, sobota so',
  sl: 'nedelja ned, ponedeljek pon, torek tor, sreda sre, četrtek čet, petek pet, sobota sob',
  hr: 'nedjelja ned, ponedjeljak pon, utorak uto, srijeda sri, četvrtak čet, petak pet, subota sub',
  'sr-Latn': 'nedelja ned, ponedeljak pon, utorak uto, sreda sre, četvrtak čet, petak pet, subota sub',
  sr: 'недеља нед, понедељак пон, уторак уто, среда сре, четвртак чет, петак пет, субота суб',
  bs: 'nedjelja ned, ponedjeljak pon, utorak uto, srijeda sri, četvrtak čet, petak pet, subota sub',
  mk: 'недела нед, понеделник пон, вторник вто, среда сре, четврток чет, петок пет, сабота саб',
  bg: 'неделя нд, понеделник пн, вторник вт, сряда ср, четвъртък чт, петък пт, събота сб',
  uk: 'неділя нд, понеділок пн, вівторок вт, середа ср, четвер чт, пʼятниця пт, субота сб',
  be: 'нядзеля нд, панядзелак пн, аўторак аў, серада ср, чацвер чц, пятніца пт, субота сб',
  ro: 'duminică dum, luni lun, marți mar, miercuri mie, joi, vineri vin, sâmbătă sâm',
  hu: 'vasárnap, hétfő, kedd, szerda sze, csütörtök cs, péntek, szombat szo',
  el: 'κυριακή κυρ, δευτέρα δευ, τρίτη τρί, τετάρτη τετ, πέμπτη πέμ, παρασκευή παρ, σάββατο σάβ',
  tr: 'pazar paz, pazartesi pzt, salı sal, çarşamba çar, perşembe per, cuma cum, cumartesi cmt',
  az: 'bazar, bazar_ertəsi b.e, çərşənbə_axşamı ç.a, çərşənbə, cümə_axşamı c.a, cümə, şənbə',
  sq: 'e_diel die, e_hënë hën, e_martë mar, e_mërkurë mër, e_enjte enj, e_premte pre, e_shtunë sht',
  ca: 'diumenge dg, dilluns dl, dimarts dt, dimecres dc, dijous dj, divendres dv, dissabte ds',
  gl: 'domingo dom, luns, martes mar, mércores mér, xoves xov, venres ven, sábado sáb',
  eu: 'igandea ig, astelehena al, asteartea ar, asteazkena az, osteguna og, ostirala or, larunbata lr',
  ga: 'dé_domhnaigh domh, dé_luain luan, dé_máirt máirt, dé_céadaoin céad, déardaoin déar, dé_haoine aoine, dé_sathairn sath',
  cy: 'dydd_sul sul, dydd_llun llun, dydd_mawrth maw, dydd_mercher mer, dydd_iau iau, dydd_gwener gwe, dydd_sadwrn sad',
  mt: 'il-ħadd ħad, it-tnejn tne, it-tlieta tli, l-erbgħa erb, il-ħamis ħam, il-ġimgħa ġim, is-sibt sib',
  id: 'minggu min, senin sen, selasa sel, rabu rab, kamis kam, jumat jum, sabtu sab',
  ms: 'ahad ahd, isnin isn, selasa sel, rabu rab, khamis kha, jumaat jum, sabtu sab',
  tl: 'linggo lin, lunes lun, martes mar, miyerkules miy, huwebes huw, biyernes biy, sabado sab',
  sw: 'jumapili, jumatatu, jumanne, jumatano, alhamisi, ijumaa, jumamosi',
  af: 'sondag so, maandag ma, dinsdag di, woensdag wo, donderdag do, vrydag vr, saterdag sa',
  ar: 'الأحد, الاثنين, الثلاثاء, الأربعاء, الخميس, الجمعة, السبت',
  'ar-LB': 'الأحد, الاثنين, الثلاثاء, الأربعاء, الخميس, الجمعة, السبت',
  fa: 'یکشنبه, دوشنبه, سه‌شنبه, چهارشنبه, پنجشنبه, جمعه, شنبه',
  ur: 'اتوار, پیر, منگل, بدھ, جمعرات, جمعہ, ہفتہ',
  he: 'יום_ראשון יום_א, יום_שני יום_ב, יום_שלישי יום_ג, יום_רביעי יום_ד, יום_חמישי יום_ה, יום_שישי יום_ו, יום_שבת שבת',
  hi: 'रविवार रवि, सोमवार सोम, मंगलवार मंगल, बुधवार बुध, गुरुवार गुरु, शुक्रवार शुक्र, शनिवार शनि',
  bn: 'রবিবার রবি, সোমবার সোম, মঙ্গলবার মঙ্গল, বুধবার বুধ, বৃহস্পতিবার বৃহস্পতি, শুক্রবার শুক্র, শনিবার শনি',
  ta: 'ஞாயிறு ஞாயி, திங்கள் திங், செவ்வாய் செவ், புதன் புத, வியாழன் வியா, வெள்ளி வெள், சனி',
  te: 'ఆదివారం ఆది, సోమవారం సోమ, మంగళవారం మంగళ, బుధవారం బుధ, గురువారం గురు, శుక్రవారం శుక్ర, శనివారం శని',
  ml: 'ഞായറാഴ്‌ച ഞായർ, തിങ്കളാഴ്‌ച തിങ്കൾ, ചൊവ്വാഴ്‌ച ചൊവ്വ, ബുധനാഴ്‌ച ബുധൻ, വ്യാഴാഴ്‌ച വ്യാഴം, വെള്ളിയാഴ്‌ച വെള്ളി, ശനിയാഴ്‌ച ശനി',
  mr: 'रविवार रवि, सोमवार सोम, मंगळवार मंगळ, बुधवार बुध, गुरुवार गुरु, शुक्रवार शुक्र, शनिवार शनि',
  gu: 'રવિવાર રવિ, સોમવાર સોમ, મંગળવાર મંગળ, બુધવાર બુધ, ગુરુવાર ગુરુ, શુક્રવાર શુક્ર, શનિવાર શનિ',
  kn: 'ಭಾನುವಾರ ಭಾನು, ಸೋಮವಾರ ಸೋಮ, ಮಂಗಳವಾರ ಮಂಗಳ, ಬುಧವಾರ ಬುಧ, ಗುರುವಾರ ಗುರು, ಶುಕ್ರವಾರ ಶುಕ್ರ, ಶನಿವಾರ ಶನಿ',
  pa: 'ਐਤਵਾਰ ਐਤ, ਸੋਮਵਾਰ ਸੋਮ, ਮੰਗਲਵਾਰ ਮੰਗਲ, ਬੁੱਧਵਾਰ ਬੁੱਧ, ਵੀਰਵਾਰ ਵੀਰ, ਸ਼ੁੱਕਰਵਾਰ ਸ਼ੁੱਕਰ, ਸ਼ਨੀਵਾਰ ਸ਼ਨੀ',
  ne: 'आइतबार आइत, सोमबार सोम, मङ्गलबार मङ्गल, बुधबार बुध, बिहिबार बिहि, शुक्रबार शुक्र, शनिबार शनि',
  th: 'วันอาทิตย์ อาทิตย์, วันจันทร์ จันทร์, วันอังคาร อังคาร, วันพุธ พุธ, วันพฤหัสบดี พฤหัส, วันศุกร์ ศุกร์, วันเสาร์ เสาร์',
  vi: 'chủ_nhật cn, thứ_hai thứ_2, thứ_ba thứ_3, thứ_tư thứ_4, thứ_năm thứ_5, thứ_sáu thứ_6, thứ_bảy thứ_7',
  my: 'တနင်္ဂနွေ, တနင်္လာ, အင်္ဂါ, ဗုဒ္ဓဟူး, ကြာသပတေး, သောကြာ, စနေ',
  km: 'អាទិត្យ, ចន្ទ, អង្គារ, ពុធ, ព្រហស្បតិ៍ ព្រហ, សុក្រ, សៅរ៍',
  lo: 'ວັນອາທິດ ອາທິດ, ວັນຈັນ ຈັນ, ວັນອັງຄານ ອັງຄານ, ວັນພຸດ ພຸດ, ວັນພະຫັດ ພະຫັດ, ວັນສຸກ ສຸກ, ວັນເສົາ ເສົາ',
  am: 'እሑድ, ሰኞ, ማክሰኞ ማክሰ, ረቡዕ, ሐሙስ, ዓርብ, ቅዳሜ',
  hy: 'կիրակի կիր, երկուշաբթի երկ, երեքշաբթի երք, չորեքշաբթի չրք, հինգշաբթի հնգ, ուրբաթ ուր, շաբաթ շբթ',
  ka: 'კვირა კვი, ორშაბათი ორშ, სამშაბათი სამ, ოთხშაბათი ოთხ, ხუთშაბათი ხუთ, პარასკევი პარ, შაბათი შაბ',
  kk: 'жексенбі жс, дүйсенбі дс, сейсенбі сс, сәрсенбі ср, бейсенбі бс, жұма жм, сенбі сб',
  ky: 'жекшемби жек, дүйшөмбү дүй, шейшемби шейш, шаршемби шарш, бейшемби бейш, жума, ишемби ишм',
  uz: 'yakshanba yak, dushanba dush, seshanba sesh, chorshanba chor, payshanba pay, juma jum, shanba shan',
  mn: 'ням ня, даваа да, мягмар мя, лхагва лх, пүрэв пү, баасан ба, бямба бя',
  si: 'ඉරිදා, සඳුදා, අඟහරුවාදා අඟහ, බදාදා, බ්‍රහස්පතින්දා බ්‍රහස්, සිකුරාදා සිකු, සෙනසුරාදා සෙන',
  zu: 'isonto son, umsombuluko mso, ulwesibili bil, ulwesithathu tha, ulwesine sin, ulwesihlanu hla, umgqibelo mgq',
  zh: '星期日 周日, 星期一 周一, 星期二 周二, 星期三 周三, 星期四 周四, 星期五 周五, 星期六 周六',
  ko: '일요일, 월요일, 화요일, 수요일, 목요일, 금요일, 토요일',
  ja: '日曜日, 月曜日, 火曜日, 水曜日, 木曜日, 金曜日, 土曜日',
};

/** Every month name by language, as it is written: `monthNames.get('it')?.[0]` is `['gennaio', 'gen']`. */
export const monthNames: ReadonlyMap<string, readonly (readonly string[])[]> = unpack(months);

/** Every weekday name by language, Sunday first. */
export const weekdayNames: ReadonlyMap<string, readonly (readonly string[])[]> = unpack(weekdays);

/** Months and days of the week as English writes them in full: with a capital, though they name nothing. */
export const englishCalendarWords: readonly string[] = [monthNames, weekdayNames]
  .flatMap(names => names.get('en') ?? [])
  .flatMap(([name]) => name ?? []);

const monthIndex = index(monthNames);
const weekdayIndex = index(weekdayNames);

/**
 * @param name one name as found in a text; case, accents and a final dot do not matter
 * @param language decides between languages that use one name for two months (`listopad`: October in Croatian,
 *   November in Polish and Czech); without it the language with more speakers wins
 * @returns 1–12, or `null`
 */
export function monthNumber(name: string, language?: string | null): number | null {
  return find(monthIndex, name, language);
}

/** @returns 0 (Sunday) – 6, or `null`; arguments as for `monthNumber`. */
export function weekdayNumber(name: string, language?: string | null): number | null {
  const found = find(weekdayIndex, name, language);
  return found === null ? null : found - 1;
}

/** How names are compared: lower case, no accents on Latin, Greek or Cyrillic letters, no final dot, single spaces. */
export function foldName(name: string): string {
  // Most words of most pages; decomposing them would cost more than all else that is done with them.
  if (/^[\w\d]+$/.test(name)) return name.toLowerCase();
  return name
    .trim()
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u200c\u200e\u200f]/g, '')
    .normalize('NFC')
    .replace(/ς/g, 'σ')
    .replace(/[.׳॰,]+$/, '')
    .replace(/\s+/g, ' ');
}

type NameIndex = { readonly any: Map<string, number>; readonly byLanguage: Map<string, Map<string, number>> };

function unpack(table: Readonly<Record<string, string>>): Map<string, string[][]> {
  return new Map(
    Object.entries(table).map(([language, line]) => [
      language,
      line.split(', ').map(names => names.split(' ').map(name => name.replaceAll('_', ' '))),
    ]),
  );
}

function index(table: ReadonlyMap<string, readonly (readonly string[])[]>): NameIndex {
  const any = new Map<string, number>();
  const byLanguage = new Map<string, Map<string, number>>();
  for (const [language, groups] of table) {
    const own = new Map<string, number>();
    groups.forEach((names, position) => {
      for (const name of names) {
        const folded = foldName(name);
        if (folded === '') continue;
        own.set(folded, position + 1);
        if (!any.has(folded)) any.set(folded, position + 1);
      }
    });
    const primary = language.split('-')[0] ?? language;
    byLanguage.set(primary, new Map([...own, ...(byLanguage.get(primary) ?? [])]));
  }
  return { any, byLanguage };
}

function find(names: NameIndex, name: string, language: string | null | undefined): number | null {
  const folded = foldName(name);
  const primary = language?.toLowerCase().split(/[-_]/)[0];
  const own = primary ? names.byLanguage.get(primary === 'no' ? 'nb' : primary)?.get(folded) : undefined;
  return own ?? names.any.get(folded) ?? null;
}
