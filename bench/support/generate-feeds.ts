/** Realistic feeds, the same at every run: what sources really send, in the proportions met in the wild. */
export type GeneratedFeed = { readonly name: string; readonly text: string; readonly body: Uint8Array };

const words: readonly (readonly string[])[] = [
  'the council voted on tuesday to extend the ferry line beyond the old harbour after months of talks with residents and owners'.split(
    ' ',
  ),
  'il consiglio ha approvato la nuova linea del traghetto dopo mesi di confronto con gli abitanti del quartiere più antico della città'.split(
    ' ',
  ),
  'der Stadtrat hat am Dienstag beschlossen die Fährverbindung über den alten Hafen hinaus zu verlängern für größere Schiffe'.split(
    ' ',
  ),
  'le conseil municipal a décidé mardi de prolonger la ligne de bateaux après des mois de débats très animés à l’hôtel de ville'.split(
    ' ',
  ),
  'городской совет во вторник проголосовал за продление паромной линии после нескольких месяцев споров с жителями'.split(
    ' ',
  ),
  'صوت المجلس يوم الثلاثاء على تمديد خط العبارات بعد أشهر من المحادثات مع السكان وأصحاب السفن'.split(' '),
];

/** A small linear congruential generator: a benchmark has to see the same input every time. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

export function generateFeeds(count: number): GeneratedFeed[] {
  return Array.from({ length: count }, (_, index) => {
    const random = generator(index + 1);
    const kind = kinds[index % kinds.length] ?? rssEscaped;
    const text = kind(random, words[index % 7 === 6 ? 5 : index % 5] ?? []);
    return { name: `${kind.name}-${index}`, text, body: new TextEncoder().encode(text) };
  });
}

type Random = (below: number) => number;

function sentence(random: Random, list: readonly string[], length: number): string {
  const from = Array.from({ length }, () => list[random(list.length)] ?? '').join(' ');
  return `${from.charAt(0).toUpperCase()}${from.slice(1)}.`;
}

function html(random: Random, list: readonly string[], paragraphs: number): string {
  const parts = Array.from({ length: paragraphs }, (_, index) => {
    const text = sentence(random, list, 30 + random(60));
    const link = `<a href="https://news.example/archive/${random(99999)}?ref=feed&amp;p=${index}">${sentence(random, list, 3)}</a>`;
    const image =
      index % 4 === 1
        ? `<img src="https://img.example/${random(9999)}.jpg" alt="${sentence(random, list, 4)}" width="640" height="400" />`
        : '';
    return `<p>${text} ${link} ${index % 3 === 0 ? `<strong>${sentence(random, list, 4)}</strong>` : ''}&#8220;${sentence(random, list, 8)}&#8221;</p>\n${image}`;
  });
  return parts.join('\n');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const rssHead = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel>
	<title>The Harbour Gazette</title>
	<atom:link href="https://news.example/feed/" rel="self" type="application/rss+xml" />
	<link>https://news.example/</link>
	<description>News of the harbour &amp; the town</description>
	<lastBuildDate>Mon, 02 Mar 2026 10:14:55 +0000</lastBuildDate>
	<language>en-US</language>
	<sy:updatePeriod>hourly</sy:updatePeriod>
	<sy:updateFrequency>1</sy:updateFrequency>
	<generator>https://wordpress.org/?v=6.4.3</generator>
`;

function day(random: Random): string {
  return `Mon, 0${1 + random(9)} Feb 2026 1${random(10)}:${10 + random(50)}:00 +0000`;
}

function rssContent(random: Random, list: readonly string[]): string {
  const items = Array.from(
    { length: 10 + random(20) },
    (_, index) => `
	<item>
		<title>${escapeXml(sentence(random, list, 9))}</title>
		<link>https://news.example/2026/02/${index}/story-${random(99999)}/</link>
		<comments>https://news.example/2026/02/${index}/#comments</comments>
		<dc:creator><![CDATA[Ada Writer]]></dc:creator>
		<pubDate>${day(random)}</pubDate>
		<category><![CDATA[Harbour]]></category>
		<category><![CDATA[Town]]></category>
		<guid isPermaLink="false">https://news.example/?p=${random(999999)}</guid>
		<description><![CDATA[<p>${sentence(random, list, 40)} [&#8230;]</p>]]></description>
		<content:encoded><![CDATA[${html(random, list, 4 + random(8))}]]></content:encoded>
		<wfw:commentRss>https://news.example/2026/02/${index}/feed/</wfw:commentRss>
		<slash:comments>${random(40)}</slash:comments>
		<media:thumbnail url="https://img.example/${random(9999)}.jpg" width="640" height="400" />
	</item>`,
  );
  return `${rssHead}${items.join('')}\n</channel>\n</rss>\n`;
}

function rssEscaped(random: Random, list: readonly string[]): string {
  const items = Array.from(
    { length: 20 + random(20) },
    () => `
    <item>
      <title>${escapeXml(sentence(random, list, 9))}</title>
      <link>https://news.example/a/${random(99999)}</link>
      <guid>https://news.example/a/${random(99999)}</guid>
      <pubDate>${day(random)}</pubDate>
      <description>${escapeXml(html(random, list, 1 + random(3)))}</description>
      <enclosure url="https://img.example/${random(9999)}.jpg" length="${random(99999)}" type="image/jpeg" />
    </item>`,
  );
  return `${rssHead}${items.join('')}\n</channel>\n</rss>\n`;
}

function podcast(random: Random, list: readonly string[]): string {
  const items = Array.from(
    { length: 40 },
    (_, index) => `
    <item>
      <title>${index}. ${escapeXml(sentence(random, list, 6))}</title>
      <itunes:title>${escapeXml(sentence(random, list, 6))}</itunes:title>
      <description><![CDATA[${html(random, list, 2)}]]></description>
      <itunes:summary>${escapeXml(sentence(random, list, 40))}</itunes:summary>
      <guid isPermaLink="false">${random(999999)}-${random(999999)}</guid>
      <pubDate>${day(random)}</pubDate>
      <enclosure url="https://cdn.example/e/${index}.mp3?id=${random(99999)}&amp;x=1" length="${random(99999999)}" type="audio/mpeg" />
      <itunes:duration>00:${10 + random(49)}:${10 + random(49)}</itunes:duration>
      <itunes:image href="https://img.example/${index}.jpg" />
      <itunes:explicit>no</itunes:explicit>
    </item>`,
  );
  return `${rssHead}<itunes:author>The Harbour</itunes:author><itunes:category text="News"/>${items.join('')}\n</channel>\n</rss>\n`;
}

function atomEntry(random: Random, list: readonly string[], content: string): string {
  return `
  <entry>
    <title type="html">${escapeXml(sentence(random, list, 9))}</title>
    <link rel="alternate" type="text/html" href="https://blog.example/p/${random(99999)}" />
    <id>tag:blog.example,2026:${random(999999)}</id>
    <published>2026-02-0${1 + random(9)}T10:00:00Z</published>
    <updated>2026-02-0${1 + random(9)}T12:30:00+01:00</updated>
    <author><name>Ada Writer</name><uri>https://blog.example/ada</uri></author>
    <category term="harbour" />
    <summary type="text">${escapeXml(sentence(random, list, 30))}</summary>
    ${content}
  </entry>`;
}

function atom(random: Random, list: readonly string[], content: () => string): string {
  const entries = Array.from({ length: 10 + random(15) }, () => atomEntry(random, list, content()));
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <title>Harbour notes</title>
  <link href="https://blog.example/atom.xml" rel="self" />
  <link href="https://blog.example/" />
  <updated>2026-03-02T10:14:55Z</updated>
  <id>https://blog.example/</id>${entries.join('')}
</feed>
`;
}

function atomHtml(random: Random, list: readonly string[]): string {
  return atom(random, list, () => `<content type="html">${escapeXml(html(random, list, 3 + random(6)))}</content>`);
}

function atomXhtml(random: Random, list: readonly string[]): string {
  return atom(
    random,
    list,
    () =>
      `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${html(random, list, 3 + random(6))}</div></content>`,
  );
}

const kinds: readonly ((random: Random, list: readonly string[]) => string)[] = [
  rssContent,
  rssEscaped,
  rssContent,
  atomHtml,
  podcast,
  rssContent,
  rssEscaped,
  atomHtml,
  rssContent,
  atomXhtml,
];
