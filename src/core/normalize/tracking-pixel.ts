/**
 * Whether an image is there to watch the reader and not to be seen: 0 or 1 pixel, hidden, or the address of a known counter.
 * Judged before `style` and `hidden` are dropped, since afterwards the image would show itself and be loaded.
 */
export function isTrackingPixel(attributes: Readonly<Record<string, string>>): boolean {
  return isTiny(attributes.width) || isTiny(attributes.height) || isHidden(attributes) || isCounter(attributes.src);
}

/** Whether an element, and so everything in it, is not shown. */
export function isHidden(attributes: Readonly<Record<string, string>>): boolean {
  if (attributes.hidden !== undefined) return true;
  const style = attributes.style;
  if (!style) return false;
  return hidingStyle.test(withoutComments(style).replaceAll('\\', '').toLowerCase());
}

/** Comments (and escapes) are how a style says the same in other letters. Split, since a lazy pattern would be quadratic. */
function withoutComments(style: string): string {
  if (!style.includes('/*')) return style;
  const [before = '', ...parts] = style.split('/*');
  return before + parts.map(part => (part.includes('*/') ? part.slice(part.indexOf('*/') + 2) : '')).join('');
}

const hidingStyle =
  /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*\.?0*(?:\.0+)?(?:[;\s!%]|$)|(?:max-)?(?:width|height)\s*:\s*(?:0[a-z%]*|0*1(?:\.0*)?(?:px|pt)?|0?\.\d+(?:px|pt))\s*(?:[;!]|$)|(?:left|top|text-indent)\s*:\s*-\d{4,})/;

/** HTML reads a dimension's leading number: `1px`, ` 01`, `1.0` and `0%` are all tiny. */
function isTiny(dimension: string | undefined): boolean {
  return dimension !== undefined && Number.parseFloat(dimension) <= 1;
}

function isCounter(address: string | undefined): boolean {
  return address !== undefined && counterAddress.test(address.slice(0, 500));
}

/** Counters that give no size. Kept short: what blogs' feeds really carry. */
const counterAddress = new RegExp(
  [
    String.raw`^(?:https?:)?//(?:pixel|stats)\.(?:wp|wordpress)\.com/`,
    String.raw`^(?:https?:)?//feeds\.(?:feedburner|wordpress)\.com/(?:~r|~ff|1\.0)/`,
    String.raw`^(?:https?:)?//(?:\w+\.)?feedsportal\.com/`,
    String.raw`^(?:https?:)?//(?:b|sb)\.scorecardresearch\.com/`,
    String.raw`^(?:https?:)?//pixel\.(?:quantserve|facebook)\.com/`,
    String.raw`^(?:https?:)?//(?:www\.)?facebook\.com/tr\b`,
    String.raw`^(?:https?:)?//(?:[\w-]+\.)*(?:doubleclick\.net|google-analytics\.com|chartbeat\.net|statcounter\.com)/`,
    String.raw`^(?:https?:)?//medium\.com/_/stat`,
    String.raw`^(?:https?:)?//blogger\.googleusercontent\.com/tracker/`,
    String.raw`^(?:https?:)?//ssl-vg03\.met\.vgwort\.de/|^(?:https?:)?//(?:[\w-]+\.)?met\.vgwort\.de/`,
    String.raw`/(?:piwik|matomo)\.php\b`,
  ].join('|'),
  'i',
);
