import { stringify } from 'yaml';
import { concealEntry } from '../../pipeline/conceal-secrets.ts';
import type { Entry } from '../desk-edits.ts';
import { html, type SafeHtml } from '../html.ts';
import type { Desk } from './desk-request.ts';

/** Somebody else was faster: what stands there now, while the form keeps what this person wrote. */
export function conflictNote({ t }: Pick<Desk, 't'>, theirs: Entry | string): SafeHtml {
  const text = typeof theirs === 'string' ? theirs : stringify(concealEntry(theirs), { lineWidth: 0 });
  return html`<div class="notice warn" role="alert"><strong>${t('conflictTitle')}</strong><p>${t('conflictText')}</p><p class="small soft">${t('theirs')}</p><pre tabindex="0">${text}</pre></div>`;
}
