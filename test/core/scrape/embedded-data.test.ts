import { expect } from 'chai';
import { scrapePage } from '../../../src/core/scrape/scrape-page.ts';

const now = Date.UTC(2026, 2, 12);
const titles = ['The harbour gets a new crane', 'Ferries will run until midnight', 'A bridge is closed for repairs'];
const posts = titles.map((title, at) => ({
  title,
  url: `/news/${at}-story`,
  publishedAt: `2026-03-0${at + 1}T08:00:00Z`,
}));
const shell = (body: string) =>
  `<!doctype html><html lang="en"><head><title>Harbour</title><script src="/a.js"></script></head><body><div id="app"></div>${body}<script src="/b.js"></script></body></html>`;
const attribute = (value: unknown) => JSON.stringify(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** devalue and turbo-stream: every value has a place, objects and arrays hold places. */
function flatten(value: unknown, prefix = ''): unknown[] {
  const flat: unknown[] = [];
  const put = (each: unknown): number => {
    const place = flat.push(null) - 1;
    if (Array.isArray(each)) flat[place] = each.map(put);
    else if (typeof each === 'object' && each !== null)
      flat[place] = Object.fromEntries(
        Object.entries(each).map(([key, inner]) => [prefix ? `${prefix}${put(key)}` : key, put(inner)]),
      );
    else flat[place] = each;
    return place;
  };
  put(value);
  return flat;
}
const nuxt = [['ShallowReactive', 1], ...flatten({ data: { home: { posts } } }).map(shift)];
function shift(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(place => (place as number) + 1);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, place]) => [key, (place as number) + 1]));
}
const island = (value: unknown): unknown =>
  Array.isArray(value)
    ? [1, value.map(island)]
    : typeof value === 'object' && value !== null
      ? [0, Object.fromEntries(Object.entries(value).map(([key, each]) => [key, island(each)]))]
      : [0, value];
const apollo = {
  ...Object.fromEntries(posts.map((post, at) => [`Post:${at}`, { __typename: 'Post', ...post }])),
  ROOT_QUERY: { latest: posts.map((_, at) => ({ __ref: `Post:${at}` })) },
};
const relay = {
  ...Object.fromEntries(posts.map((post, at) => [`id${at}`, { __typename: 'Post', ...post }])),
  'client:root': { latest: { __refs: posts.map((_, at) => `id${at}`) } },
};
const flight = `5:${JSON.stringify(['$', 'main', null, { children: ['$', '$L7', null, { posts }] }])}\n`;

const forms: Readonly<Record<string, string>> = {
  'Nuxt 3, a list of places': `<script type="application/json" id="__NUXT_DATA__">${JSON.stringify(nuxt)}</script>`,
  'Nuxt 2, an object': `<script>window.__NUXT__=${JSON.stringify({ data: [{ posts }] })};</script>`,
  'Remix and React Router, a stream': `<script>window.__reactRouterContext.streamController.enqueue(${JSON.stringify(`${JSON.stringify(flatten({ loaderData: { posts } }, '_'))}\n`)});</script>`,
  'an older Remix': `<script>window.__remixContext = ${JSON.stringify({ state: { loaderData: { root: { posts } } } })};</script>`,
  'Next, streamed in pieces': `<script>self.__next_f.push([1,${JSON.stringify(flight.slice(0, 60))}])</script><script>self.__next_f.push([1,${JSON.stringify(flight.slice(60))}])</script>`,
  'SvelteKit, an answer kept as it came': `<script type="application/json" data-sveltekit-fetched data-url="/api/posts">${JSON.stringify({ status: 200, headers: {}, body: JSON.stringify({ posts }) })}</script>`,
  'Astro, an island': `<astro-island client="load" props="${attribute({ posts: island(posts) })}"></astro-island>`,
  'Apollo, references': `<script>window.__APOLLO_STATE__=${JSON.stringify(apollo)}</script>`,
  'Relay, references': `<script type="application/json" id="relay">${JSON.stringify(relay)}</script>`,
  'Redux, things by id and values that JSON has not': `<script>const preloaded = ${JSON.stringify({ posts: { byId: { 7: posts[0], 8: posts[1], 9: posts[2] } }, user: 'none' }).replace('"none"', 'undefined')}</script>`,
};

describe('data that pages embed for their scripts', () => {
  for (const [name, script] of Object.entries(forms))
    it(name, () => {
      const { items } = scrapePage({ html: shell(script), url: 'https://harbour.example/', rules: {}, now });
      expect(items.map(item => item.title)).to.have.members(titles);
      expect(items.map(item => item.url)).to.include('https://harbour.example/news/0-story');
      expect(items.every(item => item.publishedAt?.startsWith('2026-03-0'))).to.equal(true);
    });

  const programs: Readonly<Record<string, string>> = {
    'Nuxt 2, a function': `<script>window.__NUXT__=(function(a,b){return {data:[{posts:[${titles.map(title => `{title:"${title}",url:a+"/x",publishedAt:b}`).join(',')}]}]}}("/news","2026-03-01"));</script>`,
    'SvelteKit, an object literal': `<script>kit.start(app, element, { data: [{type:"data",data:{posts:[${titles.map(title => `{title:"${title}",url:"/news/1",publishedAt:new Date(1772000000000)}`).join(',')}]}}] });</script>`,
  };
  for (const [name, script] of Object.entries(programs))
    it(`${name}: is program text, not run, and the page is said to need JavaScript`, () => {
      const { items, warnings } = scrapePage({ html: shell(script), url: 'https://harbour.example/', rules: {}, now });
      expect(items).to.deep.equal([]);
      expect(warnings.map(({ code }) => code)).to.include('needs-javascript');
    });

  const hostile: Readonly<Record<string, string>> = {
    'values that name each other in a circle': `<script type="application/json">${JSON.stringify([{ a: 1, b: 2 }, [0, 1, 2, 0, 1, 2], { c: 1, d: 0 }, 'x', 'y', 'zzzzzzzzzzzzzzzzzzz'])}</script>`,
    'places that are nowhere': `<script type="application/json">${JSON.stringify([{ title: 900, url: -7 }, [5, 6, 7], { __proto__x: 1 }, 'long enough to be looked at'])}</script>`,
    'an island within islands':
      `<astro-island props="${attribute({ a: [1, Array(3000).fill([0, { b: [0, 1] }])] })}"></astro-island>`.repeat(30),
    'calls without an end': `<script>${'self.__next_f.push([1,"'.repeat(3000)}</script>`,
    'JSON in JSON in JSON': `<script type="application/json">${Array.from({ length: 12 }).reduce((inner: string) => JSON.stringify({ body: inner, more: 'x'.repeat(100) }), '{}')}</script>`,
  };
  for (const [name, script] of Object.entries(hostile))
    it(`bears ${name}`, () => {
      const { items } = scrapePage({ html: shell(script), url: 'https://harbour.example/', rules: {}, now });
      expect(items).to.deep.equal([]);
    });
});
