import { expect } from 'chai';
import { cleanTeaser, splitRows } from '../../../src/core/scrape/clean-teaser.ts';

describe('a teaser', () => {
  const rows: [string, string, string, string | null, boolean][] = [
    [
      'takes off a title repeated before a dash',
      'Bridge closed after inspection',
      'Bridge closed after inspection – Engineers found a crack in one of the piers.',
      'Engineers found a crack in one of the piers.',
      false,
    ],
    [
      '… before a colon, in other case and quotes',
      'The “old” Mill reopens today',
      'THE "OLD" MILL REOPENS TODAY: visitors may come from ten.',
      'visitors may come from ten.',
      false,
    ],
    [
      '… without a mark, if it is long enough',
      'Bridge closed after inspection',
      'Bridge closed after inspection Engineers found a crack.',
      'Engineers found a crack.',
      false,
    ],
    [
      'takes off a title that is itself cut',
      'Bridge closed after a long insp…',
      'Bridge closed after a long inspection – Engineers found a crack.',
      'Engineers found a crack.',
      false,
    ],
    [
      'says nothing where it is only the title',
      'Bridge closed after inspection',
      'Bridge closed after inspection',
      null,
      false,
    ],
    [
      '… or only the beginning of the title',
      'Bridge closed after inspection of its piers',
      'Bridge closed after inspection of',
      null,
      false,
    ],
    [
      'marks a text broken off in mid-sentence',
      'A title',
      'Engineers found a crack in one of the',
      'Engineers found a crack in one of the…',
      true,
    ],
    [
      'makes one ellipsis of dots in brackets',
      'A title',
      'Engineers found a crack [...]',
      'Engineers found a crack…',
      true,
    ],
    [
      'leaves a whole sentence alone',
      'A title',
      'Engineers found a crack in one of the piers.',
      'Engineers found a crack in one of the piers.',
      false,
    ],
    [
      'leaves a sentence of another script alone',
      '題名',
      '技術者が橋脚の一つに大きなひびを見つけた。',
      '技術者が橋脚の一つに大きなひびを見つけた。',
      false,
    ],
    [
      'does not take Rome off Romeo',
      'Rome',
      'Romeo and Juliet are back on stage.',
      'Romeo and Juliet are back on stage.',
      false,
    ],
    [
      'does not take a short title off a sentence',
      'Rain again',
      'Rain again fell on the valley all week.',
      'Rain again fell on the valley all week.',
      false,
    ],
    [
      'drops the comma before its ellipsis',
      'Bridge closed after inspection',
      'Bridge closed after inspection – The minister,',
      'The minister…',
      true,
    ],
  ];
  for (const [name, title, summary, expected, truncated] of rows) {
    it(name, () => expect(cleanTeaser({ title, summary })).to.deep.equal({ title, summary: expected, truncated }));
  }
});

describe('rows of title and teaser in one text', () => {
  const cut = [
    'Regione: approvato il piano per le ferrovie locali dopo mesi di trattative – Il consiglio ha',
    'Una scuola nel bosco, il racconto di chi l’ha costruita – Lucia Neri aveva vent’anni quando',
    'Porto: chiuso il molo vecchio per lavori urgenti alla banchina principale e ai pontili più lunghi',
    'Mercato coperto: i banchi riaprono sabato con nuove regole – Gli operatori avevano protestato contro la',
  ];

  it('are divided at the dash where the list is made so', () => {
    const parts = splitRows(cut);
    expect(parts[0]).to.include({
      title: 'Regione: approvato il piano per le ferrovie locali dopo mesi di trattative',
      summary: 'Il consiglio ha',
    });
    expect(parts[2]).to.deep.equal({ title: cut[2], summary: null, isCut: true });
  });

  it('stay whole where a dash is only a dash', () => {
    const headlines = [
      'Trump wins – what comes next',
      'Rain at last',
      'A bridge too old – and nobody pays',
      'Council votes on the budget for schools',
    ];
    expect(splitRows(headlines)).to.deep.equal([null, null, null, null]);
  });
});
