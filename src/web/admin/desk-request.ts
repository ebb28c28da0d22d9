import type { Request, Response } from 'express';
import { AppError } from '../../errors.ts';
import type { Visitor } from '../access/gate.ts';
import type { ApiTools } from '../api/api-route.ts';
import { bodyBytesMax, mediaType, readBytes } from '../api/read-body.ts';
import type { How } from '../desk-edits.ts';
import type { Shell } from '../layout.ts';
import type { DeskText } from './desk-text.ts';

export type Person = Exclude<Visitor, { kind: 'stranger' | 'token' }>;

/** One request to the desk: who asks, in which language, with what. */
export type Desk = ApiTools & {
  readonly request: Request;
  readonly response: Response;
  readonly visitor: Person;
  readonly shell: Shell;
  readonly t: DeskText;
  /** What the service says in English, in the visitor's language and without secrets. */
  readonly say: (message: string) => string;
  readonly query: URLSearchParams;
  /** Fields of a posted form; empty for GET. */
  readonly form: Form;
  /** Goes into every form. */
  readonly formToken: string;
  readonly now: number;
};

export type Form = {
  get(name: string): string;
  /** Not trimmed: spaces around a password are part of it. */
  secret(name: string): string;
  all(name: string): readonly string[];
  has(name: string): boolean;
  /** The text of an uploaded file, or `null`. */
  file(name: string): Promise<string | null>;
};

const fieldsMax = 5000;

/** @throws AppError unsupported-media-type, document-too-large, invalid-input */
export async function readForm(request: Request): Promise<Form> {
  if (request.method !== 'POST') return emptyForm();
  const type = mediaType(request);
  if (type !== 'application/x-www-form-urlencoded' && type !== 'multipart/form-data') {
    if (type === '') return emptyForm();
    throw new AppError('unsupported-media-type', 'A form is expected here.');
  }
  const body = await readBytes(request, bodyBytesMax);
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const data = await new globalThis.Response(body as Uint8Array<ArrayBuffer>, { headers }).formData().catch(() => {
    throw new AppError('invalid-input', 'The form cannot be read.');
  });
  if ([...data.keys()].length > fieldsMax) throw new AppError('invalid-input', 'The form has too many fields.');
  return formOf(data);
}

export function emptyForm(): Form {
  return formOf(new FormData());
}

function formOf(data: FormData): Form {
  const text = (value: File | string | null) => (typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '');
  return {
    get: name => text(data.get(name)).trim(),
    secret: name => text(data.get(name)),
    all: name => data.getAll(name).map(text),
    has: name => data.has(name),
    file: async name => {
      const value = data.get(name);
      return value !== null && typeof value !== 'string' && value.size > 0 ? value.text() : null;
    },
  };
}

/** Who edits, with the tag of what their page showed. */
export function howOf({ visitor, form }: Desk): How {
  const tag = form.get('tag');
  return { by: visitor.by, ...(tag === '' ? {} : { ifMatch: [tag] }) };
}

/** htmx asks for a part of the page; without script the whole page comes. */
export function wantsPart(request: Request): boolean {
  return request.headers['hx-request'] === 'true';
}
