import type { Millis } from '../model.ts';

/** The encodings a representation is kept in. */
export type Coding = 'identity' | 'gzip' | 'br';

/** A strong validator differs by representation (RFC 9110 §8.8.3.3): the coding is part of the tag. */
export function entityTag(hash: string, coding: Coding): string {
  return coding === 'identity' ? `"${hash}"` : `"${hash}-${coding}"`;
}

/**
 * RFC 9110 §13.2.2: If-None-Match wins, If-Modified-Since counts only without it. Tags of every coding are accepted:
 * whichever the client holds, it holds this content.
 */
export function isNotModified(
  headers: { readonly 'if-none-match'?: string | undefined; readonly 'if-modified-since'?: string | undefined },
  current: { readonly hash: string; readonly lastModified: Millis },
): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    return tags.split(',').some(part => {
      const tag = part.trim().replace(/^W\//, '');
      return tag === '*' || tag.replace(/^"|"$/g, '').replace(/-(gzip|br)$/, '') === current.hash;
    });
  }
  const since = headers['if-modified-since'];
  if (since === undefined) return false;
  const time = Date.parse(since);
  return Number.isFinite(time) && Math.floor(current.lastModified / 1000) * 1000 <= time;
}

/** Accept-Encoding (RFC 9110 §12.5.3): br before gzip among those with equal weight; `identity` when nothing fits. */
export function chooseCoding(acceptEncoding: string | undefined): Coding {
  if (!acceptEncoding) return 'identity';
  const weights = new Map<string, number>();
  for (const part of acceptEncoding.split(',')) {
    const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = parameters
      .map(parameter => /^\s*q=([\d.]+)/.exec(parameter)?.[1])
      .find(value => value !== undefined);
    weights.set(name.trim(), weight === undefined ? 1 : Number(weight));
  }
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0;
  const [br, gzip] = [weightOf('br'), weightOf('gzip')];
  if (br > 0 && br >= gzip) return 'br';
  return gzip > 0 ? 'gzip' : 'identity';
}
