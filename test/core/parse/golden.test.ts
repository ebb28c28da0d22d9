import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseFeed } from '../../../src/core/parse/parse-feed.ts';
import { errorCode } from '../../../src/errors.ts';
import type { ParsedFeed } from '../../../src/model.ts';

/** `<kind>-<defect>.xml|json` and what it means, grouped as the rules of docs/technotes/001-reading-feeds.md are. */
const folder = join(import.meta.dirname, '../../fixtures/feeds');
type Golden = {
  readonly input: { readonly url: string | null; readonly contentType?: string };
  readonly document?: ParsedFeed;
  readonly error?: string;
};

describe('parseFeed, by example', () => {
  const fixtures = readdirSync(folder).filter(name => /\.(?:xml|json)$/.test(name) && !name.endsWith('.golden.json'));

  it('has at least 150 examples', () => {
    expect(fixtures.length).to.be.at.least(150);
  });

  for (const name of fixtures) {
    it(`reads ${name}`, () => {
      const golden: Golden = JSON.parse(readFileSync(join(folder, name.replace(/\.\w+$/, '.golden.json')), 'utf8'));
      const read = () => parseFeed({ body: readFileSync(join(folder, name)), ...golden.input });
      if (golden.error === undefined) expect(JSON.parse(JSON.stringify(read()))).to.deep.equal(golden.document);
      else expect(codeOf(read)).to.equal(golden.error);
    });
  }
});

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return errorCode(error);
  }
  return undefined;
}
