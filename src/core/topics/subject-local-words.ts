import { foldWord } from '../text/words.ts';
import { type Subject, subjects } from './subject-names.ts';

/**
 * What speaks of a subject in languages that the lexicon does not know: beginnings of words, each at least three letters.
 * A few dozen are no lexicon, but the difference between nothing and something.
 */
const words: Readonly<Record<string, Partial<Record<Subject, string>>>> = {
  sw: {
    sport:
      'mchezo michezo mchezaji wachezaji soka kandanda klabu timu kocha mechi goli mabao bao ligi kombe fainali bingwa ubingwa ushindi uwanja mshambuliaji kipa beki riadha mwanariadha olimpiki mbio medali ngumi msimu mashabiki simba yanga arsenal chelsea liverpool manchester barcelona premier',
    politics:
      'siasa kisiasa rais waziri serikali bunge wabunge mbunge uchaguzi kura mpiga wapiga chama vyama upinzani mgombea wagombea katiba ikulu seneti gavana kiongozi viongozi maandamano waandamanaji demokrasia balozi ubalozi mapinduzi utawala muungano azimio makamu',
    health:
      'afya hospitali daktari madaktari muuguzi wauguzi mgonjwa wagonjwa ugonjwa magonjwa chanjo virusi corona korona covid ukimwi malaria saratani dawa matibabu tiba ebola kipindupindu kinga dalili maambukizi mimba mjamzito uzazi damu kisukari lishe',
    economy:
      'uchumi kiuchumi biashara benki fedha pesa shilingi dola soko masoko bei kodi mkopo mikopo uwekezaji wawekezaji mwekezaji kampuni viwanda kiwanda mauzo bidhaa mapato bajeti mfumuko ajira mafuta kilimo wakulima utalii deni madeni',
    arts: 'msanii wasanii muziki mwanamuziki wimbo nyimbo filamu mwigizaji waigizaji tamasha albamu bongo burudani tuzo mwimbaji utamaduni sanaa mtangazaji mshairi kitabu riwaya diamond ngoma',
    science:
      'teknolojia sayansi mtandao mitandao intaneti simu kompyuta tovuti programu setilaiti anga wanasayansi mwanasayansi utafiti watafiti roboti data facebook whatsapp twitter google sayari',
    religion:
      'dini kidini kanisa msikiti mungu askofu maaskofu padri papa imamu waislamu mwislamu wakristo mkristo ukristo uislamu biblia kurani maombi sala swala ramadhani mchungaji kasisi hija',
    crime:
      'polisi mahakama mauaji kuua muuaji gereza kesi hukumu mshukiwa washukiwa wizi mwizi jaji hakimu ubakaji rushwa ufisadi mtuhumiwa wahalifu uhalifu',
    conflict:
      'vita jeshi wanajeshi mwanajeshi shambulio mashambulizi bomu mabomu waasi magaidi ugaidi mapigano silaha kombora makombora risasi shabaab',
    lifestyle:
      'safari msafiri wasafiri hoteli utalii watalii chakula mapishi mitindo mavazi urembo likizo pwani fukwe ndege viza pasipoti',
  },
  ha: {
    sport:
      'wasan wasanni kwallon kwallo ƙwallon kocin koci gasar kofin zakarun league premier arsenal chelsea liverpool manchester barcelona madrid raga zura olympic dambe tawagar filin ronaldo messi salah',
    politics:
      'siyasa siyasar shugaban shugaba gwamnati gwamnatin gwamna zaɓe zaɓen zabe zaben jam’iyya jam’iyyar jamiyyar jamiyya majalisa majalisar minista ministan sanata takara takarar kuri’a kuri’u kuria apc pdp buhari tinubu atiku dimokuraɗiyya dimokradiyya kundin ɗan‑takara zanga jakadan mulkin',
    health:
      'lafiya lafiyar asibiti asibitin likita likitoci likitan cuta cutar cututtuka rigakafi allurar korona coronavirus covid magani magunguna zazzabi zazzaɓin malaria kanjamau kansa ciwon jinya majinyata marasa ciki haihuwa polio kwalara ƙwayar ebola',
    economy:
      'tattalin arziki arzikin kasuwa kasuwar kasuwanci banki bankin naira dala kuɗi kudi kudin kuɗin haraji farashi farashin mai man fetur kamfani kamfanin zuba jari ciniki bashi basussuka kasafin masana’antu noma manoma',
    arts: 'kannywood nollywood fim fina jarumi jarumar jaruma mawaki mawaƙi mawakiya waƙa waka wakoki nishaɗi nishadi finafinai album mawaka al’adu adabi marubuci littafi',
    science:
      'fasaha fasahar kimiyya kimiyyar intanet intanat waya wayar kwamfuta facebook whatsapp twitter google sararin masana bincike binciken tauraron shafin manhaja',
    religion:
      'addini addinin musulunci musulmi kirista kiristoci coci cocin masallaci masallacin limamin limami malam malamai malamin allah annabi alƙur’ani kur’ani azumi ramadan ramadana hajji aikin‑hajji fafaroma fasto sallah sallar',
    crime:
      '’yan‑sanda sanda yansanda kotu kotun alkali alkalin kisan kashe laifi laifuka fyade fyaɗe ɗaure gidan‑yari ɓarayi barayi barawo efcc rashawa cin‑hanci garkuwa fashi',
    conflict:
      'yaƙi yaki yakin sojoji soja sojan boko haram bindiga bindigar mayaka mayaƙan bam hari harin hare makamai ta’addanci',
    lifestyle: 'abinci girki tafiya otel yawon buɗe kwalliya ado tufafi sutura',
  },
  so: {
    sport:
      'kubadda kubada ciyaaraha ciyaar ciyaaryahan kooxda kooxaha koox tababare tababaraha horyaalka horyaal gool goolal gooldhaliye xiddig champions premier league arsenal chelsea liverpool manchester barcelona madrid koobka koob orodka orodyahan olombikada tartanka garoonka messi ronaldo ciyaartoy laacib',
    politics:
      'siyaasad siyaasadda siyaasi madaxweyne madaxweynaha madaxwayne wasiir wasiirka raysal wasaare dowladda dowlad dawladda xukuumadda xukuumad baarlamaan baarlamaanka xildhibaan doorasho doorashada codbixin musharax xisbi xisbiga mucaarad mucaaradka dastuur dastuurka golaha senate farmaajo guddoomiye villa safiir safaaradda dibadbax federaalka puntland jubbaland somaliland',
    health:
      'caafimaad caafimaadka isbitaal isbitaalka cisbitaal dhakhtar dhakhtarka dhaqtar dhakhaatiir cudur cudurka cudurro tallaal tallaalka fayras fayraska corona karoona covid daawo daawada bukaan bukaanka xanuun xanuunka kansar qaaxo kaadi macaan sonkorowga uurka dhalmada umulinta daryeel kalkaaliye jirka',
    economy:
      'dhaqaale dhaqaalaha ganacsi ganacsiga ganacsade bangi bangiga lacag lacagta doolar suuq suuqa canshuur canshuurta shirkad shirkadda maalgelin maalgashi sicir qiimaha shidaal shidaalka saliid batrool dhoofin dhoofinta warshad deyn beeraha xoolaha',
    arts: 'fanaan fanaanka fanaanad muusig muusiga muusik heeso hees heesta heesaa filim filin filimka jilaa jilaaga riwaayad masrax suugaan abwaan gabay buug qoraa bandhig dhaqanka bollywood hollywood abaalmarin',
    science:
      'teknoolajiyad teknolojiyada tiknoolajiyada tignoolajiyad internet internetka saynis sayniska cilmi‑baaris cilmibaaris saynisyahan computer kombuyuutar taleefan taleefoon moobil facebook whatsapp twitter google apple dayax satalayt hawada robot barnaamij xogta meeraha',
    religion:
      'diin diinta islaam islaamka muslim muslimiin masjid masaajid masjidka wadaad sheekh sheikh quraan qur’aan ramadaan ramadan soonka xaj xajka kaniisad masiixi baadari pope allah nebi salaad ciid iimaam',
    crime:
      'boolis booliska maxkamad maxkamadda dil dilka xabsi xabsiga dambi dambiile kufsi tuugo garsoore eedeysane xukun xirtay musuqmaasuq',
    conflict:
      'dagaal dagaalka dagaallo ciidan ciidanka ciidamada milatari weerar weerarka qarax qaraxa shabaab argagixiso hub hubka militariga askari askarta rasaas',
    lifestyle: 'dalxiis dalxiiska hoteel hudheel cunto cuntada karin karinta safar socdaal dharka moodada quruxda',
  },
  am: {
    sport:
      'ስፖርት እግር ኳስ ጨዋታ ተጫዋች ተጫዋቾች ክለብ ቡድን አሰልጣኝ ጎል ግብ ዋንጫ ሻምፒዮን ሊግ ፕሪሚየር አትሌት አትሌቲክስ ማራቶን ሩጫ ኦሊምፒክ ውድድር ሜዳሊያ አርሰናል ቼልሲ ሊቨርፑል ማንቸስተር ባርሴሎና አጥቂ ድል ፊፋ ሯጭ',
    politics:
      'ፖለቲካ መንግሥት መንግስት ፕሬዝዳንት ፕሬዚዳንት ሚኒስትር ምርጫ ፓርቲ ፓርላማ ምክር ሕገ ተቃዋሚ ዕጩ እጩ ድምፅ ድምጽ ኮሚሽን ዴሞክራሲ ባለሥልጣን ባለስልጣን ክልል አምባሳደር ብልጽግና ኢህአዴግ ህወሓት ሴናተር ዲፕሎማ',
    health:
      'ጤና ሆስፒታል ሐኪም ሀኪም ዶክተር በሽታ ክትባት ቫይረስ ኮሮና ኮሮናቫይረስ ኮቪድ መድኃኒት መድሃኒት ሕክምና ህክምና ታካሚ ህሙማን ካንሰር ወባ ኤድስ ነርስ ስኳር እርግዝና ወሊድ ወረርሽኝ ምልክት',
    economy:
      'ኢኮኖሚ ንግድ ባንክ ገንዘብ ብር ዶላር ገበያ ዋጋ ግብር ኩባንያ ድርጅት ኢንቨስትመንት ባለሀብት በጀት ብድር ዕዳ እዳ ነዳጅ የዋጋ ግሽበት ፋብሪካ ኤክስፖርት ምርት ቡና አክሲዮን ቢሊዮን',
    arts: 'ሙዚቃ ዘፈን ዘፋኝ ድምፃዊ ድምጻዊ ፊልም ተዋናይ ተዋናይት አልበም ቲያትር ኪነ ጥበብ ሰዓሊ ደራሲ መጽሐፍ ሽልማት ባህል ድራማ',
    science: 'ቴክኖሎጂ ሳይንስ ኢንተርኔት ኮምፒውተር ስልክ መተግበሪያ ሳተላይት ጠፈር ተመራማሪ ምርምር ፌስቡክ ጉግል ሳይንቲስት',
    religion: 'ሃይማኖት ቤተክርስቲያን ቤተ‑ክርስቲያን ክርስቲያን መስጊድ እስልምና ሙስሊም ጳጳስ ሲኖዶስ ቄስ እግዚአብሔር ጸሎት ረመዳን ቁርአን',
    crime: 'ፖሊስ ፍርድ ፍርድቤት ችሎት ወንጀል ግድያ እስር ተጠርጣሪ ክስ ዳኛ ሙስና',
    conflict: 'ጦርነት ጦር ወታደር ጥቃት ቦምብ ታጣቂ ታጣቂዎች ሠራዊት ሰራዊት ውጊያ ጥይት',
    lifestyle: 'ምግብ ጉዞ ሆቴል ቱሪዝም ቱሪስት ፋሽን',
  },
  bn: {
    sport: 'খেলা খেলোয়াড় ফুটবল ক্রিকেট দল ম্যাচ গোল অলিম্পিক চ্যাম্পিয়ন কোচ ক্লাব পদক টুর্নামেন্ট লিগ বিশ্বকাপ',
    politics: 'রাজনীতি সরকার প্রধানমন্ত্রী রাষ্ট্রপতি মন্ত্রী নির্বাচন সংসদ ভোট দল বিরোধী আইন প্রেসিডেন্ট গণতন্ত্র',
    health: 'স্বাস্থ্য হাসপাতাল ডাক্তার রোগ রোগী টিকা ভাইরাস ওষুধ চিকিৎসা ক্যান্সার সংক্রমণ',
    science: 'বিজ্ঞান বিজ্ঞানী প্রযুক্তি গবেষণা গবেষক মহাকাশ কম্পিউটার ইন্টারনেট উপগ্রহ কোষ পরমাণু গ্রহ',
    arts: 'চলচ্চিত্র সঙ্গীত গান গায়ক অভিনেতা অভিনেত্রী নাটক শিল্পী সিনেমা জাদুঘর উৎসব',
    lifestyle: 'ভ্রমণ পর্যটক পর্যটন হোটেল বিমান বিমানবন্দর খাবার রেস্তোরাঁ ভিসা যাত্রী',
    economy: 'অর্থনীতি ব্যাংক বাজার ব্যবসা বাণিজ্য টাকা মূল্য কোম্পানি বিনিয়োগ রপ্তানি',
  },
  th: {
    sport: 'กีฬา ฟุตบอล นักกีฬา การแข่งขัน แข่งขัน ทีม โค้ช แชมป์ โอลิมปิก ประตู ลีก เหรียญ สนาม นักเตะ',
    politics: 'การเมือง รัฐบาล นายกรัฐมนตรี ประธานาธิบดี รัฐมนตรี เลือกตั้ง รัฐสภา พรรค ฝ่ายค้าน กฎหมาย ประชาธิปไตย ประท้วง',
    health: 'สุขภาพ โรงพยาบาล แพทย์ ผู้ป่วย โรค วัคซีน ไวรัส รักษา มะเร็ง ติดเชื้อ อาการ',
    science: 'วิทยาศาสตร์ นักวิทยาศาสตร์ เทคโนโลยี วิจัย อวกาศ ดาวเทียม คอมพิวเตอร์ อินเทอร์เน็ต อะตอม เซลล์ ดาวเคราะห์',
    arts: 'ภาพยนตร์ ดนตรี เพลง นักร้อง นักแสดง ศิลปะ ศิลปิน ละคร พิพิธภัณฑ์ คอนเสิร์ต',
    lifestyle: 'ท่องเที่ยว นักท่องเที่ยว โรงแรม เดินทาง สนามบิน อาหาร ร้านอาหาร วีซ่า เที่ยวบิน ผู้โดยสาร',
    economy: 'เศรษฐกิจ ธนาคาร ตลาด ธุรกิจ การค้า ราคา บริษัท ลงทุน ส่งออก เงินเฟ้อ',
  },
  yo: {
    sport: 'eré‑ìdárayá idaraya bọọlu boolu agbabọọlu agbábọ́ọ̀lù ife‑ẹyẹ ìdíje idije liigi akọnimọọgba goolu góòlù',
    politics:
      'oṣelu òṣèlú ijọba ìjọba aarẹ ààrẹ gomina gómìnà idibo ìdìbò ẹgbẹ́‑òṣèlú sẹnẹtọ minisita asofin aṣòfin apc pdp oludije olùdíje',
    health:
      'ilera ìlera dokita dókítà ile‑iwosan iléèwòsàn aisan àìsàn arun àrùn oogun òògùn abẹrẹ ajẹsara koro alaisan aláìsàn',
    economy: 'ọrọ‑aje ọrọ̀ ajé naira náírà banki báńkì owo owó ọja ọjà epo gbese gbèsè idoko',
    arts: 'fiimu fíìmù olorin olórin orin oṣere òṣèré sinima tiata tíátà nollywood amuludun',
    religion: 'ẹsin ẹ̀sìn ṣọọṣi ṣọ́ọ̀ṣì mọṣalaṣi mọ́ṣáláṣí pasitọ pásítọ̀ imaamu olọrun ọlọ́run kristẹni musulumi',
    crime: 'ọlọpaa ọlọ́pàá ile‑ẹjọ ilé‑ẹjọ́ ipaniyan ìpànìyàn ajinigbe ajínigbé ẹwọn ole olè',
  },
  ig: {
    sport: 'egwuregwu bọọlụ bọl ndịegwu otu asọmpi iko mmeri goolu nkuzi',
    politics:
      'ọchịchị gọọmentị onyeisi‑ala onyeisiala president gọvanọ ntuliaka ntulịaka votu pati sịnatọ minista apc pdp ipob biafra omeiwu',
    health: 'ahụike ahụ‑ike ụlọọgwụ ụlọ‑ọgwụ dọkịta ọrịa ọgwụ ogwu nje ọgbụgba mgbochi koronavirus',
    economy: 'akụnụba akụ‑na‑ụba ego naira ahịa ụlọakụ azụmahịa ụgwọ mmanụ',
    arts: 'ihunanya ihe‑nkiri ihenkiri nollywood egwu abụ omee onye‑omee ejije fim nka',
    religion: 'okpukperechi okpukpe ụka chọọchị ụkọchukwu chukwu jizọs alakụba pastọ bishọp',
    crime: 'uweojii ụlọikpe ụlọ‑ikpe ogbugbu mkpọrọ ohi ntọrị',
  },
  xh: {
    sport:
      'umdlalo umdlali abadlali ibhola iqela indebe umqeqeshi iligi imidlalo intshatsheli chiefs pirates sundowns bafana springboks iqakamba umbhoxo',
    politics:
      'ezopolitiko urhulumente umongameli ipalamente unyulo ukhetho iqela‑lezopolitiko anc eff umphathiswa amalungu ivoti inkulumbuso uramaphosa ramaphosa ucwangciso',
    health:
      'impilo isibhedlele ugqirha oogqirha isifo izifo intsholongwane ugonyo umyeza amayeza unesi isigulana izigulana ikhovidi',
    economy: 'uqoqosho imali ibhanki ishishini amashishini irandi ukuthengisa imarike inkampani uhlahlo irhafu',
    arts: 'umculo umculi iculo ingoma umdlalo‑weqonga umlingisi ifilimu igcisa imvumi umdlalo‑bhanyabhanya',
    religion: 'inkolo icawa ibandla uthixo umfundisi iinkonzo ubukrestu',
    crime: 'amapolisa ipolisa inkundla ukubulala ityala umrhanelwa abarhanelwa ubugebenga isigwebo',
  },
  sn: {
    sport:
      'mutambo mitambo nhabvu mutambi vatambi chikwata zvikwata murairidzi mukombe rigi dynamos caps highlanders zifa warriors bhora',
    politics:
      'matongerwo hurumende mutungamiri mutungamiriri gurukota paramende sarudzo kuvhota bato zanu mdc mnangagwa mugabe chamisa nhengo vatsigiri',
    health:
      'hutano chipatara zvipatara chiremba vanachiremba chirwere zvirwere murwere varwere nhomba mushonga mishonga koronavhairasi utachiona',
    economy: 'hupfumi mari bhanga mabhizimisi bhizimisi musika mitengo dhora kambani makambani mutero',
    arts: 'mimhanzi muimbi vaimbi rwiyo nziyo firimu mutambi‑wemafirimu dambarefu nyanzvi',
    religion: 'chitendero chechi kereke mwari mufundisi vatendi muporofita',
    crime: 'mapurisa mupurisa dare mhosva kuuraya jeri mbavha kubata‑chibharo',
  },
  om: {
    sport:
      'kubbaa tapha taphataa taphattoota garee leenjisaa goolii liigii waancaa shaampiyoonaa atileetii fiigicha olompikii maraatonii',
    politics:
      'siyaasaa mootummaa pirezidaantii muummee ministira ministeera filannoo paartii paarlaamaa morkattoota dorgomtoota heera abiy mormii',
    health:
      'fayyaa hospitaala doktara ogeessa dhukkuba dhibee talaallii vaayirasii koronaa qoricha yaala dhukkubsattoota',
    economy: 'diinagdee dinagdee daldala baankii maallaqa qarshii gabaa gatii doolaara kaampaanii investimentii gibira',
    arts: 'muuziqaa sirba weellisaa weellistoota fiilmii taatoo artistii aartii tiyaatira aadaa',
    religion: 'amantaa amantii waaqa waaqayyo bataskaana masjiida islaamaa kiristaanaa qeesii luba',
    crime: 'poolisii mana‑murtii ajjeechaa ajjeese yakka hidhaa shakkamaa',
    science: 'teeknooloojii saayinsii intarneetii kompiitara feesbuukii qorannoo saatalaayitii',
  },
  ti: {
    sport: 'ስፖርት ኩዕሶ እግሪ ተጻዋታይ ተጻወቲ ጋንታ ጸወታ ዋንጫ ሊግ ኣሰልጣኒ ሸቶ ሻምፕዮን ኣትሌት ብሽክለታ ማራቶን ኦሎምፒክ',
    politics: 'ፖለቲካ መንግስቲ ፕረዝደንት ፕረዚደንት ሚኒስተር ምርጫ ፓርቲ ፓርላማ ተቓውሞ ህወሓት ብልጽግና ኢሳያስ ዲፕሎማ ኣምባሳደር',
    health: 'ጥዕና ሆስፒታል ሓኪም ዶክተር ሕማም ክታበት ቫይረስ ኮሮና ኮቪድ መድሃኒት ሕክምና ሕሙማት ለበዳ',
    economy: 'ቁጠባ ንግዲ ባንኪ ገንዘብ ዶላር ዕዳጋ ዋጋ ኩባንያ ግብሪ ወፍሪ ነዳዲ',
    arts: 'ሙዚቃ ደርፊ ደራፊ ድምጻዊ ፊልም ተዋሳኢ ተዋሳኢት ስነ‑ጥበብ ደራሲ መጽሓፍ',
    conflict: 'ውግእ ኩናት ሰራዊት ወትሃደር መጥቃዕቲ ቦምብ ተዋጋእቲ',
    religion: 'ሃይማኖት ቤተክርስትያን መስጊድ ጳጳስ እግዚኣብሄር ጸሎት',
  },
  ln: {
    sport:
      'lisano masano bandimi ndembo motope ballon mobeti babeti ekipe équipe entraîneur kopo coupe championnat léopards vclub mazembe',
    politics:
      'politiki mokonzi‑mboka président guvernema gouvernement maponomi élections minisitele ministre sénat députés tshisekedi kabila kamerhe opposition parti',
    health:
      'kolongono bokono maladi lopitalo hôpital monganga minganga nkisi mangwele ebola corona virus bato‑ya‑maladi',
    economy: 'nkita économie mbongo banque zando ntalo dollars kompanyi',
    arts: 'miziki mindule moyembi nzembo fally ipupa koffi olomide concert film artiste',
  },
  lg: {
    sport:
      'omupiira emizannyo omuzannyi abazannyi ttiimu omutendesi ekikopo liigi ggoolo kyampiyoni kcca vipers cranes fufa emisinde',
    politics:
      'ebyobufuzi gavumenti pulezidenti minisita paalamenti okulonda akalulu nrm nup museveni kyagulanyi bobi‑wine besigye omubaka ababaka ekibiina',
    health:
      'obulamu eddwaliro omusawo abasawo obulwadde endwadde abalwadde eddagala okugema ssennyiga akawuka ebola kkansa siriimu',
    economy: 'ebyenfuna bbanka ssente ensimbi akatale bizinensi omusolo emisolo kkampuni ebbeeyi',
    arts: 'omuyimbi abayimbi oluyimba ennyimba ekivvulu firimu katemba munnakatemba',
    religion: 'eddiini klezia ekkanisa omuzikiti katonda omusumba bissopu omulabirizi',
    crime: 'poliisi kkooti okutta omutemu ekkomera omusango omulamuzi ababbi',
  },
  rn: {
    sport:
      'umukino imikino inkino umupira umukinyi abakinyi umugwi intahe igikombe amahiganwa ikipe umutoza shampiyona',
    politics:
      'politike leta umukuru‑wigihugu perezida umushikiranganji inteko amatora umugambwe abatora ndayishimiye nkurunziza kagame guverinoma cndd',
    health:
      'amagara ubuzima ibitaro umuganga abaganga indwara ingwara urucanco umuti imiti umugwayi abarwayi korona ikiza',
    economy: 'ubutunzi ubukungu amafaranga banki isoko ubucuruzi urudandaza ikori amadolari',
    arts: 'umuziki umuririmvyi umuhanzi indirimbo sinema igitaramo',
    religion: 'idini ishengero kiliziya imana umusigiti pasitori musenyeri',
  },
  '*': {
    sport:
      'arsenal chelsea liverpool manchester barcelona madrid juventus bayern tottenham everton fifa uefa premier champions ronaldo messi salah olympic olympics football',
    politics: 'senator senate president parliament minister trump biden putin obama election democrat republican',
    health: 'covid covid19 corona coronavirus virus hospital ebola malaria hiv vaccine',
    science: 'facebook whatsapp google twitter apple internet microsoft tiktok youtube nasa iphone',
    arts: 'nollywood hollywood bollywood netflix film grammy oscar album',
    economy: 'bank dollar dollars naira bitcoin imf',
  },
};

export type LocalWord = { readonly beginning: string; readonly subject: number };

/**
 * @returns the beginnings for a language without a lexicon, by their first two letters: its own and what is the same in
 * all; `undefined` for a language that the lexicon knows.
 */
export function localWordsOf(index: LocalIndex, language: string, isCovered: boolean): LocalWords | undefined {
  return isCovered ? undefined : (index.get(language) ?? index.get('*'));
}

export type LocalWords = ReadonlyMap<string, readonly LocalWord[]>;
export type LocalIndex = ReadonlyMap<string, LocalWords>;

/** @returns language → first two letters → beginnings; what is the same everywhere is in each of them. */
export function indexLocalWords(): LocalIndex {
  const index = new Map<string, Map<string, LocalWord[]>>();
  for (const [language, lists] of Object.entries(words)) {
    const byStart = new Map<string, LocalWord[]>();
    index.set(language, byStart);
    const common = language === '*' ? [] : Object.entries(words['*'] ?? {});
    for (const [subject, list] of [...Object.entries(lists), ...common]) {
      for (const word of list.split(' ')) {
        const beginning = foldWord(word.replace(/[’‑]/g, ''));
        const start = beginning.slice(0, 2);
        byStart.set(start, [
          ...(byStart.get(start) ?? []),
          { beginning, subject: subjects.indexOf(subject as Subject) },
        ]);
      }
    }
  }
  return index;
}

/** Prefixes that Amharic writes onto a word: of, in, for, from. */
const amharicPrefix = /^[የበለከ](?=..)/;

/** @returns the subjects that a word of such a language speaks of. */
export function localSubjects(byStart: LocalWords, folded: string, language: string): readonly number[] {
  if (language === 'th') {
    return [...byStart.values()]
      .flat()
      .filter(({ beginning }) => folded.includes(beginning))
      .map(({ subject }) => subject);
  }
  const bare = language === 'am' || language === 'ti' ? [folded, folded.replace(amharicPrefix, '')] : [folded];
  const found = bare.flatMap(word =>
    (byStart.get(word.slice(0, 2)) ?? []).filter(
      ({ beginning }) =>
        word === beginning ||
        (beginning.length >= (language === 'am' || language === 'ti' ? 2 : 4) && word.startsWith(beginning)),
    ),
  );
  return [...new Set(found.map(({ subject }) => subject))];
}
