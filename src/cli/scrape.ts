import { pathToFileURL } from 'node:url';
import { sanitizeHtml } from '../core/normalize/sanitize-html.ts';
import { findLists } from '../core/scrape/find-lists.ts';
import { readContext, scrapePage } from '../core/scrape/scrape-page.ts';
import { htmlToText } from '../core/text/html-to-text.ts';
import { printable } from '../core/text/printable.ts';
import { AppError } from '../errors.ts';
import type { ParsedFeed, ParsedItem } from '../model.ts';
import { decodePage } from '../pipeline/decode-page.ts';
import { type FetchingIo, write } from './command-io.ts';
import { dateOf, line, listLines } from './print-list.ts';
import { readDocument, readInput } from './read-input.ts';

export type ScrapeArgs = {
  /** An address, a file, or `-` for standard input. */
  readonly target: string;
  /** Where the page comes from: relative links are resolved against it. */
  readonly url?: string;
  readonly suggest?: boolean;
  readonly json?: boolean;
};

/**
 * `newsfold scrape`: the items of a page without a feed, as `scrape: {}` would find them; with `--suggest`, every list
 * that could be meant, with its items and the selectors that pin it.
 *
 * @returns exit status: 0 done, 1 nothing found or not readable
 */
export async function scrapeCommand(args: ScrapeArgs, io: FetchingIo): Promise<number> {
  try {
    const page = await readPage(args, io);
    return args.suggest ? await printLists(page, args, io) : await printItems(page, args, io);
  } catch (error) {
    // For machines it becomes a problem document, as from every other command.
    if (!(error instanceof AppError) || args.json) throw error;
    await write(io.stderr, `newsfold scrape: ${error.message}\n`, io.signal);
    return 1;
  }
}

type PageInput = { readonly html: string; readonly url: string; readonly now: number };

async function readPage(args: ScrapeArgs, io: FetchingIo): Promise<PageInput> {
  const isAddress = /^https?:\/\//i.test(args.target);
  if (isAddress && !io.fetchUrl) throw new AppError('fetch-failed', `Addresses cannot be fetched here: ${args.target}`);
  const fetched = isAddress ? await io.fetchUrl?.(args.target, io.signal) : undefined;
  const body = fetched?.body ?? (args.target === '-' ? await readInput(io) : await readDocument(args.target));
  if (body.byteLength === 0) throw new AppError('empty-document', 'The page is empty.');
  const url = args.url ?? fetched?.finalUrl ?? (args.target === '-' ? 'http://localhost/' : addressOf(args.target));
  if (URL.parse(url) === null) throw new AppError('invalid-input', `--url "${url}" is no address.`);
  return { html: decodePage(body, fetched?.contentType ?? null), url, now: Date.now() };
}

/** A file's own address; its links stay as they are unless `--url` says where the page lives. */
function addressOf(path: string): string {
  return pathToFileURL(path).href;
}

async function printItems(page: PageInput, args: ScrapeArgs, io: FetchingIo): Promise<number> {
  const found = scrapePage({ ...page, rules: {} });
  const feed: ParsedFeed = { ...found, items: found.items.map(item => safe(item, page.url)) };
  for (const warning of feed.warnings) await write(io.stderr, `${warning.code}: ${warning.message}\n`, io.signal);
  if (args.json) await write(io.stdout, `${JSON.stringify(feed)}\n`, io.signal);
  else {
    await write(io.stdout, shown(`${feed.feed.title ?? page.url}\n`), io.signal);
    for (const item of feed.items) await write(io.stdout, shown(`\n${itemLines(item)}`), io.signal);
  }
  return feed.items.length > 0 ? 0 : 1;
}

async function printLists(page: PageInput, args: ScrapeArgs, io: FetchingIo): Promise<number> {
  const lists = findLists(readContext(page)).map(list => ({
    ...list,
    items: list.items.map(item => safe(item, page.url)),
  }));
  if (args.json) await write(io.stdout, `${JSON.stringify({ lists })}\n`, io.signal);
  else if (lists.length === 0) await write(io.stderr, 'No list of posts was found on the page.\n', io.signal);
  else
    await write(
      io.stdout,
      shown(lists.map((list, at) => listLines({ ...list, total: list.items.length }, at)).join('\n')),
      io.signal,
    );
  return lists.length > 0 ? 0 : 1;
}

/** A page's words must not be obeyed by the terminal. */
function shown(text: string): string {
  return printable(text, { keepLines: true });
}

function itemLines(item: ParsedItem): string {
  const summary = htmlToText(item.summaryHtml ?? '');
  const lines = [
    `${line(item.title)}${dateOf(item)}`,
    ...(item.url === null ? [] : [item.url]),
    ...(summary === '' ? [] : [summary]),
  ];
  return `${lines.join('\n  ')}\n`;
}

function safe(item: ParsedItem, baseUrl: string): ParsedItem {
  const clean = (html: string | null): string | null => (html === null ? null : sanitizeHtml(html, { baseUrl }));
  return { ...item, summaryHtml: clean(item.summaryHtml), contentHtml: clean(item.contentHtml) };
}
