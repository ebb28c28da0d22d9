import express, { Router } from 'express';
import type { HubSubscription } from '../pipeline/ports.ts';
import { sendProblem } from './problem.ts';

/** What the two ends of WebSub need; `app.ts` fills it. */
export type WebSubContext = {
  /** The built-in hub's side; `null` while there is none. */
  readonly hub: () => { request(form: URLSearchParams): Promise<void> } | null;
  readonly findByToken: (token: string) => Promise<HubSubscription | null>;
  readonly readRequest: (
    query: Readonly<Record<string, string | undefined>>,
    expected: { readonly topic: string; readonly mode: 'subscribe' | 'unsubscribe' } | null,
  ) =>
    | { readonly kind: 'confirm'; readonly challenge: string; readonly leaseSeconds: number }
    | { readonly kind: 'denied' }
    | { readonly kind: 'unknown' };
  readonly confirm: (subscription: HubSubscription, leaseSeconds: number) => Promise<void>;
  readonly deny: (subscription: HubSubscription) => Promise<void>;
  readonly isSigned: (secret: string, body: Uint8Array, header: string | undefined) => boolean;
  /** A push is a fetch that came by itself. */
  readonly receive: (
    subscription: HubSubscription,
    document: { readonly body: Uint8Array; readonly contentType: string | null },
  ) => void;
  readonly bodyBytesMax: () => number;
  /** Requests of one address to the hub in the last minute, this one included. */
  readonly count: (address: string) => Promise<number>;
};

const requestsPerMinuteMax = 30;

/** `POST /hub` for subscribers of our feeds; `/websub/:token` for the hubs of our sources. */
export function webSubRoutes(context: WebSubContext): Router {
  const router = Router();
  router.post('/hub', express.text({ type: () => true, limit: '16kb' }), (request, response, next) => {
    const hub = context.hub();
    if (!hub) return next();
    context
      .count(request.ip ?? '')
      .then(async count => {
        if (count > requestsPerMinuteMax) return response.status(429).set('Retry-After', '60').end();
        await hub.request(new URLSearchParams(String(request.body)));
        return response.status(202).end();
      })
      .catch(error => sendProblem(response, error));
  });
  router.get('/websub/:token', (request, response, next) => {
    context
      .findByToken(request.params.token)
      .then(async subscription => {
        const expected = subscription ? { topic: subscription.topicUrl, mode: 'subscribe' as const } : null;
        const answer = context.readRequest(request.query as Record<string, string>, expected);
        if (subscription && answer.kind === 'confirm') {
          await context.confirm(subscription, answer.leaseSeconds);
          return response.type('text/plain').send(answer.challenge);
        }
        if (subscription && answer.kind === 'denied') {
          await context.deny(subscription);
          return response.status(200).end();
        }
        return response.status(404).end();
      })
      .catch(next);
  });
  router.post(
    '/websub/:token',
    (request, response, next) =>
      express.raw({ type: () => true, limit: context.bodyBytesMax() })(request, response, next),
    (request, response, next) => {
      context
        .findByToken(request.params.token)
        .then(subscription => {
          if (!subscription) return response.status(404).end();
          const body: Uint8Array = Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
          // A push that is not signed with our secret is answered like any other and thrown away (§7.1).
          const signed =
            subscription.secret !== null && context.isSigned(subscription.secret, body, request.get('x-hub-signature'));
          if (signed) context.receive(subscription, { body, contentType: request.get('content-type') ?? null });
          return response.status(202).end();
        })
        .catch(next);
    },
  );
  return router;
}
