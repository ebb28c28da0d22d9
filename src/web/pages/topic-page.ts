import type { StoryWithVersions, Topic } from '../../model.ts';
import { html, type SafeHtml } from '../html.ts';
import { subscribeButtons } from './home-page.ts';
import { type StoryListOptions, storyList } from './story-list.ts';

export type TopicPageOptions = StoryListOptions & {
  readonly publicUrl: string;
  readonly olderHref: string | null;
  readonly q: string | null;
  /** Languages that occur on this page, for the chooser. */
  readonly offered: readonly string[];
};

/** `/topics/:topic`: its stories, each once, in the language the reader prefers. */
export function topicPage(topic: Topic, stories: readonly StoryWithVersions[], options: TopicPageOptions): SafeHtml {
  const { text, languages, offered, q } = options;
  const title = topic.id === 'all' ? text('allStories') : topic.title;
  return html`<h1>${title}</h1>
${topic.description && topic.id !== 'all' ? html`<p class="lead">${topic.description}</p>` : null}
${subscribeButtons(topic.id, text, options.publicUrl)}
<form class="choices" method="get" role="search"><input type="search" name="q" value="${q ?? ''}" placeholder="${text('searchIn')}" aria-label="${text('searchIn')}">${languages.length > 0 ? html`<input type="hidden" name="lang" value="${languages.join(',')}">` : null}<button>${text('search')}</button></form>
<nav class="choices" aria-label="${text('languages')}"><span class="soft small">${text('languages')}</span>
<a class="badge" href="?"${languages.length === 0 ? html` aria-current="true"` : null}>${text('anyLanguage')}</a>
${offered.map(language => html`<a class="badge" href="?lang=${language}"${languages[0] === language ? html` aria-current="true"` : null}>${language}</a>`)}</nav>
${storyList(stories, options)}
${options.olderHref === null ? null : html`<p><a class="button" href="${options.olderHref}" rel="next">${text('older')}</a></p>`}`;
}
