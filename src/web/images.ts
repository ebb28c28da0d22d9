import { type Request, type Response, Router } from 'express';
import { hash128 } from '../core/text/hash.ts';
import { AppError } from '../errors.ts';
import type { FetchOutcome } from '../model.ts';
import type { Cache } from '../pipeline/ports.ts';
import { imagePath, readImageAddress } from './image-address.ts';

export type ImageContext = {
  /** Signs the addresses of pictures; the same in every process and after a restart. */
  readonly key: string;
  /** By the rules of every other fetch: guarded addresses, bounded, polite. */
  readonly fetch: (url: string, options: { signal: AbortSignal; bodyBytesMax: number }) => Promise<FetchOutcome>;
};

const bodyBytesMax = 3 * 1024 * 1024;
const waitMsMax = 20_000;
const cachedForMs = 3_600_000;
const runningMax = 16;
/** Stands in the cache for a picture that cannot be had. */
const lacking = 0xff;

/** Raster pictures, told by their first bytes whatever the publisher calls them. An SVG can hold script, so it is none. */
const types: readonly (readonly [type: string, test: (bytes: Buffer) => boolean])[] = [
  ['image/jpeg', bytes => bytes.readUIntBE(0, 3) === 0xffd8ff],
  ['image/png', bytes => bytes.readUInt32BE(0) === 0x89504e47],
  ['image/gif', bytes => /^GIF8[79]a/.test(bytes.toString('latin1', 0, 6))],
  ['image/webp', bytes => /^RIFF[\s\S]{4}WEBP/.test(bytes.toString('latin1', 0, 12))],
  ['image/avif', bytes => /^[\s\S]{4}ftypavi[fs]/.test(bytes.toString('latin1', 0, 12))],
];

/** `GET /images/<signature>/<address>`: the publishers' lead pictures, from here. */
export function imageRoutes({ images, cache }: { readonly images: ImageContext; readonly cache: Cache }): Router {
  const router = Router();
  let running = 0;
  const load = async (url: string): Promise<Uint8Array> => {
    if (running >= runningMax)
      throw new AppError('too-many-requests', 'Too many pictures at once; try again in a moment.');
    running++;
    try {
      return await loadImage(url, images);
    } finally {
      running--;
    }
  };
  const answer = async (request: Request, response: Response): Promise<void> => {
    const url = readImageAddress(request.path, images.key);
    const stored = url && (await cache.getOrCompute(`image:${hash128(url)}`, cachedForMs, () => load(url)));
    const type = stored && types[stored[0] ?? lacking]?.[0];
    if (!stored || !type) throw new AppError('not-found', 'There is no such picture.');
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    response.setHeader('Cache-Control', 'public, max-age=604800, immutable');
    response.end(request.method === 'HEAD' ? undefined : stored.subarray(1));
  };
  router.get(imagePath, (request, response, next) => {
    answer(request, response).catch(next);
  });
  return router;
}

/** @returns the picture's bytes after one that names its type (an index of `types`). */
async function loadImage(url: string, images: ImageContext): Promise<Uint8Array> {
  const outcome = await images.fetch(url, { signal: AbortSignal.timeout(waitMsMax), bodyBytesMax });
  if (outcome.kind !== 'modified' || outcome.body.byteLength < 12) return Uint8Array.of(lacking);
  const body = Buffer.from(outcome.body);
  const type = types.findIndex(([, test]) => test(body));
  return type < 0 ? Uint8Array.of(lacking) : Buffer.concat([Uint8Array.of(type), body]);
}
