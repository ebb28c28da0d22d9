/** Every sentence of the pages for people, in one catalogue. `{name}` is filled in. */
const catalogue = {
  en: {
    tagline: 'Many sources, many languages, each story once.',
    topics: 'Topics',
    allStories: 'All stories',
    subscribe: 'Subscribe',
    subscribeAll: 'All topics as OPML',
    copy: 'Copy address',
    copied: 'Copied',
    openInReader: 'Open in reader',
    storiesCount: '{n} stories',
    storiesCountOne: '1 story',
    lastDays: 'Stories a day, last {n} days',
    inDays: 'in {n} days',
    noTopics: 'There are no topics yet.',
    noStories: 'No stories yet. Sources are being collected; look again in a moment.',
    older: 'Older stories',
    also: 'Also in',
    versions: '{n} versions',
    versionsTitle: 'All versions',
    oneVersion: 'Told by one source so far',
    why: 'Why these are one story',
    read: 'Read at {source}',
    languages: 'Show in',
    anyLanguage: 'any language',
    privateTopic: 'private',
    notFoundTitle: 'Not here',
    notFoundText: 'There is no such page.',
    goneTopic: 'This topic was removed.',
    unavailableTitle: 'Just a moment',
    unavailableText: 'The store cannot be reached right now. Nothing is lost; please try again in a moment.',
    admin: 'Admin',
    home: 'Home',
    skip: 'Skip to the stories',
    inTopics: 'In the topics',
    minutesAgo: '{n} min ago',
    hoursAgo: '{n} h ago',
    daysAgo: '{n} days ago',
    justNow: 'just now',
    founder: 'first to arrive here',
    search: 'Search',
    searchIn: 'Search stories',
    summaryOnly: 'Summary',
    probability: 'probability {p}',
  },
  it: {
    tagline: 'Tante fonti, tante lingue, ogni notizia una volta sola.',
    topics: 'Argomenti',
    allStories: 'Tutte le notizie',
    subscribe: 'Abbonati',
    subscribeAll: 'Tutti gli argomenti in OPML',
    copy: 'Copia l’indirizzo',
    copied: 'Copiato',
    openInReader: 'Apri nel lettore',
    storiesCount: '{n} notizie',
    storiesCountOne: '1 notizia',
    lastDays: 'Notizie al giorno, ultimi {n} giorni',
    inDays: 'in {n} giorni',
    noTopics: 'Non ci sono ancora argomenti.',
    noStories: 'Ancora nessuna notizia. La raccolta è in corso; riprova fra un momento.',
    older: 'Notizie precedenti',
    also: 'Anche in',
    versions: '{n} versioni',
    versionsTitle: 'Tutte le versioni',
    oneVersion: 'Finora raccontata da una sola fonte',
    why: 'Perché sono la stessa notizia',
    read: 'Leggi su {source}',
    languages: 'Mostra in',
    anyLanguage: 'qualsiasi lingua',
    privateTopic: 'privato',
    notFoundTitle: 'Non è qui',
    notFoundText: 'Questa pagina non esiste.',
    goneTopic: 'Questo argomento è stato tolto.',
    unavailableTitle: 'Un momento',
    unavailableText: 'L’archivio non è raggiungibile. Nulla è perduto; riprova fra poco.',
    admin: 'Gestione',
    home: 'Inizio',
    skip: 'Vai alle notizie',
    inTopics: 'Negli argomenti',
    minutesAgo: '{n} min fa',
    hoursAgo: '{n} h fa',
    daysAgo: '{n} giorni fa',
    justNow: 'adesso',
    founder: 'la prima arrivata qui',
    search: 'Cerca',
    searchIn: 'Cerca fra le notizie',
    summaryOnly: 'Riassunto',
    probability: 'probabilità {p}',
  },
} as const;

export type UiLanguage = keyof typeof catalogue;
export type UiTextKey = keyof (typeof catalogue)['en'];
export type UiText = (key: UiTextKey, values?: Readonly<Record<string, string | number>>) => string;

export function uiText(language: UiLanguage): UiText {
  return (key, values = {}) =>
    catalogue[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The first language of Accept-Language that the pages speak. */
export function chooseUiLanguage(setting: 'auto' | UiLanguage, acceptLanguage: string | undefined): UiLanguage {
  if (setting !== 'auto') return setting;
  for (const part of (acceptLanguage ?? '').split(',')) {
    const primary = part.trim().slice(0, 2).toLowerCase();
    if (primary === 'en' || primary === 'it') return primary;
  }
  return 'en';
}
