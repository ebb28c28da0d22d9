/**
 * What may stay in foreign HTML: data only. Whatever is not named here is dropped, its text kept.
 * Left out on purpose: `style`, `class`, `id`, `name` (overlays, DOM clobbering), `target`, every event handler, forms,
 * SVG and MathML (their parsing differs from HTML's, which is where mutation XSS lives).
 */

export const textTags: readonly string[] = (
  'address article aside footer header h1 h2 h3 h4 h5 h6 hgroup main nav section ' +
  'blockquote dd div dl dt figcaption figure hr li menu ol p pre ul details summary center ' +
  'abbr acronym b bdi bdo big br cite code del dfn em i ins kbd mark q rb rp rt rtc ruby ' +
  's samp small span strike strong sub sup time tt u var wbr ' +
  'caption col colgroup table tbody td tfoot th thead tr'
).split(' ');

export const linkAndMediaTags: readonly string[] = ['a', 'img', 'picture', 'audio', 'video', 'source', 'track'];

/** Elements of other names that read best as one of ours. */
export const renamedTags: Readonly<Record<string, string>> = {
  xmp: 'pre',
  listing: 'pre',
  plaintext: 'pre',
  dir: 'ul',
};

/** Elements whose text is not for readers. */
export const droppedWithText: readonly string[] = ['script', 'style', 'template', 'noframes', 'noembed'];

export type AttributeRule = (value: string) => boolean;

const wholeNumber: AttributeRule = value => /^\d{1,5}$/.test(value);
const dimension: AttributeRule = value => /^\d{1,5}%?$/.test(value);
const time: AttributeRule = value => /^[\w:+. -]{1,40}$/.test(value);
const mediaQuery: AttributeRule = value => /^[\w ().,:<>=/%*+-]{1,300}$/.test(value);
const mimeType: AttributeRule = value =>
  value.length <= 200 && /^[\w.+-]+\/[\w.+-]+(?:\s*;\s*[\w-]+=["']?[\w.,+ -]*["']?)*$/.test(value);
const words: AttributeRule = value => value.length <= 2000;
const oneOf = (list: string): AttributeRule => {
  const set = new Set(list.split(' '));
  return value => set.has(value.toLowerCase());
};
const flag: AttributeRule = () => true;

/** Attributes that every kept element may carry. */
export const globalAttributes: Readonly<Record<string, AttributeRule>> = {
  dir: oneOf('ltr rtl auto'),
  lang: value => /^[a-z\d-]{1,35}$/i.test(value),
  title: words,
};

/** Attributes by element, addresses excepted: those are judged one by one in `sanitize-html.ts`. */
export const attributesOf: Readonly<Record<string, Readonly<Record<string, AttributeRule>>>> = {
  ol: { start: value => /^-?\d{1,6}$/.test(value), reversed: flag, type: value => /^[1aAiI]$/.test(value) },
  li: { value: value => /^-?\d{1,6}$/.test(value) },
  td: { colspan: wholeNumber, rowspan: wholeNumber, align: oneOf('left right center justify') },
  th: {
    colspan: wholeNumber,
    rowspan: wholeNumber,
    align: oneOf('left right center justify'),
    scope: oneOf('row col rowgroup colgroup'),
  },
  col: { span: wholeNumber },
  colgroup: { span: wholeNumber },
  time: { datetime: time },
  del: { datetime: time },
  ins: { datetime: time },
  details: { open: flag },
  a: { hreflang: value => /^[a-z\d-]{1,35}$/i.test(value) },
  img: { alt: words, width: dimension, height: dimension, sizes: mediaQuery },
  source: { type: mimeType, media: mediaQuery, sizes: mediaQuery },
  video: { width: dimension, height: dimension },
  track: {
    kind: oneOf('subtitles captions descriptions chapters metadata'),
    srclang: value => /^[a-z\d-]{1,35}$/i.test(value),
    label: words,
    default: flag,
  },
};

/** Schemes a link may have. Everything else (`javascript:`, `vbscript:`, `data:`, `file:`, `blob:` …) loses its link. */
export const linkProtocols: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:', 'ftp:']);

/** Embedded players by exact host, and what their paths must begin with, so that no open redirect of theirs is framed. */
export const frameHosts: ReadonlyMap<string, readonly string[]> = new Map([
  ['www.youtube.com', ['/embed/']],
  ['youtube.com', ['/embed/']],
  ['www.youtube-nocookie.com', ['/embed/']],
  ['youtube-nocookie.com', ['/embed/']],
  ['player.vimeo.com', ['/video/']],
  ['www.dailymotion.com', ['/embed/']],
  ['geo.dailymotion.com', ['/player']],
  ['player.twitch.tv', ['/']],
  ['clips.twitch.tv', ['/embed']],
  ['w.soundcloud.com', ['/player/']],
  ['open.spotify.com', ['/embed/', '/embed-podcast/']],
  ['embed.podcasts.apple.com', ['/']],
  ['bandcamp.com', ['/EmbeddedPlayer/']],
  ['archive.org', ['/embed/']],
  ['embed.ted.com', ['/talks/']],
  ['www.arte.tv', ['/player/', '/embeds/']],
  ['rutube.ru', ['/play/embed/']],
  ['player.bilibili.com', ['/player.html']],
  ['www.openstreetmap.org', ['/export/embed.html']],
]);

/** Players need scripts of their own origin; they may not navigate this page, send forms or open dialogs. */
export const frameSandbox = 'allow-scripts allow-same-origin allow-popups allow-presentation';
