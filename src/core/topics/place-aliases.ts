/** Names that people use and CLDR's lists do not have: `language:name;name`, `*` for all languages. */
export const placeAliases: Readonly<Record<string, string>> = {
  TR: 'en:Turkey *:Türkiye;Turkiye ko:터키;튀르키예',
  US: '*:USA;US;U.S. en:America;U.S.A es:EE.UU;EEUU;Estados Unidos de América pt:EUA fr:USA;Etats-Unis d’Amérique it:America;Stati Uniti d’America de:Amerika el:ΗΠΑ uk:США zh:美国 ja:米国;アメリカ tr:ABD ro:SUA hu:USA bg:САЩ he:ארה"ב;ארצות הברית ar:أمريكا;أميركا fa:آمریکا hi:अमेरिका cs:USA id:AS',
  GB: '*:UK;U.K. en:Britain;Great Britain it:Gran Bretagna fr:Grande-Bretagne es:Gran Bretaña de:Großbritannien pt:Grã-Bretanha nl:Groot-Brittannië uk:Британія cs:Británie ro:Marea Britanie hu:Nagy-Britannia el:Βρετανία tr:Britanya ar:بريطانيا he:בריטניה fa:بریتانیا hi:ब्रिटेन zh:英国 ja:英国;イギリス ko:영국',
  'GB-ENG':
    'en:England it:Inghilterra fr:Angleterre es:Inglaterra de:England pt:Inglaterra nl:Engeland ru:Англия uk:Англія pl:Anglia cs:Anglie ro:Anglia hu:Anglia el:Αγγλία tr:İngiltere ar:إنجلترا he:אנגליה fa:انگلستان hi:इंग्लैंड zh:英格兰 ja:イングランド ko:잉글랜드 sv:England fi:Englanti da:England no:England ca:Anglaterra id:Inggris vi:Anh bg:Англия hr:Engleska sr:Енглеска',
  'GB-SCT':
    'en:Scotland;Scottish;Scots;Scot it:Scozia;scozzese;scozzesi fr:Écosse;écossais;écossaise es:Escocia;escocés;escocesa;escoceses de:Schottland;schottisch;schottische;schottischen;Schotten pt:Escócia;escocês;escocesa nl:Schotland;Schotse ru:Шотландия;шотландский uk:Шотландія pl:Szkocja;szkocki;szkockiej cs:Skotsko;skotský;skotské ro:Scoția;scoțian hu:Skócia;skót el:Σκωτία tr:İskoçya ar:اسكتلندا he:סקוטלנד fa:اسکاتلند hi:स्कॉटलैंड zh:苏格兰 ja:スコットランド ko:스코틀랜드 sv:Skottland;skotska fi:Skotlanti;skotlantilainen da:Skotland;skotske no:Skottland;skotske ca:Escòcia id:Skotlandia vi:Scotland bg:Шотландия hr:Škotska sr:Шкотска',
  'GB-WLS':
    'en:Wales;Welsh it:Galles;gallese;gallesi fr:Galles;gallois;galloise es:Gales;galés;galesa de:Wales;walisisch;walisische;walisischen pt:País de Gales;galês nl:Wales ru:Уэльс uk:Уельс pl:Walia;walijski cs:Wales ro:Țara Galilor hu:Wales;walesi el:Ουαλία tr:Galler ar:ويلز he:ויילס fa:ولز hi:वेल्स zh:威尔士 ja:ウェールズ ko:웨일스 sv:Wales fi:Wales da:Wales no:Wales ca:Gal·les id:Wales vi:Wales bg:Уелс hr:Wales sr:Велс',
  'GB-NIR':
    'en:Northern Ireland;Ulster it:Irlanda del Nord fr:Irlande du Nord es:Irlanda del Norte de:Nordirland pt:Irlanda do Norte nl:Noord-Ierland ru:Северная Ирландия pl:Irlandia Północna zh:北爱尔兰 ja:北アイルランド',
  PS: 'en:Palestine;West Bank it:Palestina;Cisgiordania fr:Palestine;Cisjordanie es:Palestina;Cisjordania de:Palästina;Westjordanland pt:Palestina;Cisjordânia nl:Palestina ru:Палестина uk:Палестина pl:Palestyna cs:Palestina ro:Palestina hu:Palesztina el:Παλαιστίνη tr:Filistin ar:فلسطين;الضفة الغربية he:פלסטין fa:فلسطین hi:फ़िलिस्तीन zh:巴勒斯坦 ja:パレスチナ ko:팔레스타인 sv:Palestina fi:Palestiina id:Palestina',
  'PS-GZ':
    '*:Gaza en:Gaza it:Gaza fr:Gaza es:Gaza de:Gaza;Gazastreifen pt:Gaza nl:Gaza;Gazastrook ru:Газа uk:Газа bg:Газа sr:Газа pl:Gaza;Strefa Gazy cs:Gaza ro:Gaza hu:Gáza el:Γάζα tr:Gazze ar:غزة he:עזה fa:غزه ur:غزہ hi:गाज़ा;ग़ज़ा;गाजा zh:加沙;加薩 ja:ガザ ko:가자 sv:Gaza;Gazaremsan da:Gaza no:Gaza;Gazastripen fi:Gaza id:Gaza vi:Gaza ca:Gaza hr:Gaza',
  CZ: 'en:Czech Republic;Czechia it:Repubblica Ceca fr:République tchèque es:República Checa de:Tschechische Republik;Tschechien pt:República Checa;República Tcheca ru:Чешская Республика nl:Tsjechische Republiek',
  CI: 'en:Ivory Coast de:Elfenbeinküste pl:Wybrzeże Kości Słoniowej sv:Elfenbenskusten',
  CD: 'en:DR Congo;DRC;Democratic Republic of Congo;Congo it:Repubblica Democratica del Congo;Congo fr:RDC;RD Congo;Congo es:RDC;República Democrática del Congo;Congo de:DR Kongo;Kongo pt:RDC;Congo ru:ДР Конго;Конго',
  CN: '*:PRC ar:الصين ja:中国 zh:中国 he:סין',
  KP: 'en:DPRK de:Nordkorea fr:Corée du Nord;RPDC ru:КНДР;Северная Корея ja:北朝鮮 zh:朝鲜 ko:북한',
  KR: 'de:Südkorea ru:Южная Корея ar:كوريا الجنوبية ko:한국;대한민국 ja:韓国 zh:韩国',
  RU: 'en:Russian Federation ru:РФ;Российская Федерация zh:俄罗斯;俄国 ja:ロシア',
  UA: 'ar:أوكرانيا',
  AE: 'en:UAE;Emirates it:Emirati Arabi;Emirati fr:Émirats;EAU es:Emiratos;EAU de:Emirate;VAE pt:Emirados ru:ОАЭ;Эмираты ar:الإمارات',
  NL: 'en:Holland it:Olanda fr:Hollande es:Holanda de:Holland pt:Holanda pl:Holandia ru:Голландия ro:Olanda hu:Hollandia el:Ολλανδία tr:Hollanda ar:هولندا he:הולנד zh:荷兰 ja:オランダ',
  MK: 'en:Macedonia it:Macedonia fr:Macédoine es:Macedonia de:Mazedonien;Nordmazedonien ru:Македония',
  BA: 'en:Bosnia it:Bosnia fr:Bosnie es:Bosnia de:Bosnien ru:Босния tr:Bosna',
  CV: 'en:Cape Verde',
  SZ: 'en:Swaziland',
  TL: 'en:East Timor',
  VA: 'en:Vatican;Holy See it:Vaticano;Santa Sede fr:Vatican;Saint-Siège es:Vaticano;Santa Sede de:Vatikan pt:Vaticano ru:Ватикан pl:Watykan',
  MM: 'en:Burma it:Birmania fr:Birmanie es:Birmania de:Birma pt:Birmânia ru:Бирма',
  SY: 'ar:سوريا',
  IR: 'en:Islamic Republic of Iran ar:إيران',
  LY: 'ar:ليبيا fa:لیبی',
  EU: '*:EU;UE de:EU fr:UE it:Ue;Unione Europea es:UE ru:ЕС;Евросоюз uk:ЄС pl:UE el:ΕΕ tr:AB ar:الاتحاد الأوروبي zh:欧盟 ja:EU',
};

/** Parts with names of their own: who asks for the whole asks for them too. */
export const placeParts: Readonly<Record<string, readonly string[]>> = {
  GB: ['GB-ENG', 'GB-SCT', 'GB-WLS', 'GB-NIR'],
  PS: ['PS-GZ'],
};
