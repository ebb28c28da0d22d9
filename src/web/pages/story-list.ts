import { chooseVersion } from '../../core/render/choose-version.ts';
import type { Item, SourceId, StoryWithVersions, Topic, Version } from '../../model.ts';
import { html, type SafeHtml, safeHref } from '../html.ts';
import { directionOf } from '../layout.ts';
import type { UiText } from '../ui-text.ts';
import { ago } from './page-request.ts';

export type StoryListOptions = {
  readonly topic: Topic;
  /** In which language to show a story that has several. */
  readonly preferred: readonly string[];
  readonly now: number;
  readonly text: UiText;
  readonly titleOf: (source: SourceId) => string;
  /** Our own address of a publisher's picture. */
  readonly imageOf: (url: string | null) => string | null;
};

/** Stories as a list: the version the reader prefers, and one quiet line with the others. */
export function storyList(stories: readonly StoryWithVersions[], options: StoryListOptions): SafeHtml {
  if (stories.length === 0) return html`<p class="empty">${options.text('noStories')}</p>`;
  return html`<ol class="stories">${stories.map(story => storyRow(story, options))}</ol>`;
}

function storyRow(story: StoryWithVersions, options: StoryListOptions): SafeHtml {
  const { topic, preferred, now, text, titleOf } = options;
  const shown = chooseVersion(story.versions, { languages: preferred, prefer: topic.prefer });
  const { item } = shown;
  const direction = directionOf(item.language);
  const others = story.versions.filter(version => version !== shown);
  const image = options.imageOf(pictureOf(story, shown));
  return html`<li class="story"><article lang="${item.language ?? ''}" dir="${direction}">
<h2><a href="/stories/${story.id}">${item.title}</a></h2>
<p class="text">${excerpt(textOf(item), 260)}</p>
<p class="meta" dir="ltr"><span class="badge">${item.language ?? '?'}</span><a href="${safeHref(item.url)}" rel="noopener noreferrer">${titleOf(item.sourceId)}</a><time datetime="${new Date(story.publishedAt).toISOString()}">${ago(story.publishedAt, now, text)}</time>${
    others.length > 0
      ? html`<span>${text('also')} ${others.slice(0, 6).map(other => html` <a class="badge" href="${safeHref(other.item.url)}" rel="noopener noreferrer" title="${titleOf(other.item.sourceId)}: ${other.item.title}">${other.item.language ?? '?'}</a>`)}</span>`
      : null
  }</p></article>${image ? html`<img src="${image}" alt="" loading="lazy">` : null}</li>`;
}

/** The shown version's picture, else another's: pictures need no translation. */
export function pictureOf(story: StoryWithVersions, shown: Version): string | null {
  return shown.item.image ?? story.versions.find(({ item }) => item.image !== null)?.item.image ?? null;
}

/** Many a page's text begins with its own headline, which stands above it already. */
export function textOf({ title, text }: Item): string {
  if (!text.startsWith(title)) return text;
  return text.slice(title.length).replace(/^[\s.:|–—-]+/, '');
}

/** The beginning of a text, cut between words where there are any. */
export function excerpt(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const cut = text.lastIndexOf(' ', lengthMax);
  const kept = text.slice(0, cut > lengthMax / 2 ? cut : lengthMax).toWellFormed();
  // “…first visit,…” reads like a mistake.
  return `${kept.replace(/[\s,;:–—-]+$/, '')}…`;
}
