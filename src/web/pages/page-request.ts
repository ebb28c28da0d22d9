import type { Request } from 'express';
import { cookieOf } from '../access/sessions.ts';
import type { Shell } from '../layout.ts';
import { chooseUiLanguage, type UiText, uiText } from '../ui-text.ts';
import type { WebContext } from '../web-context.ts';

/** What a page needs to know of who asks: language of the texts, preferred languages of the stories. */
export type PageRequest = {
  readonly shell: Shell;
  /** As asked for by `lang=`. */
  readonly languages: readonly string[];
  /** The same, else the browser's own. */
  readonly preferred: readonly string[];
  readonly query: URLSearchParams;
};

export function readPageRequest(request: Request, context: WebContext): PageRequest {
  const language = chooseUiLanguage(
    context.config.current().settings.server.language,
    request.headers['accept-language'],
  );
  const search = request.originalUrl.indexOf('?');
  const query = new URLSearchParams(search < 0 ? '' : request.originalUrl.slice(search + 1));
  const languages = (query.get('lang') ?? '')
    .split(',')
    .map(tag => tag.trim().toLowerCase())
    .filter(tag => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(tag))
    .slice(0, 10);
  const shell = { text: uiText(language), language, showAdmin: isLocal(request) || cookieOf(request) !== null };
  return { shell, languages, preferred: languages.length > 0 ? languages : browserLanguages(request), query };
}

/** Accept-Language in the order it comes in, which is that of the reader's wishes in every browser. */
function browserLanguages(request: Request): readonly string[] {
  return (request.headers['accept-language'] ?? '')
    .split(',')
    .map(part => part.split(';')[0]?.trim() ?? '')
    .filter(tag => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag))
    .slice(0, 10);
}

function isLocal(request: Request): boolean {
  return /^(::1|127\.|::ffff:127\.)/.test(request.socket.remoteAddress ?? '');
}

/** Age in words, coarse on purpose. */
export function ago(at: number, now: number, text: UiText): string {
  const minutes = Math.max(0, Math.round((now - at) / 60_000));
  if (minutes < 1) return text('justNow');
  if (minutes < 60) return text('minutesAgo', { n: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48 ? text('hoursAgo', { n: hours }) : text('daysAgo', { n: Math.round(hours / 24) });
}
