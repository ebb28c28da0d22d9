import { createHmac, timingSafeEqual } from 'node:crypto';

const addressMax = 2000;
export const imagePath = /^\/images\/([\w-]{22})\/([\w-]{1,2700})$/;

/**
 * Our own address of a publisher's picture, so that readers' browsers ask nobody but us. Signed: we fetch only what stands on
 * our own pages, and are nobody's open proxy.
 * @returns `null` for what is no http(s) address.
 */
export function imageAddress(url: string | null | undefined, key: string): string | null {
  if (!url || url.length > addressMax || !/^https?:\/\//i.test(url)) return null;
  return `/images/${signature(url, key).toString('base64url')}/${Buffer.from(url).toString('base64url')}`;
}

/** @returns the publisher's address, `null` when the path was not written by us. */
export function readImageAddress(path: string, key: string): string | null {
  const match = imagePath.exec(path);
  if (!match) return null;
  const url = Buffer.from(match[2] ?? '', 'base64url').toString('utf8');
  const given = Buffer.from(match[1] ?? '', 'base64url');
  const right = signature(url, key);
  return given.length === right.length && timingSafeEqual(given, right) ? url : null;
}

function signature(url: string, key: string): Buffer {
  return createHmac('sha256', key).update(`image ${url}`).digest().subarray(0, 16);
}
