import { AppError } from '../../errors.ts';
import {
  createToken,
  hasPassword,
  isAlive,
  isPassword,
  isSetupSecret,
  revokeToken,
  setPassword,
} from '../access/credentials.ts';
import { safeNext } from '../access/request-origin.ts';
import { endSession, startSession } from '../access/sessions.ts';
import { type HtmlValue, html, type SafeHtml } from '../html.ts';
import { renderPage } from '../layout.ts';
import { actionButton, heading, problemNote, seeOther, send, sendDesk, timeAgo, tokenField } from './desk-page.ts';
import type { Desk } from './desk-request.ts';
import { choiceField, lineField } from './form-fields.ts';

/** What a stranger sees: no navigation, one thing to do. */
export type Doorway = Omit<Desk, 'visitor'>;

function sendDoor(door: Doorway, title: string, body: HtmlValue, status = 200): void {
  const page = html`<div class="door card">${body}</div>`;
  send(
    door,
    renderPage(door.shell, { title: `${title} · newsfold`, body: page, current: 'admin', desk: true }),
    status,
  );
}

/** Without a password, from elsewhere: how to set one. */
export function showClosed(door: Doorway): void {
  const { t } = door;
  sendDoor(
    door,
    t('closedTitle'),
    html`<h1>${t('closedTitle')}</h1><p>${t('closedText')}</p><pre>newsfold admin password</pre>`,
    403,
  );
}

export function showLogin(door: Doorway, message: string | null = null, status = 200): void {
  const { t, query, form } = door;
  const next = safeNext(form.get('next') || query.get('next'));
  sendDoor(
    door,
    t('signIn'),
    html`<h1>${t('signIn')}</h1>${problemNote(message)}<form method="post" action="/admin/login" class="stack">${tokenField(door)}<input type="hidden" name="next" value="${next}">${lineField({ name: 'password', label: t('password'), value: '', kind: 'password', required: true, complete: 'current-password' })}<button class="primary">${t('signIn')}</button></form>`,
    status,
  );
}

export async function login(door: Doorway): Promise<void> {
  const { gate, request, response, context, form, t, now } = door;
  gate.checkLimit(request);
  if (!(await isPassword(context.store, form.secret('password')))) {
    try {
      await gate.refuse(request, t('wrongPassword'));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'too-many-requests') response.setHeader('Retry-After', '60');
      return showLogin(door, door.say(error.message), error.code === 'too-many-requests' ? 429 : 401);
    }
  }
  await startSession(context.store, request, response, now);
  await context.store.audit.add({ at: now, by: 'admin', action: 'login', subject: 'admin', detail: {} });
  seeOther(door, safeNext(form.get('next')));
}

export async function logout({ context, request, response, now, ...desk }: Desk): Promise<void> {
  await endSession(context.store, request, response, now);
  // Nothing of the desk stays in the browser's cache or history.
  response.setHeader('Clear-Site-Data', '"cache"');
  seeOther({ response, ...desk }, '/admin/login');
}

/** The link that was printed at start. Looking does not use it up. */
export async function showSetup(door: Doorway, message: string | null = null): Promise<void> {
  const { t, query, form, context, gate, request, now } = door;
  const secret = form.get('token') || (query.get('token') ?? '');
  gate.checkLimit(request);
  if (!(await isSetupSecret(context.store, secret, now))) {
    const blocked = secret !== '' && (await gate.limit.fail(request.ip ?? ''));
    return sendDoor(
      door,
      t('setupTitle'),
      html`<h1>${t('setupTitle')}</h1><p>${t('setupInvalid')}</p><pre>newsfold admin setup-link</pre>`,
      blocked ? 429 : 401,
    );
  }
  sendDoor(
    door,
    t('setupTitle'),
    html`<h1>${t('setupTitle')}</h1><p>${t('setupText')}</p>${problemNote(message)}<form method="post" action="/admin/setup" class="stack">${tokenField(door)}<input type="hidden" name="token" value="${secret}">${passwordFields(door)}<button class="primary">${t('setPassword')}</button></form>`,
    message === null ? 200 : 400,
  );
}

export async function setup(door: Doorway): Promise<void> {
  const { form, context, request, response, now } = door;
  if (!(await isSetupSecret(context.store, form.get('token'), now))) return showSetup(door);
  const mistake = await trySetPassword(door, 'setup link');
  if (mistake !== null) return showSetup(door, mistake);
  await startSession(context.store, request, response, now);
  seeOther(door, '/admin/', 'donePassword');
}

/** `/admin/access`: password, API tokens, sessions. */
export async function showAccess(
  desk: Desk,
  options: { readonly message?: string; readonly secret?: string; readonly status?: number } = {},
): Promise<void> {
  const { t, context, visitor } = desk;
  const { tokens } = context.store;
  const passwordSet = await hasPassword(context.store);
  const alive = (await tokens.list('api')).filter(token => isAlive(token, desk.now));
  const sessions = (await tokens.list('session')).filter(token => isAlive(token, desk.now));
  const reauthenticate = passwordSet
    ? lineField({
        name: 'current',
        label: t('currentPassword'),
        value: '',
        kind: 'password',
        required: true,
        complete: 'current-password',
      })
    : null;
  const body = html`${heading(t('accessNav'))}${problemNote(options.message ?? null)}
<section class="card"><h2>${passwordSet ? t('changePassword') : t('setPassword')}</h2>${passwordSet ? html`<p class="soft small">${t('changePasswordHint')}</p>` : html`<p>${t('noPasswordHere')} ${t('noPasswordHow')} <code>newsfold admin password</code>.</p>`}
<form method="post" action="/admin/access/password" class="stack">${tokenField(desk)}${reauthenticate}${passwordFields(desk)}<button class="primary">${passwordSet ? t('changePassword') : t('setPassword')}</button></form></section>
<section class="card"><h2>${t('tokens')}</h2><p class="soft small">${t('tokensHint')}</p>
${options.secret ? html`<p class="notice good" role="status">${t('tokenSecret')}<br><code class="secret">${options.secret}</code> <button type="button" data-copy="${options.secret}" data-copied="${desk.shell.text('copied')}">${desk.shell.text('copy')}</button></p>` : null}
${alive.length === 0 ? html`<p class="soft">${t('noTokens')}</p>` : html`<div class="table-box"><table class="tokens"><thead><tr><th>${t('tokenLabel')}</th><th>${t('tokenScope')}</th><th>${t('created')}</th><th>${t('lastUsed')}</th><th><span class="unseen">${t('revoke')}</span></th></tr></thead><tbody>${alive.map(token => html`<tr><td>${token.label}</td><td data-label="${t('tokenScope')}">${token.scope === 'read' ? t('scopeRead') : t('scopeWrite')}</td><td data-label="${t('created')}">${timeAgo(token.createdAt, desk)}</td><td data-label="${t('lastUsed')}">${timeAgo(token.lastUsedAt, desk)}</td><td>${actionButton(desk, `/admin/access/tokens/${token.id}/revoke`, t('revoke'), { describe: `${t('revoke')}: ${token.label}` })}</td></tr>`)}</tbody></table></div>`}
<form method="post" action="/admin/access/tokens" class="stack">${tokenField(desk)}${lineField({ name: 'label', label: t('tokenLabel'), value: '', required: true })}${choiceField(
    {
      name: 'scope',
      label: t('tokenScope'),
      value: 'read',
      options: [
        ['read', t('scopeRead')],
        ['write', t('scopeWrite')],
      ],
    },
  )}${lineField({ name: 'days', label: t('tokenDays'), value: '', kind: 'number' })}${passwordSet ? lineField({ name: 'current-for-token', label: t('currentPassword'), value: '', kind: 'password', required: true, complete: 'current-password' }) : null}<button>${t('createToken')}</button></form></section>
${sessions.length > 0 ? html`<section class="card"><h2>${t('sessions')}</h2><p class="soft small">${t('sessionsHint')}</p><ul class="plain">${sessions.map(session => html`<li>${session.label || '?'} · ${timeAgo(session.lastUsedAt ?? session.createdAt, desk)} ${visitor.key === session.id ? html`<strong>${t('thisSession')}</strong>` : actionButton(desk, `/admin/access/sessions/${session.id}/end`, t('endSession'))}</li>`)}</ul></section>` : null}`;
  sendDesk(desk, { title: t('accessNav'), area: 'access', body, status: options.status ?? 200 });
}

export async function changePassword(desk: Desk): Promise<void> {
  const refused = await reauthenticate(desk, 'current');
  if (refused) return showAccess(desk, refused);
  const mistake = await trySetPassword(desk, desk.visitor.by);
  if (mistake !== null) return showAccess(desk, { message: mistake, status: 400 });
  await startSession(desk.context.store, desk.request, desk.response, desk.now);
  seeOther(desk, '/admin/access', 'donePassword');
}

export async function addToken(desk: Desk): Promise<void> {
  const { form, context, now, visitor } = desk;
  const refused = await reauthenticate(desk, 'current-for-token');
  if (refused) return showAccess(desk, refused);
  const days = Number.parseInt(form.get('days'), 10);
  const expiresAt = Number.isInteger(days) && days > 0 ? now + Math.min(days, 3650) * 86_400_000 : null;
  const scope = form.get('scope') === 'write' ? 'write' : 'read';
  const wish = {
    kind: 'api',
    scope,
    label: form.get('label').slice(0, 200) || scope,
    topicId: null,
    expiresAt,
  } as const;
  const { secret } = await createToken(context.store, wish, { now, by: visitor.by });
  return showAccess(desk, { secret });
}

export async function removeToken(desk: Desk, id: string): Promise<void> {
  await revokeToken(desk.context.store, id, { now: desk.now, by: desk.visitor.by });
  seeOther(desk, '/admin/access', 'doneRevoked');
}

export async function removeSession(desk: Desk, id: string): Promise<void> {
  const { tokens } = desk.context.store;
  if ((await tokens.list('session')).some(session => session.id === id)) await tokens.revoke(id, desk.now);
  seeOther(desk, '/admin/access', 'doneRevoked');
}

/** Credentials change only for who knows the password, whatever session is open on the screen. */
async function reauthenticate(
  { context, gate, request, form, t }: Desk,
  field: string,
): Promise<{ message: string; status: number } | null> {
  if (!(await hasPassword(context.store))) return null;
  gate.checkLimit(request);
  if (await isPassword(context.store, form.secret(field))) return null;
  if (await gate.limit.fail(request.ip ?? '')) gate.checkLimit(request);
  return { message: t('wrongPassword'), status: 403 };
}

async function trySetPassword({ form, context, t, now }: Doorway, by: string): Promise<string | null> {
  if (form.secret('new') !== form.secret('again')) return t('notTheSame');
  try {
    await setPassword(context.store, form.secret('new'), { now, by });
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid-input') return t('passwordHint');
    throw error;
  }
}

function passwordFields({ t }: Pick<Desk, 't'>): SafeHtml {
  return html`${lineField({ name: 'new', label: t('newPassword'), help: t('passwordHint'), value: '', kind: 'password', required: true, complete: 'new-password' })}${lineField({ name: 'again', label: t('repeatPassword'), value: '', kind: 'password', required: true, complete: 'new-password' })}`;
}
