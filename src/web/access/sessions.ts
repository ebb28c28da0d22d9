import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Millis } from '../../model.ts';
import type { AccessToken } from '../../pipeline/ports.ts';
import { createSecret, hashSecret } from '../secret-hash.ts';
import { type AccessStore, isAlive } from './credentials.ts';

const lifeMs = 30 * 86_400_000;
const idleMs = 7 * 86_400_000;
const touchEveryMs = 5 * 60_000;

/** Rotates: whatever session the browser had ends, a new secret begins. */
export async function startSession(
  store: AccessStore,
  request: Request,
  response: Response,
  now: Millis,
): Promise<void> {
  await revokeSession(store, request, now);
  const secret = createSecret('nf_session');
  await store.tokens.add({
    id: randomUUID(),
    hash: hashSecret(secret),
    kind: 'session',
    scope: 'admin',
    topicId: null,
    label: (request.headers['user-agent'] ?? '').slice(0, 200),
    createdAt: now,
    expiresAt: now + lifeMs,
    lastUsedAt: null,
    revokedAt: null,
  });
  const options = { httpOnly: true, sameSite: 'strict', secure: request.secure, path: '/', maxAge: lifeMs } as const;
  response.cookie(cookieName(request), secret, options);
}

export async function endSession(store: AccessStore, request: Request, response: Response, now: Millis): Promise<void> {
  await revokeSession(store, request, now);
  if (cookieOf(request) !== null)
    response.clearCookie(cookieName(request), {
      httpOnly: true,
      sameSite: 'strict',
      secure: request.secure,
      path: '/',
    });
}

async function revokeSession(store: AccessStore, request: Request, now: Millis): Promise<void> {
  const session = await findSession(store, request, now);
  if (session) await store.tokens.revoke(session.id, now);
}

/** The living session of the request's cookie; its last use is noted now and then. */
export async function findSession(store: AccessStore, request: Request, now: Millis): Promise<AccessToken | null> {
  const secret = cookieOf(request);
  if (secret === null) return null;
  const session = await store.tokens.findByHash(hashSecret(secret));
  if (session?.kind !== 'session' || !isAlive(session, now)) return null;
  const usedAt = session.lastUsedAt ?? session.createdAt;
  if (now - usedAt > idleMs) return null;
  if (now - usedAt > touchEveryMs) await store.tokens.touch(session.id, now);
  return session;
}

/** The prefix keeps other hosts of the domain from planting one (RFC 6265bis §4.1.3.2); it needs HTTPS. */
function cookieName(request: Request): string {
  return request.secure ? '__Host-newsfold' : 'newsfold';
}

export function cookieOf(request: Request): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === cookieName(request) && /^nf_session_[\w-]{20,80}$/.test(value ?? '')) return value ?? null;
  }
  return null;
}
