/** What reading documents and pages says, in Italian; see `fetching.ts` for the placeholders. */
export const readingItalian: readonly (readonly [string, string])[] = [
  ['The document is empty.', 'Il documento è vuoto.'],
  [
    'The document is a JSON list, not an RSS, Atom, RDF or JSON feed.',
    'Il documento è una lista JSON, non un feed RSS, Atom, RDF o JSON.',
  ],
  [
    'The document is an HTML page, not an RSS, Atom, RDF or JSON feed.',
    'Il documento è una pagina HTML, non un feed RSS, Atom, RDF o JSON.',
  ],
  [
    'The document is an OPML list of feeds (import it instead), not an RSS, Atom, RDF or JSON feed.',
    'Il documento è un elenco OPML di feed (importalo), non un feed RSS, Atom, RDF o JSON.',
  ],
  [
    'The document is an XML document with the root {w}, not an RSS, Atom, RDF or JSON feed.',
    'Il documento è un XML con radice {w}, non un feed RSS, Atom, RDF o JSON.',
  ],
  [
    'The document is plain text, not an RSS, Atom, RDF or JSON feed.',
    'Il documento è testo semplice, non un feed RSS, Atom, RDF o JSON.',
  ],
  [
    'The document is binary data, not an RSS, Atom, RDF or JSON feed.',
    'Il documento è dati binari, non un feed RSS, Atom, RDF o JSON.',
  ],
  [
    'The document is JSON, but not a JSON Feed: it has no version of jsonfeed.org.',
    'Il documento è JSON, ma non un JSON Feed: gli manca la versione di jsonfeed.org.',
  ],
  ['The document begins like JSON, but it is not JSON.', 'Il documento comincia come JSON, ma non lo è.'],
  ['The document has {n} bytes; the limit is {n}.', 'Il documento ha {n} byte; il limite è {n}.'],
  [
    'The document is RDF, but no channel and no item of RSS is in it.',
    'Il documento è RDF, ma non contiene né canali né articoli RSS.',
  ],
  [
    'The document is not an OPML list: it has no <opml> and no <outline>.',
    'Il documento non è un elenco OPML: non ha né <opml> né <outline>.',
  ],
  ['not a date: {*}', 'non è una data: {*}'],
  ['more than {n} {w}; the rest was left out', 'più di {n} {w}; il resto è stato tralasciato'],
  ['{w} was cut at {n} bytes', '{w} è stato tagliato a {n} byte'],
  [
    'a link that would run code or carry its content was left out',
    'un link che eseguirebbe codice o porterebbe con sé il contenuto è stato tralasciato',
  ],
  ['not a link: {*}', 'non è un link: {*}'],
  ['the item has no id, link, title or text', 'l’articolo non ha id, link, titolo né testo'],
  ['an earlier item has the same id: {*}', 'un articolo precedente ha lo stesso id: {*}'],
  ['{n} items after the first {n} were left out', '{n} articoli dopo i primi {n} sono stati tralasciati'],
  ['the item is not an object', 'l’articolo non è un oggetto'],
  ['the JSON is damaged; what is complete was read', 'il JSON è danneggiato; si è letto ciò che è completo'],
  ['some bytes are not {w}', 'alcuni byte non sono {w}'],
  ['{n} tags do not match', '{n} tag non si chiudono bene'],
  ['the document ends before its last element does', 'il documento finisce prima del suo ultimo elemento'],
  ['the list ends before its last element does', 'l’elenco finisce prima del suo ultimo elemento'],
  [
    'not an address of a feed: a link that would run code',
    'non è l’indirizzo di un feed: un link che eseguirebbe codice',
  ],
  ['not an address of a feed: {*}', 'non è l’indirizzo di un feed: {*}'],
  ['not an http or https address', 'non è un indirizzo http o https'],
  ['the item could not be read: {*}', 'l’articolo non si è potuto leggere: {*}'],
  ['the item is in the document twice; the first is kept', 'l’articolo è due volte nel documento; resta il primo'],
  [
    'several different items share one id; they are told apart by link and title',
    'più articoli diversi hanno lo stesso id; si distinguono da link e titolo',
  ],
  ['has none of the words to keep', 'non ha nessuna delle parole da tenere'],
  ['has {q}', 'ha {q}'],
  // pages without feed
  [
    'The page is larger than the limit; only its beginning was read.',
    'La pagina supera il limite; se ne è letto solo l’inizio.',
  ],
  [
    'The page has hardly any text and builds itself with scripts, which are not run here.',
    'La pagina quasi non ha testo e si costruisce con script, che qui non si eseguono.',
  ],
  [
    'No list of posts was found on the page; name it with scrape.items.',
    'Sulla pagina non si trova un elenco di articoli; indicalo con scrape.items.',
  ],
  [
    'No list of posts was found on this page. Give selectors, or the address of a feed.',
    'Su questa pagina non si trova un elenco di articoli. Scrivi dei selettori, o l’indirizzo di un feed.',
  ],
  ['There is no earlier reading to compare with.', 'Non c’è una lettura precedente con cui confrontare.'],
  [
    'The page usually gives {n} items and now gives none: its layout has changed, or it shows something else. The items it gave are kept.',
    'La pagina dà di solito {n} articoli e ora nessuno: ha cambiato forma, o mostra altro. Gli articoli dati restano.',
  ],
  [
    'The page usually gives {n} items and now gives {n}: part of its layout has changed. The items it gave are kept.',
    'La pagina dà di solito {n} articoli e ora {n}: parte della sua forma è cambiata. Gli articoli dati restano.',
  ],
  ['The page gives {n} items, usually {n}.', 'La pagina dà {n} articoli, di solito {n}.'],
  ['Look at the new guess and correct the selectors.', 'Guarda la nuova proposta, o correggi i selettori.'],
  ['it is longer than {n} characters', 'supera i {n} caratteri'],
  ['no attribute name follows the @', 'dopo @ manca il nome di un attributo'],
  ['it is empty, or has a comma too many', 'è vuoto, o ha una virgola di troppo'],
  ['it is too involved', 'è troppo complicato'],
  ['it has more than {n} steps', 'ha più di {n} passi'],
  ['the selector {q} cannot be used:', 'il selettore {q} non si può usare:'],
  ['Write CSS, for example {q}.', 'Scrivi CSS, per esempio {q}.'],
  ['there is no such field; use one of {*}.', 'non c’è un campo con questo nome; usa uno di {*}.'],
  ['the pattern is longer than {n} characters.', 'il modello supera i {n} caratteri.'],
  ['the pattern {q} cannot be used:', 'il modello {q} non si può usare:'],
  ['Look-around and back references are not supported.', 'Look-around e riferimenti all’indietro non sono ammessi.'],
  // the process that reads
  ['the process did not start', 'il processo non è partito'],
  ['the process was closed', 'il processo è stato chiuso'],
  ['the process ended with code {n}', 'il processo è finito con il codice {n}'],
  ['{w} ended the process', '{w} ha fermato il processo'],
  ['The document was not read: {*}', 'Il documento non è stato letto: {*}'],
  ['The reader is closed.', 'Il lettore è chiuso.'],
  ['The reader was closed.', 'Il lettore è stato chiuso.'],
  [
    '{n} documents wait to be read already; try again later.',
    '{n} documenti aspettano già di essere letti; riprova più tardi.',
  ],
  [
    'Reading the document took longer than {n} s and was stopped.',
    'La lettura del documento ha superato i {n} s ed è stata fermata.',
  ],
  [
    'Reading the document took more memory than one document may have.',
    'La lettura del documento ha preso più memoria di quanta un documento possa averne.',
  ],
  [
    'The document could not be read because of a mistake in newsfold: {*}',
    'Il documento non si è potuto leggere per un errore di newsfold: {*}',
  ],
  ['The reading process gave no answer.', 'Il lettore non ha risposto.'],
];
