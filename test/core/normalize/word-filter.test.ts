import { expect } from 'chai';
import { compileWordFilter } from '../../../src/core/normalize/word-filter.ts';

const item = {
  title: 'Élections à Rome',
  summaryHtml: '<p>The <b>football</b>-club&nbsp;wins</p>',
  contentHtml: null,
  categories: ['Sport'],
};
const refuses = (given: { keep?: string[]; drop?: string[] }, of = item) =>
  compileWordFilter({ keep: [], drop: [], ...given })(of);

describe('compileWordFilter', () => {
  const kept: readonly { keep?: string[]; drop?: string[] }[] = [
    {},
    { keep: ['rome'] },
    { keep: ['nowhere', 'ELECTIONS'] },
    { keep: ['football club'] },
    { keep: ['sport'] },
    { keep: ['/ro.e/i'] },
    { drop: ['foot'] },
    { drop: ['/^wins/'] },
    { keep: ['rome'], drop: ['paris'] },
    { drop: [''] },
    { drop: ['!!!'] },
  ];
  const refused: readonly { keep?: string[]; drop?: string[] }[] = [
    { keep: ['paris'] },
    { drop: ['football'] },
    { drop: ['élections'] },
    { drop: ['elections à rome'] },
    { drop: ['/FOOTBALL/i'] },
    { keep: ['rome'], drop: ['wins'] },
    { keep: ['/rome/'] },
  ];
  for (const rules of kept) it(`keeps by ${JSON.stringify(rules)}`, () => expect(refuses(rules)).to.equal(null));
  for (const rules of refused)
    it(`refuses by ${JSON.stringify(rules)}`, () => expect(refuses(rules)).to.be.a('string'));

  it('finds words in scripts without spaces', () => {
    expect(refuses({ drop: ['足球'] }, { ...item, title: '今天的足球比赛' })).to.be.a('string');
  });

  it('takes what RE2 cannot read for a phrase', () => expect(refuses({ drop: ['/(?=x)/'] })).to.equal(null));

  it('is linear for every pattern', () => {
    const hostile = { ...item, title: 'a'.repeat(20_000) };
    expect(refuses({ drop: ['/(a+)+$b/', '/(a|aa)+c/'] }, hostile)).to.equal(null);
  });
});
