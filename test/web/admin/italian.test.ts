import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { problemWords } from '../../../src/web/admin/problem-words.ts';
import { englishWords } from '../../support/english-words.ts';

/** Where sentences come from that a page may show. */
const speaking = [
  'core/schedule',
  'core/parse',
  'core/scrape/field-selector.ts',
  'core/scrape/scrape-page.ts',
  'core/scrape/strip-patterns.ts',
  'core/scrape/watch-layout.ts',
  'core/normalize/identity.ts',
  'config',
  'fetch/address-guard.ts',
  'fetch/decode-body.ts',
  'fetch/fetch-failure.ts',
  'fetch/fetch-outcome.ts',
  'fetch/follow-redirects.ts',
  'fetch/probe.ts',
  'fetch/robots.ts',
  'pipeline/after-fetch.ts',
  'pipeline/conceal-secrets.ts',
  'pipeline/correct-stories.ts',
  'pipeline/edit-sources.ts',
  'pipeline/explain-failure.ts',
  'pipeline/read-document.ts',
  'pipeline/suggest-scrape.ts',
  'pipeline/test-source.ts',
  'reader',
  'web/access',
  'web/desk-edits.ts',
  'web/service-report.ts',
  'web/admin/desk-request.ts',
  'web/create-web.ts',
];

/** Sentences that no page shows: logs, mistakes of the command line, of a caller, of the data the program itself is made of. */
const unseen = [
  /^Basic /,
  /cache\.url|sslrootcert/,
  /^collect\.allow: cannot read/,
  /^(a|an) (JSON list|HTML page|OPML list|XML document)/,
  /^The document is \$\{what\}/,
  /^(area base br|request failed|newsfold sources)/,
  // pieces of sentences that are known as a whole
  /^something that is not a URL$|Its site has \$\{|^the page names no feed; \$|stand for a secret that is \$|^There is (no|already a) \$\{nameOf/,
  /^this (feed|URL)$|^these feeds$|^the address$/,
];

/** Text and template literals that are sentences, with what is filled in. */
function sentencesOf(source: string): string[] {
  const code = source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/ .*$/gm, '')
    .replace(/^import .*$/gm, '')
    .replace(/^} from .*$/gm, '');
  return [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)]
    .map(([, plain, template]) => (plain ?? template ?? '').replace(/\\(['`"])/g, '$1'))
    .filter(
      text =>
        /[a-z] [a-z]/.test(text) && !/[<>]\w|^\s|\\[nbwsd]|\(\?/.test(text) && !unseen.some(each => each.test(text)),
    );
}

/** Numbers where numbers stand, words elsewhere. */
function filled(template: string): string {
  return template
    .replace(/"\$\{(?:[^{}]|\{[^{}]*\})*\}"/g, '"xyz"')
    .replace(/\$\{inWords\((?:[^{}]|\{[^{}]*\})*\}/g, '3 days')
    .replace(
      /\$\{(?:[^{}]|\{[^{}]*\})*(?:Ms|Max|length|Math|count|usual|now|median|InRow|Count|port|status|code|asked|total|items|index|daysLeft|malformed|itemsLeftOut|Line|lineOf)(?:[^{}]|\{[^{}]*\})*\}/gi,
      '7',
    )
    .replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, 'xyz');
}

describe('the desk in Italian', () => {
  it('has Italian words for every sentence that the service can say on a page', () => {
    const files = speaking.flatMap(path =>
      path.endsWith('.ts') ? [path] : readdirSync(join('src', path)).map(name => `${path}/${name}`),
    );
    const english = files.flatMap(file =>
      sentencesOf(readFileSync(join('src', file), 'utf8'))
        .map(filled)
        .filter(text => englishWords(text).length > 0)
        .map(text => [text, problemWords(text, 'it')] as const)
        .filter(([, italian]) => englishWords(italian).length > 0)
        .map(([text, italian]) => `${file}: ${text} → ${italian}`),
    );
    expect(english).to.deep.equal([]);
  });

  it('keeps names, numbers and what is quoted, whatever stands around them', () => {
    for (const [english, italian] of [
      [
        'ansa.it answered 403. The server refuses. If the address works in a browser, the site may block feed readers: write to the publisher.',
        'ansa.it ha risposto 403. Il server rifiuta. Se l’indirizzo funziona nel browser, il sito forse blocca i lettori di feed: scrivi all’editore.',
      ],
      [
        'the hub sends news by itself (an item about every 3 days)',
        'l’hub manda le novità da sé (un articolo circa ogni 3 giorni)',
      ],
      [
        'sources.yaml:3: sources[0].url: write a full address that begins with http:// or https://',
        'sources.yaml:3: sources[0].url: scrivi un indirizzo intero, che cominci con http:// o https://',
      ],
      ['unknown key "tag"; did you mean "tags"?', 'chiave sconosciuta "tag"; intendevi "tags"?'],
      ['Invalid input: expected string, received number', 'qui ci vuole un testo, non un numero'],
      ['failure 2 in a row, cron */20 6-23 * * *', '2° errore di fila, cron */20 6-23 * * *'],
      ['in 2 h: the server asks to wait 2 h', 'tra 2 h: il server chiede di aspettare 2 h'],
      ['There is already a topic "libya".', 'C’è già un argomento "libya".'],
      ['There is no source "a" in sources.yaml.', 'Non c’è la fonte "a" in sources.yaml.'],
      [
        'Its site has these feeds: https://a.example/1 , https://a.example/2',
        'Il sito ha questi feed: https://a.example/1 , https://a.example/2',
      ],
    ] as const)
      expect(problemWords(english, 'it')).to.equal(italian);
  });
});
