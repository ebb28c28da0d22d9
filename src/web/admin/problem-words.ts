import { redact } from '../../core/text/redact.ts';
import type { UiLanguage } from '../ui-text.ts';

/** What the pipeline advises (`pipeline/explain-failure`), in Italian: stored problems are English, so each known sentence is exchanged. */
const italian: readonly (readonly [RegExp, string])[] = [
  [/the name (\S+) could not be found/i, 'il nome $1 non si trova'],
  [/(\S+) answered (\d{3})/i, '$1 ha risposto $2'],
  [
    /Check the address; if it is right, the site may have moved or be down\./,
    'Controlla l’indirizzo; se è giusto, il sito può essersi spostato o essere spento.',
  ],
  [
    /No connection\. The site may be down, or a firewall is in the way\. It is tried again, more and more rarely\./,
    'Nessuna connessione. Il sito può essere spento, o un firewall la impedisce. Si riprova, sempre più di rado.',
  ],
  [
    /The certificate is not valid for this address\. The publisher has to renew it; http\.insecureTls accepts it anyway\./,
    'Il certificato non vale per questo indirizzo. L’editore deve rinnovarlo; http.insecureTls lo accetta comunque.',
  ],
  [
    /The server is too slow\. collect\.timeout can be made longer\./,
    'Il server è troppo lento. collect.timeout si può allungare.',
  ],
  [
    /The server refuses\. If the address works in a browser, the site may block feed readers: write to the publisher\./,
    'Il server rifiuta. Se l’indirizzo funziona nel browser, il sito forse blocca i lettori di feed: scrivi all’editore.',
  ],
  [
    /The document is larger than collect\.bodyMax allows\./,
    'Il documento è più grande di quanto collect.bodyMax permetta.',
  ],
  [
    /The answer cannot be decompressed; the publisher’s server is at fault\./,
    'La risposta non si decomprime; è un difetto del server dell’editore.',
  ],
  [
    /The answer broke off\. Nothing of it was taken; it is fetched again\./,
    'La risposta si è interrotta. Nulla ne è stato preso; si rilegge.',
  ],
  [
    /The redirects lead nowhere\. Give the source the address where they should end\./,
    'I rinvii non portano a nulla. Dai alla fonte l’indirizzo in cui dovrebbero finire.',
  ],
  [
    /This address belongs to a private network\. If you trust it, list it under collect\.allow\./,
    'Questo indirizzo è di una rete privata. Se ti fidi, elencalo in collect.allow.',
  ],
  [
    /The site’s robots\.txt asks not to be read by programs\./,
    'Il robots.txt del sito chiede di non essere letto da programmi.',
  ],
  [/The server does not speak HTTP properly\./, 'Il server non parla correttamente HTTP.'],
  [/This address is a page, not a feed\./, 'Questo indirizzo è una pagina, non un feed.'],
  [/Write "scrape: \{\}" to have its items found\./, 'Scrivi "scrape: {}" perché se ne trovino gli articoli.'],
  [/Its site has this feed:/, 'Il sito ha questo feed:'],
  [/Its site has these feeds:/, 'Il sito ha questi feed:'],
  [
    /The page usually gives (\d+) items and now gives none: its layout has changed, or it shows something else\. The items it gave are kept\./,
    'La pagina dà di solito $1 articoli e ora nessuno: ha cambiato forma, o mostra altro. Gli articoli dati restano.',
  ],
  [
    /The page usually gives (\d+) items and now gives (\d+): part of its layout has changed\. The items it gave are kept\./,
    'La pagina dà di solito $1 articoli e ora $2: parte della sua forma è cambiata. Gli articoli dati restano.',
  ],
  [/Look at the new guess and correct the selectors\./, 'Guarda la nuova proposta, o correggi i selettori.'],
  [/Only (\d+) MiB are free\./, 'Restano liberi solo $1 MiB.'],
  [
    /The disk will be full in (\S+) days; shorten retention\.items or add space\./,
    'Il disco sarà pieno fra $1 giorni; accorcia retention.items o aggiungi spazio.',
  ],
  [/The document cannot be read\./, 'Il documento non si può leggere.'],
  [/The publisher says that this feed is gone\./, 'L’editore dice che questo feed non esiste più.'],
];

/** A source's problem for the page, without secrets. */
export function problemWords(problem: string, language: UiLanguage): string {
  const text = redact(problem);
  return language === 'it' ? italian.reduce((words, [english, ours]) => words.replace(english, ours), text) : text;
}
