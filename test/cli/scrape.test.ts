import { PassThrough, Readable } from 'node:stream';
import { expect } from 'chai';
import { type ScrapeArgs, scrapeCommand } from '../../src/cli/scrape.ts';

const page = `<html lang="en"><head><meta charset="windows-1252"><title>Blog</title></head><body><main>${[1, 2, 3, 4]
  .map(
    at =>
      `<article class="post"><h2><a href="/post-number-${at}">Post number ${at} of the blog</a></h2><p>Caf\u00e9 number ${at} has opened, and it is good.</p><time datetime="2024-05-0${at}"></time></article>`,
  )
  .join('')}</main></body></html>`;

async function run(args: Omit<ScrapeArgs, 'target'>, html = page): Promise<{ code: number; out: string; err: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await scrapeCommand(
    { target: '-', url: 'https://blog.example/', ...args },
    { stdin: Readable.from([Buffer.from(html, 'latin1')]), stdout, stderr, signal: new AbortController().signal },
  );
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

describe('newsfold scrape', () => {
  it('prints the items, reading the page in the charset it names', async () => {
    const { code, out } = await run({});
    expect(code).to.equal(0);
    expect(out)
      .to.contain('Post number 1 of the blog')
      .and.contain('https://blog.example/post-number-4')
      .and.contain('Café');
  });

  it('prints the document for machines', async () => {
    const { out } = await run({ json: true });
    const feed = JSON.parse(out) as { format: string; items: { url: string }[] };
    expect(feed.format).to.equal('html');
    expect(feed.items.map(item => item.url)).to.have.length(4);
  });

  it('suggests lists with the rules that pin them', async () => {
    const { out } = await run({ suggest: true });
    expect(out).to.contain('items: article.post').and.contain('scrape:');
    const { lists } = JSON.parse((await run({ suggest: true, json: true })).out) as {
      lists: { rules: object; items: unknown[] }[];
    };
    expect(lists[0]?.items).to.have.length(4);
  });

  it('says so and fails where there is no list', async () => {
    const { code, err } = await run({}, '<p>Nothing</p>');
    expect(code).to.equal(1);
    expect(err).to.contain('no-items-found');
  });
});
