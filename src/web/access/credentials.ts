import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors.ts';
import type { Millis } from '../../model.ts';
import type { AccessToken, Store } from '../../pipeline/ports.ts';
import { createSecret, hashSecret } from '../secret-hash.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';

export type AccessStore = Pick<Store, 'facts' | 'tokens' | 'audit'>;

const passwordFact = 'admin:password';
export const passwordLengthMin = 10;
const passwordLengthMax = 1000;
const setupMs = 24 * 3_600_000;

export async function hasPassword({ facts }: AccessStore): Promise<boolean> {
  return (await facts.get(passwordFact)) !== null;
}

/**
 * Sets the admin's password, ends every session and takes back every setup link.
 * @throws AppError invalid-input when it is too short or too long
 */
export async function setPassword(
  store: AccessStore,
  password: string,
  how: { now: Millis; by: string },
): Promise<void> {
  if ([...password].length < passwordLengthMin)
    throw new AppError('invalid-input', `A password has at least ${passwordLengthMin} characters.`);
  if (password.length > passwordLengthMax)
    throw new AppError('invalid-input', `A password has at most ${passwordLengthMax} characters.`);
  await store.facts.set(passwordFact, await hashPassword(password));
  for (const kind of ['session', 'setup'] as const) {
    for (const token of await store.tokens.list(kind))
      if (token.revokedAt === null) await store.tokens.revoke(token.id, how.now);
  }
  await store.audit.add({ at: how.now, by: how.by, action: 'password', subject: 'admin', detail: {} });
}

export async function isPassword({ facts }: AccessStore, password: string): Promise<boolean> {
  // Longer than any that can be set: not worth a hash.
  if (password.length > passwordLengthMax) return false;
  return verifyPassword(password, await facts.get(passwordFact));
}

export type TokenWish = {
  readonly kind: 'api' | 'feed';
  readonly scope: 'read' | 'write';
  readonly label: string;
  readonly topicId: string | null;
  readonly expiresAt: Millis | null;
};

/** @returns the secret, which is shown once, and what is stored of it. */
export async function createToken(
  store: AccessStore,
  wish: TokenWish,
  how: { readonly now: Millis; readonly by: string },
): Promise<{ readonly secret: string; readonly token: AccessToken }> {
  const secret = createSecret(wish.kind === 'api' ? 'nf_api' : 'nf_feed');
  const token = {
    ...wish,
    id: randomUUID(),
    hash: hashSecret(secret),
    createdAt: how.now,
    lastUsedAt: null,
    revokedAt: null,
  };
  await store.tokens.add(token);
  const detail = { kind: wish.kind, scope: wish.scope, label: wish.label };
  await store.audit.add({ at: how.now, by: how.by, action: 'token-create', subject: wish.topicId ?? token.id, detail });
  return { secret, token };
}

/** @throws AppError not-found when there is no such living token */
export async function revokeToken(
  store: AccessStore,
  id: string,
  how: { readonly now: Millis; readonly by: string },
): Promise<void> {
  const known = [...(await store.tokens.list('api')), ...(await store.tokens.list('feed'))].find(
    token => token.id === id && token.revokedAt === null,
  );
  if (!known) throw new AppError('not-found', 'There is no such token, or it was revoked already.');
  await store.tokens.revoke(id, how.now);
  const detail = { kind: known.kind, label: known.label };
  await store.audit.add({ at: how.now, by: how.by, action: 'token-revoke', subject: known.topicId ?? id, detail });
}

/** The secret of a link that sets the first password; it works once and for a day. */
export async function createSetupSecret({ tokens }: AccessStore, now: Millis): Promise<string> {
  const secret = createSecret('nf_setup');
  await tokens.add({
    id: randomUUID(),
    hash: hashSecret(secret),
    kind: 'setup',
    scope: 'admin',
    topicId: null,
    label: 'setup link',
    createdAt: now,
    expiresAt: now + setupMs,
    lastUsedAt: null,
    revokedAt: null,
  });
  return secret;
}

export async function isSetupSecret({ tokens }: AccessStore, secret: string, now: Millis): Promise<boolean> {
  const known = await tokens.findByHash(hashSecret(secret));
  return known?.kind === 'setup' && isAlive(known, now);
}

export function isAlive(token: AccessToken, now: Millis): boolean {
  return token.revokedAt === null && (token.expiresAt === null || token.expiresAt > now);
}
