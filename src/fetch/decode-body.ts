import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib';

export type Decoded =
  | { readonly ok: true; readonly body: Uint8Array }
  | { readonly ok: false; readonly problem: 'too-large' | 'bad-encoding' | 'truncated'; readonly message: string };

/**
 * Undoes `Content-Encoding` (gzip, deflate, br, zstd; at most three layers) with a limit on the decoded bytes, so that a
 * bomb costs no more than the limit. One call on the whole body: for feeds this is several times cheaper than streams,
 * and the limit bounds how long it can hold the thread. A body that breaks off is an error, never half a feed.
 *
 * @param header the `Content-Encoding` header, `undefined` when there was none
 */
export function decodeBody(wire: Buffer, header: string | undefined, bytesMax: number): Decoded {
  const codings = (header ?? '')
    .toLowerCase()
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '' && part !== 'identity');
  if (codings.length > layersMax) return bad(`the answer is encoded ${codings.length} times over`);
  if (wire.length === 0) return { ok: true, body: wire };
  // A file `feed.xml.gz` is often served without saying that it is compressed.
  if (codings.length === 0 && wire[0] === 0x1f && wire[1] === 0x8b) codings.push('gzip');

  let body = wire;
  for (const coding of codings.reverse()) {
    const decode = decoders[coding];
    if (decode === undefined) return bad(`the answer has an unknown encoding: ${coding.slice(0, 20)}`);
    try {
      body = decode(body, bytesMax);
    } catch (error) {
      return problemOf(error, coding);
    }
  }
  if (body.length > bytesMax) return tooLarge();
  return { ok: true, body };
}

const layersMax = 3;

type Decoder = (wire: Buffer, bytesMax: number) => Buffer;

const decoders: Readonly<Record<string, Decoder>> = {
  gzip: (wire, bytesMax) => gunzipSync(wire, options(wire, bytesMax)),
  'x-gzip': (wire, bytesMax) => gunzipSync(wire, options(wire, bytesMax)),
  // Half of the world's servers send "deflate" without the zlib header that RFC 9110 asks for.
  deflate: (wire, bytesMax) =>
    looksLikeZlib(wire) ? inflateSync(wire, options(wire, bytesMax)) : inflateRawSync(wire, options(wire, bytesMax)),
  br: (wire, bytesMax) => brotliDecompressSync(wire, options(wire, bytesMax)),
  zstd: (wire, bytesMax) =>
    zstdDecompressSync(wire, {
      ...options(wire, bytesMax),
      params: { [constants.ZSTD_d_windowLogMax]: 23 }, // RFC 9659: content codings need no more than 8 MiB
    }),
};

function options(wire: Buffer, bytesMax: number): { maxOutputLength: number; chunkSize: number } {
  return { maxOutputLength: bytesMax, chunkSize: Math.min(Math.max(wire.length * 5, 16 * 1024), 512 * 1024) };
}

function looksLikeZlib(wire: Buffer): boolean {
  const [cmf = 0, flags = 0] = wire;
  return (cmf & 0x0f) === 8 && ((cmf << 8) | flags) % 31 === 0;
}

function problemOf(error: unknown, coding: string): Decoded {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge();
  const message = error instanceof Error ? error.message : '';
  if (code === 'Z_BUF_ERROR' || /unexpected end|incomplete|srcSize_wrong/i.test(`${message} ${code}`)) {
    return { ok: false, problem: 'truncated', message: `the answer breaks off within its ${coding} encoding` };
  }
  return bad(`the answer is not the ${coding} that it says it is`);
}

function bad(message: string): Decoded {
  return { ok: false, problem: 'bad-encoding', message };
}

function tooLarge(): Decoded {
  return { ok: false, problem: 'too-large', message: 'the answer is larger than the limit when decoded' };
}
