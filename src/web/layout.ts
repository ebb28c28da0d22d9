import { type HtmlValue, html, SafeHtml } from './html.ts';
import type { UiLanguage, UiText } from './ui-text.ts';

export type Shell = { readonly text: UiText; readonly language: UiLanguage; readonly showAdmin: boolean };

export type PageParts = {
  readonly title: string;
  readonly body: HtmlValue;
  /** Feeds of this page, for readers that look for them. */
  readonly feeds?: readonly { readonly title: string; readonly href: string; readonly type: string }[];
  readonly current?: 'home' | 'topic' | 'story' | 'admin';
  /** A page of the desk: its own style and scripts, and no search engine. */
  readonly desk?: true;
};

const rightToLeft = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** Direction of a text in a language; `auto` when nobody knows. */
export function directionOf(language: string | null): 'rtl' | 'ltr' | 'auto' {
  if (language === null) return 'auto';
  return rightToLeft.has(language.split('-')[0]?.toLowerCase() ?? '') ? 'rtl' : 'ltr';
}

export const brandMark = new SafeHtml(
  '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#a8402a"/><path d="M7 9h11l7 4.5-7 4.5H7z" fill="#fff" opacity=".55"/><path d="M7 18h11l7-4.5V21l-7 4.5H7z" fill="#fff"/></svg>',
);

/** The frame of every page for people. */
export function renderPage(shell: Shell, parts: PageParts): string {
  const { text, language } = shell;
  const here = (page: string) => (parts.current === page ? new SafeHtml(' aria-current="page"') : null);
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${parts.title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/icon.png">
<link rel="stylesheet" href="/assets/newsfold.css">
${
  parts.desk
    ? html`<link rel="stylesheet" href="/assets/desk.css">
<meta name="robots" content="noindex">
<meta name="htmx-config" content='{"includeIndicatorCSS": false}'>
<script src="/assets/htmx.js" defer></script>
<script src="/assets/desk.js" defer></script>
`
    : null
}${(parts.feeds ?? []).map(feed => html`<link rel="alternate" type="${feed.type}" title="${feed.title}" href="${feed.href}">\n`)}<script src="/assets/newsfold.js" defer></script>
</head>
<body>
<a class="skip" href="#main">${text('skip')}</a>
<header class="bar"><div class="inside">
<a class="brand" href="/">${brandMark}<span>newsfold</span></a>
<nav aria-label="newsfold"><a href="/"${here('home')}>${text('topics')}</a><a href="/topics/all"${here('all')}>${text('allStories')}</a>${shell.showAdmin ? html`<a href="/admin/"${here('admin')}>${text('admin')}</a>` : null}</nav>
</div></header>
<main id="main">
${parts.body}
</main>
<footer>newsfold · ${text('tagline')}</footer>
</body>
</html>
`.text;
}
