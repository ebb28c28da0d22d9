/**
 * Curated lists by theme: well-known publishers, several languages, feeds that have stood for years. Each address was found in several
 * public lists and programs of others; publishers move all the same, so a source is fetched as soon as it is chosen, and what does not
 * answer stands among what needs a person.
 */
export type StarterPack = {
  readonly id: string;
  readonly title: { readonly en: string; readonly it: string };
  readonly sources: readonly {
    readonly id: string;
    readonly url: string;
    readonly title: string;
    readonly language: string;
    readonly tags: readonly string[];
  }[];
};

const from = (language: string, tag: string, ...rows: readonly (readonly [string, string, string])[]) =>
  rows.map(([id, title, url]) => ({ id, title, url, language, tags: [tag] }));

export const starterPacks: readonly StarterPack[] = [
  {
    id: 'world',
    title: { en: 'World news', it: 'Notizie dal mondo' },
    sources: [
      ...from(
        'en',
        'world',
        ['bbc-world', 'BBC News – World', 'https://feeds.bbci.co.uk/news/world/rss.xml'],
        ['guardian-world', 'The Guardian – World', 'https://www.theguardian.com/world/rss'],
        ['al-jazeera', 'Al Jazeera English', 'https://www.aljazeera.com/xml/rss/all.xml'],
        ['npr-world', 'NPR – World', 'https://feeds.npr.org/1004/rss.xml'],
      ),
      ...from(
        'it',
        'world',
        ['ansa-mondo', 'ANSA – Mondo', 'https://www.ansa.it/sito/notizie/mondo/mondo_rss.xml'],
        ['internazionale', 'Internazionale', 'https://www.internazionale.it/sitemaps/rss.xml'],
        ['il-post', 'Il Post', 'https://www.ilpost.it/feed/'],
      ),
      ...from(
        'fr',
        'world',
        ['le-monde-international', 'Le Monde – International', 'https://www.lemonde.fr/international/rss_full.xml'],
        ['france24-fr', 'France 24', 'https://www.france24.com/fr/rss'],
        ['rfi-fr', 'RFI', 'https://www.rfi.fr/fr/rss'],
      ),
      ...from(
        'de',
        'world',
        ['tagesschau-ausland', 'tagesschau – Ausland', 'https://www.tagesschau.de/ausland/index~rss2.xml'],
        ['dw-de', 'Deutsche Welle', 'https://rss.dw.com/rdf/rss-de-all'],
      ),
      ...from(
        'es',
        'world',
        [
          'el-pais-internacional',
          'El País – Internacional',
          'https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/section/internacional/portada',
        ],
        ['bbc-mundo', 'BBC Mundo', 'https://feeds.bbci.co.uk/mundo/rss.xml'],
      ),
      ...from('ar', 'world', ['bbc-arabic', 'بي بي سي عربي', 'https://feeds.bbci.co.uk/arabic/rss.xml']),
      ...from('pt', 'world', ['bbc-brasil', 'BBC News Brasil', 'https://feeds.bbci.co.uk/portuguese/rss.xml']),
    ],
  },
  {
    id: 'science',
    title: { en: 'Science', it: 'Scienza' },
    sources: [
      ...from(
        'en',
        'science',
        ['nature', 'Nature', 'https://www.nature.com/nature.rss'],
        ['nasa-news', 'NASA', 'https://www.nasa.gov/feed/'],
        ['phys-org', 'Phys.org', 'https://phys.org/rss-feed/'],
        ['quanta', 'Quanta Magazine', 'https://www.quantamagazine.org/feed/'],
      ),
      ...from(
        'it',
        'science',
        [
          'ansa-scienza',
          'ANSA – Scienza',
          'https://www.ansa.it/canale_scienza_tecnica/notizie/scienzaetecnica_rss.xml',
        ],
        ['le-scienze', 'Le Scienze', 'https://www.lescienze.it/rss/all/rss2.0.xml'],
      ),
      ...from(
        'fr',
        'science',
        ['le-monde-sciences', 'Le Monde – Sciences', 'https://www.lemonde.fr/sciences/rss_full.xml'],
        ['futura', 'Futura', 'https://www.futura-sciences.com/rss/actualites.xml'],
      ),
      ...from('de', 'science', [
        'spektrum',
        'Spektrum der Wissenschaft',
        'https://www.spektrum.de/alias/rss/spektrum-de-rss-feed/996406',
      ]),
      ...from('es', 'science', [
        'el-pais-ciencia',
        'El País – Ciencia',
        'https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/section/ciencia/portada',
      ]),
    ],
  },
  {
    id: 'technology',
    title: { en: 'Technology', it: 'Tecnologia' },
    sources: [
      ...from(
        'en',
        'technology',
        ['ars-technica', 'Ars Technica', 'https://feeds.arstechnica.com/arstechnica/index'],
        ['hacker-news', 'Hacker News', 'https://news.ycombinator.com/rss'],
        ['lwn', 'LWN.net', 'https://lwn.net/headlines/rss'],
        ['the-verge', 'The Verge', 'https://www.theverge.com/rss/index.xml'],
      ),
      ...from(
        'de',
        'technology',
        ['heise', 'heise online', 'https://www.heise.de/rss/heise-atom.xml'],
        ['golem', 'Golem.de', 'https://rss.golem.de/rss.php?feed=ATOM1.0'],
      ),
      ...from(
        'it',
        'technology',
        ['punto-informatico', 'Punto Informatico', 'https://www.punto-informatico.it/feed/'],
        ['hwupgrade', 'Hardware Upgrade', 'https://feeds.hwupgrade.it/rss_hwup.xml'],
      ),
      ...from(
        'fr',
        'technology',
        ['numerama', 'Numerama', 'https://www.numerama.com/feed/'],
        ['next-ink', 'Next', 'https://next.ink/feed/'],
      ),
      ...from('es', 'technology', ['xataka', 'Xataka', 'https://www.xataka.com/feedburner.xml']),
    ],
  },
  {
    id: 'economy',
    title: { en: 'Economy', it: 'Economia' },
    sources: [
      ...from(
        'en',
        'economy',
        ['guardian-business', 'The Guardian – Business', 'https://www.theguardian.com/uk/business/rss'],
        ['bbc-business', 'BBC News – Business', 'https://feeds.bbci.co.uk/news/business/rss.xml'],
        ['ecb-press', 'European Central Bank', 'https://www.ecb.europa.eu/rss/press.html'],
      ),
      ...from(
        'it',
        'economy',
        ['ansa-economia', 'ANSA – Economia', 'https://www.ansa.it/sito/notizie/economia/economia_rss.xml'],
        ['sole-24-ore-economia', 'Il Sole 24 Ore – Economia', 'https://www.ilsole24ore.com/rss/economia.xml'],
      ),
      ...from('fr', 'economy', [
        'le-monde-economie',
        'Le Monde – Économie',
        'https://www.lemonde.fr/economie/rss_full.xml',
      ]),
      ...from('de', 'economy', [
        'tagesschau-wirtschaft',
        'tagesschau – Wirtschaft',
        'https://www.tagesschau.de/wirtschaft/index~rss2.xml',
      ]),
      ...from('es', 'economy', [
        'el-pais-economia',
        'El País – Economía',
        'https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/section/economia/portada',
      ]),
    ],
  },
  {
    id: 'institutions',
    title: { en: 'Institutions', it: 'Istituzioni' },
    sources: [
      ...from(
        'en',
        'institutions',
        ['un-news', 'UN News', 'https://news.un.org/feed/subscribe/en/news/all/rss.xml'],
        ['who-news', 'World Health Organization', 'https://www.who.int/rss-feeds/news-english.xml'],
        ['eu-commission', 'European Commission', 'https://ec.europa.eu/commission/presscorner/api/rss?language=en'],
      ),
      ...from('fr', 'institutions', ['onu-info', 'ONU Info', 'https://news.un.org/feed/subscribe/fr/news/all/rss.xml']),
      ...from('es', 'institutions', [
        'noticias-onu',
        'Noticias ONU',
        'https://news.un.org/feed/subscribe/es/news/all/rss.xml',
      ]),
      ...from('ar', 'institutions', [
        'un-news-ar',
        'أخبار الأمم المتحدة',
        'https://news.un.org/feed/subscribe/ar/news/all/rss.xml',
      ]),
      ...from('ru', 'institutions', [
        'un-news-ru',
        'Новости ООН',
        'https://news.un.org/feed/subscribe/ru/news/all/rss.xml',
      ]),
    ],
  },
];
