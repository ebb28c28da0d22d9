import type { SampleSite } from '../sample-site.ts';

export const corriereDelPorto: SampleSite = {
  id: 'sample-corriere-del-porto',
  title: 'Corriere del Porto',
  description: 'Notizie dal Mediterraneo e dall’Italia',
  language: 'it',
  format: 'rss',
  tags: ['sample', 'italy'],
  posts: [
    {
      slug: 'delegazione-russa-libia',
      story: 'libya-visit',
      hoursAgo: 5,
      title: 'Libia, una delegazione militare russa in visita da Haftar',
      text: [
        'Una delegazione militare russa guidata dal viceministro della Difesa Yunus-bek Yevkurov è arrivata martedì in Libia su invito del generale Khalifa Haftar, l’uomo forte della Cirenaica.',
        'Secondo Mosca è la prima visita ufficiale di questo genere: si parlerà di lotta al terrorismo e di cooperazione tra i due eserciti.',
      ],
      categories: ['Esteri', 'Libia'],
    },
    {
      slug: 'terremoto-creta',
      story: 'quake-crete',
      hoursAgo: 9,
      title: 'Terremoto di magnitudo 5,8 a Creta, gente in strada a Heraklion',
      text: [
        'Una scossa di magnitudo 5,8 ha colpito all’alba l’isola di Creta. A Heraklion gli abitanti sono usciti in strada; due persone sono rimaste leggermente ferite e alcune scuole resteranno chiuse.',
      ],
      categories: ['Esteri'],
    },
    {
      slug: 'scossa-eolie',
      story: 'quake-aeolian',
      hoursAgo: 20,
      title: 'Terremoto di magnitudo 4,3 al largo delle Eolie, nessun danno',
      text: [
        'La scossa, registrata dalla sala sismica a 12 chilometri di profondità, è stata avvertita a Lipari e a Milazzo. La Protezione civile non segnala danni né feriti.',
      ],
      categories: ['Cronaca'],
    },
    {
      slug: 'bce-taglia-tassi',
      story: 'ecb-cut',
      hoursAgo: 14,
      title: 'La Bce taglia i tassi di un quarto di punto, al 2 per cento',
      text: [
        'La Banca centrale europea ha ridotto i tassi di interesse di 25 punti base, portando quello sui depositi al 2%. La presidente Christine Lagarde ha detto che l’inflazione dell’area euro è ormai vicina all’obiettivo.',
      ],
      categories: ['Economia'],
    },
    {
      slug: 'traghetto-incendio-sardegna',
      story: 'ferry-fire',
      hoursAgo: 26,
      title: 'Incendio su un traghetto al largo della Sardegna, evacuati 212 passeggeri',
      text: [
        'Le fiamme sono partite nella notte dal garage del traghetto “Stella del Golfo”, in viaggio da Tolone a Porto Torres. I 212 passeggeri sono stati trasferiti sulle motovedette della Guardia costiera; quattro intossicati.',
      ],
      categories: ['Cronaca'],
    },
    {
      slug: 'nuove-indicazioni-scuola',
      story: 'school-italy',
      hoursAgo: 31,
      title: 'Scuola, tornano latino e memorizzazione nelle nuove indicazioni nazionali',
      text: [
        'Il Ministero dell’Istruzione ha presentato le nuove indicazioni nazionali per le scuole italiane: più discipline umanistiche, poesie da imparare a memoria e il ritorno del latino facoltativo alle medie.',
      ],
      categories: ['Scuola'],
    },
    {
      slug: 'scrittore-algerino-libero',
      story: 'writer-freed',
      hoursAgo: 40,
      title: 'Algeria, liberato dopo un anno di carcere lo scrittore Nadir Belkacem',
      text: [
        'Lo scrittore franco-algerino Nadir Belkacem, 76 anni, ha lasciato la prigione di Koléa dopo dodici mesi di detenzione, graziato dal presidente. “Torno a scrivere”, ha detto all’uscita.',
      ],
      categories: ['Cultura'],
    },
    {
      slug: 'relitto-cipro-anfore',
      story: 'wreck-cyprus',
      hoursAgo: 52,
      title: 'Cipro, scoperto un relitto romano con tremila anfore intatte',
      text: [
        'A 44 metri di profondità, al largo di Capo Greco, gli archeologi subacquei hanno trovato una nave mercantile del I secolo con circa tremila anfore di vino ancora sigillate.',
      ],
      categories: ['Cultura', 'Archeologia'],
    },
    {
      slug: 'tiktok-legge-americana',
      story: 'tiktok-law',
      hoursAgo: 60,
      title: 'TikTok rischia la chiusura negli Stati Uniti: la Corte Suprema conferma la legge',
      text: [
        'La Corte Suprema americana ha respinto il ricorso di TikTok: la legge che impone a ByteDance di vendere l’applicazione o di chiuderla negli Stati Uniti è costituzionale.',
      ],
      categories: ['Tecnologia'],
    },
    {
      slug: 'rassegna-lunedi',
      hoursAgo: 30,
      title: 'Mattino al porto: la rassegna di lunedì',
      text: [
        'Le cinque notizie da leggere prima del caffè: il bilancio del Comune, lo sciopero dei bus, la mareggiata, il mercato del pesce e il meteo.',
      ],
      categories: ['Rassegna'],
    },
    {
      slug: 'rassegna-martedi',
      hoursAgo: 6,
      title: 'Mattino al porto: la rassegna di martedì',
      text: [
        'Le cinque notizie da leggere prima del caffè: il voto in Regione, il cantiere del molo, la mostra, le partite di coppa e il meteo.',
      ],
      categories: ['Rassegna'],
    },
    {
      slug: 'molo-nuovo-genova',
      hoursAgo: 70,
      title: 'Genova, via libera al nuovo molo: lavori al via in primavera',
      text: [
        'Il consiglio comunale ha approvato il progetto del nuovo molo di Levante: 480 metri di banchina, costo previsto 92 milioni di euro, fine dei lavori tra quattro anni.',
      ],
      categories: ['Cronaca'],
    },
  ],
};
