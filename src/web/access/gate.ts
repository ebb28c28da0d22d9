import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { AppError } from '../../errors.ts';
import { hashSecret } from '../secret-hash.ts';
import type { WebContext } from '../web-context.ts';
import { hasPassword, isAlive } from './credentials.ts';
import { createFailureLimit, type FailureLimit } from './failure-limit.ts';
import { isFromThisMachine, isOwnRequest } from './request-origin.ts';
import { findSession } from './sessions.ts';

/** Who asks. `local` is this machine while no password is set: it may do everything, so that a first run is easy. */
export type Visitor =
  | { readonly kind: 'session'; readonly by: string; readonly key: string }
  | { readonly kind: 'token'; readonly by: string; readonly scope: 'read' | 'write' }
  | { readonly kind: 'local'; readonly by: string; readonly key: string }
  | { readonly kind: 'stranger'; readonly passwordSet: boolean; readonly key: string };

export type Right = 'read' | 'write' | 'person';

export type Gate = {
  readonly limit: FailureLimit;
  /** @throws AppError unauthorized or too-many-requests for a wrong bearer token */
  identify(request: Request): Promise<Visitor>;
  /** @throws AppError unauthorized, forbidden: what is missing, in words */
  admit(request: Request, right: Right): Promise<Exclude<Visitor, { kind: 'stranger' }>>;
  /** Proof that a form came from our own page, bound to the session. */
  formToken(visitor: Visitor): Promise<string>;
  /** @throws AppError forbidden when the form came from elsewhere */
  checkForm(request: Request, visitor: Visitor, token: string | null): Promise<void>;
  /** Keyed, so that a tag of something secret tells nothing about it. */
  tagger(): Promise<(value: unknown) => string>;
  /** Counts a failed attempt. @throws AppError unauthorized, too-many-requests from the tenth in a minute */
  refuse(request: Request, message: string): Promise<never>;
  /** @throws AppError too-many-requests while the address is blocked */
  checkLimit(request: Request): void;
};

const keyFact = 'web:key';
const tokenTouchMs = 60_000;
const howToSet =
  'No password is set. Run "newsfold admin password" on the machine, or open the setup link that newsfold printed when it started; until then only this machine itself (http://localhost) may do this.';
const tooMany = 'Too many failed attempts from this address. Wait a minute.';

/** The one place that decides who may do what. */
export function createGate(context: WebContext): Gate {
  const { store, now } = context;
  const limit = createFailureLimit(context.cache, now);
  let secretKey: Promise<string> | null = null;
  const key = (): Promise<string> => {
    secretKey ??= readKey(context).catch(error => {
      secretKey = null;
      throw error;
    });
    return secretKey;
  };
  const mac = async (text: string) =>
    createHmac('sha256', await key())
      .update(text)
      .digest('base64url');
  const addressOf = (request: Request) => request.ip ?? request.socket.remoteAddress ?? '';

  const checkLimit = (request: Request): void => {
    if (limit.isBlocked(addressOf(request))) throw new AppError('too-many-requests', tooMany);
  };
  const refuse = async (request: Request, message: string): Promise<never> => {
    context.log.warn('credentials refused', { address: addressOf(request), path: request.path });
    if (await limit.fail(addressOf(request))) throw new AppError('too-many-requests', tooMany);
    throw new AppError('unauthorized', message);
  };
  const identify = async (request: Request): Promise<Visitor> => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      checkLimit(request);
      const secret = /^Bearer +(nf_api_[\w-]{20,80})$/i.exec(authorization.trim())?.[1];
      const token = secret === undefined ? null : await store.tokens.findByHash(hashSecret(secret));
      if (token?.kind !== 'api' || !isAlive(token, now()))
        return refuse(request, 'The token is wrong, expired or revoked.');
      if (now() - (token.lastUsedAt ?? 0) > tokenTouchMs) await store.tokens.touch(token.id, now());
      return {
        kind: 'token',
        by: `token:${token.label || token.id}`,
        scope: token.scope === 'read' ? 'read' : 'write',
      };
    }
    const session = await findSession(store, request, now());
    if (session) return { kind: 'session', by: 'admin', key: session.id };
    const passwordSet = await hasPassword(store);
    const { trustProxy } = context.config.current().settings.server;
    if (!passwordSet && isFromThisMachine(request, trustProxy)) return { kind: 'local', by: 'local', key: 'local' };
    return { kind: 'stranger', passwordSet, key: 'stranger' };
  };
  return {
    limit,
    identify,
    checkLimit,
    refuse,
    admit: async (request, right) => {
      const visitor = await identify(request);
      if (visitor.kind === 'stranger') {
        if (!visitor.passwordSet) throw new AppError('forbidden', howToSet);
        throw new AppError(
          'unauthorized',
          'Sign in at /admin/login, or send "Authorization: Bearer" with an API token.',
        );
      }
      if (visitor.kind === 'token') {
        if (right === 'person')
          throw new AppError('forbidden', 'Only a person who signed in may do this, not a token.');
        if (right === 'write' && visitor.scope === 'read') throw new AppError('forbidden', 'This token may only read.');
        return visitor;
      }
      if (!/^(GET|HEAD|OPTIONS)$/.test(request.method) && !isOwnRequest(request, context.publicUrl()))
        throw new AppError('forbidden', 'This request comes from another site.');
      return visitor;
    },
    formToken: visitor => mac(`form:${'key' in visitor ? visitor.key : ''}`),
    checkForm: async (request, visitor, token) => {
      const expected = Buffer.from(await mac(`form:${'key' in visitor ? visitor.key : ''}`));
      const given = Buffer.from(token ?? '');
      const isGenuine = given.length === expected.length && timingSafeEqual(given, expected);
      if (!isGenuine || !isOwnRequest(request, context.publicUrl()))
        throw new AppError(
          'forbidden',
          'This form is too old or comes from another site. Load the page again and repeat it.',
        );
    },
    tagger: async () => {
      const secret = await key();
      return value =>
        createHmac('sha256', secret)
          .update(`tag:${JSON.stringify(value)}`)
          .digest('hex')
          .slice(0, 32);
    },
  };
}

async function readKey({ store }: WebContext): Promise<string> {
  const known = await store.facts.get(keyFact);
  if (known !== null) return known;
  await store.facts.compareAndSet(keyFact, null, randomBytes(32).toString('base64url'));
  const key = await store.facts.get(keyFact);
  if (key === null) throw new AppError('store-unavailable', 'The store did not keep the key of the pages.');
  return key;
}
