import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { ErrorCode } from '../../errors.ts';
import type { Gate, Right, Visitor } from '../access/gate.ts';
import type { DeskEdits, How } from '../desk-edits.ts';
import type { WebContext } from '../web-context.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What every route may use. */
export type ApiTools = { readonly context: WebContext; readonly gate: Gate; readonly edits: DeskEdits };

export type ApiCall<P, Q, B> = ApiTools & {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** The body as it was sent, checked but without defaults: what is written to the files. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly visitor: Exclude<Visitor, { kind: 'stranger' }>;
  /** Who edits, with If-Match and If-None-Match. */
  readonly how: How;
  readonly request: Request;
  readonly response: Response;
};

export type ApiAnswer = {
  readonly status?: number;
  readonly json?: unknown;
  /** With its media type, when the answer is not JSON. */
  readonly text?: { readonly type: string; readonly body: string; readonly fileName?: string };
  readonly headers?: Readonly<Record<string, string>>;
  /** Tag of what can be edited; it guards edits and does not shorten reads. */
  readonly tag?: string;
  /** The handler answers by itself (event streams). */
  readonly streaming?: true;
};

export type DeclaredAnswer = {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Media type; JSON by default. */
  readonly type?: string;
};

/** One row of the table that drives both the router and `openapi.json`. */
export type ApiRoute = {
  readonly method: Method;
  /** Under `/api/v1`, with `{name}` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly right: Right;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body is text of one of these media types, not JSON. */
  readonly textTypes?: readonly string[];
  /** It edits a file, which may be broken by hand. */
  readonly edits?: true;
  /** The edit is guarded by If-Match. */
  readonly guarded?: true;
  readonly answers: Readonly<Record<number, DeclaredAnswer>>;
  /** Beyond those that follow from right, parameters and body. */
  readonly errors?: readonly ErrorCode[];
  run(call: ApiCall<never, never, never>): Promise<ApiAnswer>;
};

type Typed<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> = Omit<
  ApiRoute,
  'params' | 'query' | 'body' | 'run'
> & {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  run(call: ApiCall<z.output<P>, z.output<Q>, z.output<B>>): Promise<ApiAnswer>;
};

/** Ties the types of parameters, query and body to the schemas that check them. */
export function route<
  P extends z.ZodObject = z.ZodObject<Record<string, never>>,
  Q extends z.ZodObject = z.ZodObject<Record<string, never>>,
  B extends z.ZodType = z.ZodType<string>,
>(typed: Typed<P, Q, B>): ApiRoute {
  return typed as unknown as ApiRoute;
}
