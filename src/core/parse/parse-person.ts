import type { Author } from '../../model.ts';
import { cleanText, truncateBytes } from '../text/clean-text.ts';
import { resolveUrl } from './resolve-url.ts';

const mail = /(?:mailto:)?([^\s()<>[\],;:"'@&]{1,64}@[^\s()<>[\],;:"'@&]{1,190})/i;

/** A person written in one line: `mail (Name)`, `Name (mail)`, `Name <mail>`, a bare name or a bare address. */
export function parsePerson(text: string | null): Author | null {
  const line = truncateBytes(cleanText(text ?? ''), 1000);
  if (line === '') return null;
  const found = line.includes('@') ? mail.exec(line) : null;
  const email = found?.[1]?.replace(/[.]+$/, '');
  if (!found || email === undefined || email.startsWith('/')) return { name: /^\((.+)\)$/.exec(line)?.[1] ?? line };
  const rest = line.slice(0, found.index) + line.slice(found.index + found[0].length);
  const name = unwrap(rest.replace(/\(\s*\)|<\s*>|\[\s*\]|&lt;\s*&gt;/g, ' '));
  return { name: name === '' ? null : name, email };
}

/** A person written as parts; the name may itself hold an address. */
export function person(parts: {
  name: string | null;
  email: string | null;
  url: string | null;
  base: string | null;
}): Author | null {
  const parsed = parsePerson(parts.name);
  const email = cleanText(parts.email ?? '').replace(/^mailto:/i, '') || parsed?.email;
  const url = resolveUrl(parts.url, parts.base);
  if (!parsed && !email && url === null) return null;
  // A name that is nothing but an address is still what the person is called.
  const name = parsed?.name ?? (parsed ? cleanText(parts.name ?? '') : null);
  return { name, ...(email ? { email } : {}), ...(url === null ? {} : { url }) };
}

/** Adds a person unless they are there already; what the second mention knows more is kept. */
export function addAuthor(authors: Author[], author: Author | null, countMax: number): boolean {
  if (author === null) return true;
  const index = authors.findIndex(known => isSame(known, author));
  const known = authors[index];
  if (known) authors[index] = { ...author, ...known, name: known.name ?? author.name };
  else if (authors.length < countMax) authors.push(author);
  else return false;
  return true;
}

function isSame(a: Author, b: Author): boolean {
  if (a.name !== null && b.name !== null) {
    return a.name.toLowerCase() === b.name.toLowerCase() && (!a.email || !b.email || a.email === b.email);
  }
  return a.email !== undefined && a.email.toLowerCase() === b.email?.toLowerCase();
}

function unwrap(text: string): string {
  return cleanText(text)
    .replace(/^[\s("<,;-]+|[\s)">,;-]+$/g, '')
    .trim();
}
