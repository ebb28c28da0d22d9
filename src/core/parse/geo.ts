import type { ItemDraft } from './draft.ts';
import { type ItemFields, text, tree } from './field.ts';
import type { XmlElement } from './xml-element.ts';

/** Places: GeoRSS simple and GML, the W3C's geo, ICBM. Latitude first. */
export const geoItem: ItemFields = [
  ['georss:point', text((draft, element) => takePoint(draft, element.text))],
  ['georss:where', tree((draft, element) => takeGml(draft, element))],
  ['gml:point', tree((draft, element) => takeGml(draft, element))],
  ['geo:point', tree((draft, element) => takeGml(draft, element))],
  ['geo:lat', text((draft, element) => takePlace(draft, element.text, null))],
  ['geo:long', text((draft, element) => takePlace(draft, null, element.text))],
  ['geo:lon', text((draft, element) => takePlace(draft, null, element.text))],
  ['icbm:latitude', text((draft, element) => takePlace(draft, element.text, null))],
  ['icbm:longitude', text((draft, element) => takePlace(draft, null, element.text))],
];

function takePoint(draft: ItemDraft, written: string): void {
  const [latitude, longitude, ...more] = written.trim().split(/[\s,]+/);
  if (more.length === 0) takePlace(draft, latitude ?? null, longitude ?? null);
}

function takePlace(draft: ItemDraft, latitude: string | null, longitude: string | null): void {
  const lat = coordinate(latitude, 90);
  const lon = coordinate(longitude, 180);
  if (latitude !== null && lat !== null) draft.latitude ??= lat;
  if (longitude !== null && lon !== null) draft.longitude ??= lon;
}

function coordinate(written: string | null, max: number): number | null {
  if (written === null || !/^\s*[+-]?\d{1,3}(?:\.\d{1,20})?\s*$/.test(written)) return null;
  const value = Number(written);
  return Math.abs(value) <= max ? value : null;
}

function takeGml(draft: ItemDraft, root: XmlElement): void {
  for (const element of root.children ?? []) {
    if (element.name.key === 'gml:pos') takePoint(draft, element.text);
    else if (element.name.key === 'gml:point') takeGml(draft, element);
    else if (element.name.key === 'geo:lat') takePlace(draft, element.text, null);
    else if (/^geo:lon/.test(element.name.key)) takePlace(draft, null, element.text);
  }
}
