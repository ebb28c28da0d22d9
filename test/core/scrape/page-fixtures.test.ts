import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { findLists } from '../../../src/core/scrape/find-lists.ts';
import { readItems } from '../../../src/core/scrape/read-items.ts';
import { readContext, scrapePage } from '../../../src/core/scrape/scrape-page.ts';
import { toParsedItem } from '../../../src/core/scrape/to-parsed-item.ts';
import type { ParsedItem, ScrapeRules } from '../../../src/model.ts';

type Expected = { title: string | null; url: string | null; date?: string | null; summary?: string };
type Fixture = { url: string; now: string; file?: string; timezone?: string; rules?: ScrapeRules; items: Expected[] };

const folder = new URL('../../fixtures/pages/', import.meta.url);
const fixtures = readdirSync(folder)
  .filter(name => name.endsWith('.json'))
  .map(name => {
    const fixture = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Fixture;
    const html = readFileSync(new URL(fixture.file ?? name.replace('.json', '.html'), folder), 'utf8');
    return { name: name.replace('.json', ''), fixture, html };
  });

const keyOf = (item: { url: string | null; title: string | null }): string => item.url ?? `title: ${item.title}`;

describe('the page fixtures', () => {
  it('are at least sixty', () => expect(fixtures.length).to.be.at.least(60));

  for (const { name, fixture, html } of fixtures) {
    describe(name, () => {
      const timezone = fixture.timezone === undefined ? {} : { timezone: fixture.timezone };
      const input = { html, url: fixture.url, now: Date.parse(fixture.now), ...timezone };

      it('gives its items and no others, in their order, with titles, dates and teasers right', () => {
        const { items } = scrapePage({ ...input, rules: fixture.rules ?? {} });
        expect(items.map(keyOf)).to.deep.equal(fixture.items.map(keyOf));
        for (const [at, expected] of fixture.items.entries()) check(items[at] as ParsedItem, expected);
      });

      it('is read the same by the selectors that pin each list found on it', () => {
        const context = readContext(input);
        for (const list of findLists(context)) {
          const again = readItems(context, list.rules).map(toParsedItem);
          expect(again, list.name).to.deep.equal(list.items);
          const scraped = scrapePage({ ...input, rules: list.rules }).items;
          expect(
            scraped.map(item => item.title),
            list.name,
          ).to.deep.equal(list.items.map(item => item.title));
        }
      });

      it('is scraped by the best suggestion as it is scraped without rules', () => {
        const [best] = findLists(readContext(input));
        if (best === undefined || fixture.rules !== undefined) return;
        expect(scrapePage({ ...input, rules: best.rules }).items).to.deep.equal(
          scrapePage({ ...input, rules: {} }).items,
        );
      });
    });
  }
});

function check(item: ParsedItem, expected: Expected): void {
  expect(item.title).to.equal(expected.title);
  if (expected.date !== undefined)
    expect(item.publishedAt?.slice(0, 10) ?? null, `date of ${expected.title}`).to.equal(expected.date);
  if (expected.summary !== undefined) expect(item.summaryHtml).to.equal(expected.summary);
}
