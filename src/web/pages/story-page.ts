import type { SourceId, StoryWithVersions, Version } from '../../model.ts';
import { html, type SafeHtml, safeHref } from '../html.ts';
import { directionOf } from '../layout.ts';
import type { UiText } from '../ui-text.ts';
import { ago } from './page-request.ts';

export type StoryPageOptions = {
  readonly shown: Version;
  readonly now: number;
  readonly text: UiText;
  readonly titleOf: (source: SourceId) => string;
  /** Evidence in words, in the page's language. */
  readonly describe: (version: Version) => readonly string[];
  readonly topics: readonly { readonly id: string; readonly title: string }[];
};

/** `/stories/:id`: one story with all its versions side by side and why they are one. */
export function storyPage(story: StoryWithVersions, options: StoryPageOptions): SafeHtml {
  const { shown, text, topics } = options;
  const { item } = shown;
  return html`<article lang="${item.language ?? ''}" dir="${directionOf(item.language)}"><h1>${item.title}</h1>
<p class="lead">${item.text.slice(0, 600)}${item.text.length > 600 ? '…' : null}</p></article>
<p><a class="button primary" href="${safeHref(item.url)}" rel="noopener noreferrer">${text('read', { source: options.titleOf(item.sourceId) })}</a></p>
${topics.length > 0 ? html`<p class="meta"><span>${text('inTopics')}</span>${topics.map(({ id, title }) => html`<a class="badge" href="/topics/${id}">${title}</a>`)}</p>` : null}
<h2>${story.versions.length === 1 ? text('oneVersion') : `${text('versionsTitle')} (${story.versions.length})`}</h2>
<ul class="versions">${story.versions.map((version, i) => versionCard(version, i === 0, options))}</ul>`;
}

function versionCard(version: Version, isFirst: boolean, { now, text, titleOf, describe }: StoryPageOptions): SafeHtml {
  const { item } = version;
  const reasons = isFirst ? [] : describe(version);
  return html`<li class="card">
<p class="meta"><span class="badge">${item.language ?? '?'}</span><span>${titleOf(item.sourceId)}</span><time datetime="${new Date(item.orderAt).toISOString()}">${ago(item.orderAt, now, text)}</time></p>
<h3 lang="${item.language ?? ''}" dir="${directionOf(item.language)}"><a href="${safeHref(item.url)}" rel="noopener noreferrer">${item.title}</a></h3>
<p class="small" lang="${item.language ?? ''}" dir="${directionOf(item.language)}">${item.text.slice(0, 300)}${item.text.length > 300 ? '…' : null}</p>
${isFirst ? html`<p class="small soft">${text('founder')}</p>` : null}
${reasons.length > 0 ? html`<div><p class="small soft">${text('why')}</p><ul class="why">${reasons.map(reason => html`<li>${reason}</li>`)}</ul></div>` : null}
</li>`;
}
