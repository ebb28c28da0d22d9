import type { Source } from '../model.ts';
import type { SampleSite } from './sample-site.ts';
import { alMarsad } from './sites/al-marsad.ts';
import { brokenTribune } from './sites/broken-tribune.ts';
import { corriereDelPorto } from './sites/corriere-del-porto.ts';
import { diarioDeLevante } from './sites/diario-de-levante.ts';
import { hafenblatt } from './sites/hafenblatt.ts';
import { harbourPost } from './sites/harbour-post.ts';
import { lePhareDuSud } from './sites/le-phare-du-sud.ts';
import { meridianWire } from './sites/meridian-wire.ts';
import { osservatorio } from './sites/osservatorio.ts';
import { puertoClaro } from './sites/puerto-claro.ts';
import { vestnikMorya } from './sites/vestnik-morya.ts';

export const samplePath = '/samples/';

export const newsroom: readonly SampleSite[] = [
  harbourPost,
  corriereDelPorto,
  lePhareDuSud,
  diarioDeLevante,
  hafenblatt,
  alMarsad,
  vestnikMorya,
  meridianWire,
  osservatorio,
  puertoClaro,
  brokenTribune,
];

const fileNames: Readonly<Record<SampleSite['format'], string>> = {
  rss: 'feed.xml',
  rdf: 'index.rdf',
  atom: 'atom.xml',
  json: 'feed.json',
  'latest-list': '',
  'press-table': '',
  broken: 'feed.xml',
};

/** Path of a site's feed or page below the service's own address. */
export function samplePathOf(site: SampleSite): string {
  return `${samplePath}${site.id.replace(/^sample-/, '')}/${fileNames[site.format]}`;
}

/** The sources that `samples: true` adds; `origin` is where the service listens, for example `http://127.0.0.1:8080`. */
export function sampleSources(origin: string): readonly Source[] {
  return newsroom.map(site => ({
    id: site.id,
    url: `${origin}${samplePathOf(site)}`,
    title: site.title,
    tags: site.tags,
    paused: false,
    fullText: false,
    keep: [],
    drop: [],
    http: {},
    ...(site.format === 'latest-list' ? { scrape: { article: true } } : {}),
    ...(site.format === 'press-table'
      ? {
          scrape: {
            items: 'table.notas tbody tr',
            link: 'td.titular a@href',
            title: 'td.titular a',
            summary: 'td.resumen',
            date: 'td.fecha',
          },
          language: site.language,
        }
      : {}),
  }));
}
