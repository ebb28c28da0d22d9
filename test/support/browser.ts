import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumProgram, lacking } from './services.ts';

/** A real Chromium for a suite's `before`; without one the suite is skipped with a line, or fails under REQUIRE_SERVICES=1. */
export async function openBrowser(context: Mocha.Context): Promise<Browser> {
  const executablePath = chromiumProgram();
  if (executablePath === undefined) return lacking(context, 'Chromium');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

export type WatchedPage = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained about: errors of scripts, refusals by its own policy. */
  readonly complaints: string[];
};

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'en', ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', message => {
    if (/Content Security Policy|Refused to/i.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  return { page, context, complaints };
}
