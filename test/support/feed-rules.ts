import { Parser } from 'htmlparser2';
import { parseStrictXml, type XmlElement } from './strict-xml.ts';

/**
 * The rules of the W3C Feed Validation Service, the RSS Board's Profile, RFC 4287, RFC 5005 and JSON Feed 1.1, as far as
 * they concern what a feed must be, plus the house's own (no script, nothing relative). Each check returns violations in
 * words; an empty list is a valid feed.
 */
export function checkRss(text: string): string[] {
  const root = wellFormed(text);
  if (typeof root === 'string') return [root];
  const problems: string[] = [];
  if (root.name !== 'rss') return [`root is ${root.name}`];
  must(problems, root.attributes.get('version') === '2.0', 'rss/@version is not 2.0');
  const channel = child(root, 'channel');
  if (channel === undefined) return [...problems, 'no channel'];
  for (const name of ['title', 'link', 'description']) once(problems, channel, name);
  for (const name of ['language', 'lastBuildDate', 'pubDate', 'image', 'generator'])
    atMostOnce(problems, channel, name);
  must(problems, isAbsolute(textOf(channel, 'link')), 'channel/link is not an absolute URL');
  for (const name of ['lastBuildDate', 'pubDate']) date822(problems, channel, name);
  language(problems, textOf(channel, 'language'), 'channel/language');
  checkAtomLinks(problems, channel);
  const selves = children(channel, `${atom}link`).filter(link => link.attributes.get('rel') === 'self');
  must(problems, selves.length === 1, `channel has ${selves.length} atom:link rel=self`);
  const image = child(channel, 'image');
  if (image !== undefined) {
    for (const name of ['url', 'title', 'link']) once(problems, image, name);
    must(problems, textOf(image, 'title') === textOf(channel, 'title'), 'image/title differs from channel/title');
  }
  const guids = new Set<string>();
  for (const item of children(channel, 'item')) checkRssItem(problems, item, guids);
  return problems;
}

function checkRssItem(problems: string[], item: XmlElement, guids: Set<string>): void {
  const singles = ['title', 'link', 'description', 'guid', 'pubDate', 'comments', 'enclosure', 'source', 'author'];
  for (const name of [...singles, `${content}encoded`]) atMostOnce(problems, item, name);
  const label = `item ${textOf(item, 'guid') ?? textOf(item, 'link') ?? '?'}`;
  must(
    problems,
    Boolean(textOf(item, 'title')) || Boolean(textOf(item, 'description')),
    `${label}: no title, no description`,
  );
  const guid = child(item, 'guid');
  if (guid === undefined) problems.push(`${label}: no guid`);
  else {
    must(problems, guid.text !== '' && !guids.has(guid.text), `${label}: guid empty or repeated`);
    guids.add(guid.text);
    const permanent = guid.attributes.get('isPermaLink') ?? 'true';
    must(problems, permanent === 'false' || isAbsolute(guid.text), `${label}: isPermaLink but no URL`);
  }
  for (const name of ['link', 'comments']) {
    const address = textOf(item, name);
    must(problems, address === undefined || isAbsolute(address), `${label}: ${name} is not absolute`);
  }
  date822(problems, item, 'pubDate');
  const enclosure = child(item, 'enclosure');
  if (enclosure !== undefined) {
    must(problems, isAbsolute(enclosure.attributes.get('url')), `${label}: enclosure url`);
    must(problems, /^\d+$/.test(enclosure.attributes.get('length') ?? ''), `${label}: enclosure length`);
    must(problems, isMediaType(enclosure.attributes.get('type')), `${label}: enclosure type`);
  }
  const source = child(item, 'source');
  if (source !== undefined) {
    must(problems, isAbsolute(source.attributes.get('url')), `${label}: source url`);
    must(problems, source.text.trim() !== '', `${label}: source without title`);
  }
  for (const category of children(item, 'category'))
    must(problems, category.text.trim() !== '', `${label}: empty category`);
  language(problems, item.attributes.get('xml:lang'), `${label}: xml:lang`);
  language(problems, textOf(item, `${dc}language`), `${label}: dc:language`);
  checkMedia(problems, item, label);
  checkAtomLinks(problems, item);
  checkHtml(problems, textOf(item, 'description'), label);
  checkHtml(problems, textOf(item, `${content}encoded`), label);
}

export function checkAtom(text: string): string[] {
  const root = wellFormed(text);
  if (typeof root === 'string') return [root];
  if (root.name !== `${atom}feed`) return [`root is ${root.name}`];
  const problems: string[] = [];
  for (const name of ['id', 'title', 'updated']) once(problems, root, atom + name);
  for (const name of ['subtitle', 'icon', 'logo', 'generator', 'rights']) atMostOnce(problems, root, atom + name);
  checkAtomCommon(problems, root, 'feed');
  const selves = children(root, `${atom}link`).filter(link => link.attributes.get('rel') === 'self');
  must(problems, selves.length === 1, `feed has ${selves.length} links rel=self`);
  const hasAuthor = child(root, `${atom}author`) !== undefined;
  const ids = new Set<string>();
  for (const entry of children(root, `${atom}entry`)) {
    const id = textOf(entry, `${atom}id`) ?? '?';
    const label = `entry ${id}`;
    for (const name of ['id', 'title', 'updated']) once(problems, entry, atom + name);
    for (const name of ['published', 'summary', 'content', 'source', 'rights'])
      atMostOnce(problems, entry, atom + name);
    must(problems, !ids.has(id), `${label}: id repeated`);
    ids.add(id);
    must(problems, hasAuthor || child(entry, `${atom}author`) !== undefined, `${label}: no author`);
    checkAtomCommon(problems, entry, label);
    const alternates = children(entry, `${atom}link`).filter(
      link => (link.attributes.get('rel') ?? 'alternate') === 'alternate',
    );
    must(
      problems,
      alternates.length > 0 || child(entry, `${atom}content`) !== undefined,
      `${label}: no alternate, no content`,
    );
    const keys = alternates.map(link => `${link.attributes.get('type')} ${link.attributes.get('hreflang')}`);
    must(problems, new Set(keys).size === keys.length, `${label}: two alternates of one type and language`);
    for (const category of children(entry, `${atom}category`)) {
      must(problems, (category.attributes.get('term') ?? '') !== '', `${label}: category without term`);
    }
    const source = child(entry, `${atom}source`);
    if (source !== undefined) {
      for (const name of ['id', 'title', 'updated']) once(problems, source, atom + name);
      checkAtomCommon(problems, source, `${label}: source`);
    }
    checkMedia(problems, entry, label);
    for (const name of ['summary', 'content', 'title']) {
      const construct = child(entry, atom + name);
      if (construct?.attributes.get('type') === 'html') checkHtml(problems, construct.text, label);
    }
  }
  return problems;
}

function checkAtomCommon(problems: string[], element: XmlElement, label: string): void {
  must(problems, isIri(textOf(element, `${atom}id`)), `${label}: id is not an absolute IRI`);
  for (const name of ['updated', 'published']) {
    const time = textOf(element, atom + name);
    must(problems, time === undefined || isTime3339(time), `${label}: ${name} is not RFC 3339`);
  }
  for (const person of [...children(element, `${atom}author`), ...children(element, `${atom}contributor`)]) {
    once(problems, person, `${atom}name`);
    must(problems, (textOf(person, `${atom}name`) ?? '').trim() !== '', `${label}: person without name`);
    const uri = textOf(person, `${atom}uri`);
    must(problems, uri === undefined || isAbsolute(uri), `${label}: person's uri is not absolute`);
  }
  language(problems, element.attributes.get('xml:lang'), `${label}: xml:lang`);
  checkAtomLinks(problems, element);
}

function checkAtomLinks(problems: string[], element: XmlElement): void {
  for (const link of children(element, `${atom}link`)) {
    const relation = link.attributes.get('rel') ?? 'alternate';
    must(problems, isAbsolute(link.attributes.get('href')), `link rel=${relation}: href is not absolute`);
    const type = link.attributes.get('type');
    must(problems, type === undefined || isMediaType(type), `link rel=${relation}: type ${type}`);
    must(problems, /^\d*$/.test(link.attributes.get('length') ?? ''), `link rel=${relation}: length`);
    language(problems, link.attributes.get('hreflang'), `link rel=${relation}: hreflang`);
    must(problems, link.attributes.get('title') !== '', `link rel=${relation}: empty title`);
  }
}

function checkMedia(problems: string[], element: XmlElement, label: string): void {
  for (const name of [`${media}content`, `${media}thumbnail`]) {
    for (const found of children(element, name)) {
      must(problems, isAbsolute(found.attributes.get('url')), `${label}: media url is not absolute`);
      const type = found.attributes.get('type');
      must(problems, type === undefined || isMediaType(type), `${label}: media type ${type}`);
    }
  }
  for (const name of ['duration', 'episode', 'season', 'explicit', 'image', 'author', 'title']) {
    atMostOnce(problems, element, itunes + name);
  }
}

export function checkJsonFeed(text: string): string[] {
  let feed: Record<string, unknown>;
  try {
    feed = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    return [`not JSON: ${String(error)}`];
  }
  const problems: string[] = [];
  must(problems, feed.version === 'https://jsonfeed.org/version/1.1', 'version is not 1.1');
  must(problems, typeof feed.title === 'string' && feed.title !== '', 'no title');
  for (const key of ['home_page_url', 'feed_url', 'next_url', 'icon', 'favicon']) address(problems, feed[key], key);
  must(problems, typeof feed.feed_url === 'string', 'no feed_url');
  must(problems, feed.next_url === undefined || feed.next_url !== feed.feed_url, 'next_url is the feed itself');
  language(problems, feed.language, 'language');
  for (const hub of list(problems, feed.hubs, 'hubs')) {
    must(problems, typeof hub.type === 'string' && isAbsolute(hub.url), 'hub without type or URL');
  }
  if (!Array.isArray(feed.items)) return [...problems, 'items is not a list'];
  const ids = new Set<unknown>();
  for (const item of list(problems, feed.items, 'items')) {
    must(problems, typeof item.id === 'string' && item.id !== '' && !ids.has(item.id), `item ${item.id}: id`);
    ids.add(item.id);
    checkJsonItem(problems, item);
  }
  JSON.stringify(feed, (key, value: unknown) => {
    if (typeof value === 'string') {
      must(problems, value.isWellFormed(), `${key}: lone surrogate`);
      must(problems, !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(value), `${key}: control character`);
    }
    return value;
  });
  return problems;
}

function checkJsonItem(problems: string[], item: Record<string, unknown>): void {
  const label = `item ${item.id}`;
  const hasContent = typeof item.content_html === 'string' || typeof item.content_text === 'string';
  must(problems, hasContent, `${label}: neither content_html nor content_text`);
  for (const key of ['url', 'external_url', 'image', 'banner_image']) address(problems, item[key], `${label}: ${key}`);
  for (const key of ['date_published', 'date_modified']) {
    must(problems, item[key] === undefined || isTime3339(item[key]), `${label}: ${key} is not RFC 3339`);
  }
  language(problems, item.language, `${label}: language`);
  for (const author of list(problems, item.authors, `${label}: authors`)) {
    must(problems, Boolean(author.name ?? author.url ?? author.avatar), `${label}: empty author`);
    address(problems, author.url, `${label}: author's url`);
  }
  for (const attachment of list(problems, item.attachments, `${label}: attachments`)) {
    must(problems, isAbsolute(attachment.url), `${label}: attachment url`);
    must(problems, isMediaType(attachment.mime_type), `${label}: attachment mime_type`);
    for (const key of ['size_in_bytes', 'duration_in_seconds']) {
      must(problems, attachment[key] === undefined || Number.isFinite(attachment[key]), `${label}: ${key}`);
    }
  }
  const tags = item.tags;
  must(
    problems,
    tags === undefined || (Array.isArray(tags) && tags.every(tag => typeof tag === 'string' && tag !== '')),
    `${label}: tags`,
  );
  // Whole elements: a text may well speak of "1 < 2 <b>".
  const markup = /<(p|a|b|div)\b[^>]*>.*<\/\1>|<img\s[^>]*src|<br\s*\/?>/is;
  if (typeof item.summary === 'string') must(problems, !markup.test(item.summary), `${label}: HTML in summary`);
  checkHtml(problems, item.content_html, label);
}

const atom = '{http://www.w3.org/2005/Atom}';
const content = '{http://purl.org/rss/1.0/modules/content/}';
const dc = '{http://purl.org/dc/elements/1.1/}';
const media = '{http://search.yahoo.com/mrss/}';
const itunes = '{http://www.itunes.com/dtds/podcast-1.0.dtd}';

/** No script, no handler, no address that is relative or runs something. */
function checkHtml(problems: string[], html: unknown, label: string): void {
  if (typeof html !== 'string' || !html.includes('<')) return;
  const parser = new Parser({
    onopentag(name, attributes) {
      must(
        problems,
        !/^(?:script|style|object|embed|form|base|meta|link|frame|frameset|applet)$/.test(name),
        `${label}: <${name}> in HTML`,
      );
      for (const [key, value] of Object.entries(attributes)) {
        must(problems, !key.startsWith('on'), `${label}: ${key} in HTML`);
        if (!['href', 'src', 'poster', 'cite'].includes(key)) continue;
        must(problems, !/^\s*(?:javascript|vbscript|data:text)/i.test(value), `${label}: script address in HTML`);
        must(problems, /^(?:[a-z][a-z0-9+.-]*:|#)/i.test(value), `${label}: relative ${key} "${value}" in HTML`);
      }
    },
  });
  parser.write(html);
  parser.end();
}

function wellFormed(text: string): XmlElement | string {
  try {
    return parseStrictXml(text);
  } catch (error) {
    return `not well-formed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function must(problems: string[], holds: boolean, problem: string): void {
  if (!holds) problems.push(problem);
}

function children(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter(found => found.name === name);
}

function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find(found => found.name === name);
}

function textOf(element: XmlElement, name: string): string | undefined {
  return child(element, name)?.text.trim();
}

function once(problems: string[], element: XmlElement, name: string): void {
  const count = children(element, name).length;
  must(problems, count === 1, `${element.name} has ${count} ${name}`);
}

function atMostOnce(problems: string[], element: XmlElement, name: string): void {
  const count = children(element, name).length;
  must(problems, count <= 1, `${element.name} has ${count} ${name}`);
}

function list(problems: string[], value: unknown, label: string): Record<string, unknown>[] {
  if (value === undefined) return [];
  must(problems, Array.isArray(value), `${label} is not a list`);
  return Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
}

function address(problems: string[], value: unknown, label: string): void {
  must(problems, value === undefined || isAbsolute(value), `${label} is not an absolute URL`);
}

/** RFC 3986 with a host, ASCII only, as the validator's rfc2396_full. */
function isAbsolute(value: unknown): boolean {
  return (
    typeof value === 'string' && /^https?:\/\/[a-z0-9[](?:[a-z0-9;/?:@&=+$.\-_!~*'(),#[\]]|%[0-9a-f]{2})*$/i.test(value)
  );
}

function isIri(value: string | undefined): boolean {
  return (
    value !== undefined &&
    /^(?:urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:https?|tag|urn):[^\s<>"]+)$/i.test(value)
  );
}

function isMediaType(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z0-9][\w!#$&^.+-]*\/[a-z0-9][\w!#$&^.+-]*(?:;.*)?$/i.test(value);
}

function isTime3339(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(value) &&
    Number.isFinite(Date.parse(value))
  );
}

function language(problems: string[], value: unknown, label: string): void {
  must(
    problems,
    value === undefined || (typeof value === 'string' && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(value)),
    `${label}: "${value}"`,
  );
}

/** RFC 822 §5 with a four-digit year; the day's name must be the date's. */
function date822(problems: string[], element: XmlElement, name: string): void {
  const text = textOf(element, name);
  if (text === undefined) return;
  const form =
    /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|[+-]\d{4})$/;
  const day = form.exec(text)?.[1];
  const time = Date.parse(text);
  const right =
    day !== undefined && ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][new Date(time).getUTCDay()] === day;
  must(problems, right, `${element.name}/${name} is not RFC 822: ${text}`);
}
