import type { SourceId, StoryWithVersions, Version } from '../../model.ts';
import { html, type SafeHtml, safeHref } from '../html.ts';
import { directionOf } from '../layout.ts';
import type { UiText } from '../ui-text.ts';
import { ago } from './page-request.ts';
import { excerpt, pictureOf, textOf } from './story-list.ts';
import { languageChoice } from './topic-page.ts';

export type StoryPageOptions = {
  readonly shown: Version;
  readonly now: number;
  readonly text: UiText;
  readonly titleOf: (source: SourceId) => string;
  /** Our own address of a publisher's picture. */
  readonly imageOf: (url: string | null) => string | null;
  /** The language asked for by `lang=`. */
  readonly chosen: string | null;
  /** Evidence in words, in the page's language. */
  readonly describe: (version: Version) => readonly string[];
  readonly topics: readonly { readonly id: string; readonly title: string }[];
};

/** `/stories/:id`: one story with all its versions side by side and why they are one. */
export function storyPage(story: StoryWithVersions, options: StoryPageOptions): SafeHtml {
  const { shown, text, topics } = options;
  const { item } = shown;
  const image = options.imageOf(pictureOf(story, shown));
  const languages = [...new Set(story.versions.flatMap(version => version.item.language ?? []))];
  return html`<article lang="${item.language ?? ''}" dir="${directionOf(item.language)}"><h1>${item.title}</h1>
${image ? html`<img class="lead-image" src="${image}" alt="">` : null}<p class="lead">${excerpt(textOf(item), 360)}</p></article>
<p><a class="button primary" href="${safeHref(item.url)}" rel="noopener noreferrer">${text('read', { source: options.titleOf(item.sourceId) })}</a></p>
${topics.length > 0 ? html`<p class="meta"><span>${text('inTopics')}</span>${topics.map(({ id, title }) => html`<a class="badge" href="/topics/${id}">${title}</a>`)}</p>` : null}
${languages.length > 1 ? languageChoice(languages, { chosen: options.chosen, q: null, text }) : null}
<h2>${story.versions.length === 1 ? text('oneVersion') : `${text('versionsTitle')} (${story.versions.length})`}</h2>
<ul class="versions">${story.versions.map((version, i) => versionCard(version, i === 0, options))}</ul>`;
}

function versionCard(version: Version, isFirst: boolean, { now, text, titleOf, describe }: StoryPageOptions): SafeHtml {
  const { item } = version;
  const reasons = isFirst ? [] : describe(version);
  return html`<li class="card">
<p class="meta"><span class="badge">${item.language ?? '?'}</span><span>${titleOf(item.sourceId)}</span><time datetime="${new Date(item.orderAt).toISOString()}">${ago(item.orderAt, now, text)}</time></p>
<h3 lang="${item.language ?? ''}" dir="${directionOf(item.language)}"><a href="${safeHref(item.url)}" rel="noopener noreferrer">${item.title}</a></h3>
<p class="small" lang="${item.language ?? ''}" dir="${directionOf(item.language)}">${excerpt(textOf(item), 240)}</p>
${isFirst ? html`<p class="small soft">${text('founder')}</p>` : null}
${reasons.length > 0 ? html`<div><p class="small soft">${text('why')}</p><ul class="why">${reasons.map(reason => html`<li>${reason}</li>`)}</ul></div>` : null}
</li>`;
}
