import { expect } from 'chai';
import { explainFailure } from '../../src/pipeline/explain-failure.ts';

const answers: readonly (readonly [status: number, advice: RegExp])[] = [
  [401, /name and a password: give the source http\.auth/],
  [403, /may block feed readers/],
  [404, /Look on the site for the new one/],
  [429, /left alone for as long as it says/],
  [451, /may block feed readers/],
  [500, /trouble of its own/],
  [503, /left alone for as long as it says/],
];

describe('what to do about an answer that is no document', () => {
  for (const [status, advice] of answers) {
    it(`depends on what it is: ${status}`, () => {
      const said = explainFailure({ class: 'status', status, message: `x answered ${status}.`, feedsOnPage: [] });
      expect(said)
        .to.match(advice)
        .and.to.match(new RegExp(`^x answered ${status}\\. `));
    });
  }

  it('is that of the failure where the status was not the trouble', () => {
    const said = explainFailure({ class: 'truncated', status: 404, message: 'x', feedsOnPage: [] });
    expect(said).to.match(/^x\. The answer broke off\./);
  });
});
