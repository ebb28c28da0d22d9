import { AppError } from '../../errors.ts';
import type { RulesProposal, ScrapeGuess } from '../../pipeline/operations.ts';
import { type HtmlValue, html, type SafeHtml, safeHref } from '../html.ts';
import { problemNote, tokenField } from './desk-page.ts';
import type { Desk } from './desk-request.ts';

const guessesShown = 5;
const itemsShown = 6;

/** The lists found on a page, best first, each with its first items and what one can do with it. */
export function guessCards<T extends ScrapeGuess>(
  { t }: Desk,
  guesses: readonly T[],
  actions: (guess: T, i: number) => HtmlValue,
): SafeHtml[] {
  return guesses.slice(0, guessesShown).map(
    (guess, i) =>
      html`<section class="card guess"><h3>${t('list', { n: i + 1 })} <span class="soft small">${t('itemsFound', { n: guess.total })}</span></h3><ul class="plain previews">${guess.items.slice(0, itemsShown).map(item => html`<li dir="auto"><a href="${safeHref(item.url)}" rel="noopener noreferrer">${item.title ?? item.url ?? '?'}</a> <span class="soft small">${item.publishedAt?.slice(0, 10)} ${item.summary?.slice(0, 140)}</span></li>`)}</ul>
${actions(guess, i)}</section>`,
  );
}

/** For a source whose page was rebuilt: what can be found on it now, each list with the selectors that take its place. */
export async function layoutProposal(desk: Desk, id: string, tag: string): Promise<SafeHtml> {
  const { t } = desk;
  let found: HtmlValue;
  try {
    const proposals = await desk.context.operations.suggestRules(id);
    found = guessCards(desk, proposals, (proposal, i) => adoptForm(desk, { id, tag, proposal, i }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    found = problemNote(desk.say(error.message));
  }
  return html`<section class="proposal" aria-labelledby="proposal"><h2 id="proposal">${t('layoutTitle')}</h2><p class="soft">${t('layoutHint')}</p>${found}</section>`;
}

function adoptForm(
  desk: Desk,
  { id, tag, proposal, i }: { id: string; tag: string; proposal: RulesProposal; i: number },
): SafeHtml {
  const { t } = desk;
  const rows = Object.entries(proposal.rules).filter(([, value]) => typeof value === 'string');
  return html`<details><summary>${t('selectors')}</summary><dl class="selectors">${rows.map(([key, value]) => html`<div><dt>${key}</dt><dd><code>${String(value)}</code></dd></div>`)}</dl></details>
<form method="post" action="/admin/sources/${id}/rules">${tokenField(desk)}<input type="hidden" name="tag" value="${tag}"><input type="hidden" name="patch" value="${JSON.stringify(proposal.patch.scrape)}"><button class="${i === 0 ? 'primary' : ''}" aria-label="${`${t('takeList')}: ${t('list', { n: i + 1 })}`}">${t('takeList')}</button></form>`;
}
