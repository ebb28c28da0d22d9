import type { StoryWithVersions, Topic } from '../../model.ts';
import { html, type SafeHtml } from '../html.ts';
import type { UiText } from '../ui-text.ts';
import { subscribeButtons } from './home-page.ts';
import { type StoryListOptions, storyList } from './story-list.ts';

export type TopicPageOptions = StoryListOptions & {
  readonly publicUrl: string;
  /** As asked for by `lang=`. */
  readonly languages: readonly string[];
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
${languageChoice(offered, { chosen: languages[0] ?? null, q, text })}
${storyList(stories, options)}
${options.olderHref === null ? null : html`<p><a class="button" href="${options.olderHref}" rel="next">${text('older')}</a></p>`}`;
}

/** The languages in which the stories of a page can be shown, as links. */
export function languageChoice(
  offered: readonly string[],
  { chosen, q, text }: { readonly chosen: string | null; readonly q: string | null; readonly text: UiText },
): SafeHtml {
  const link = (language: string | null, label: string) => {
    const query = new URLSearchParams({
      ...(q === null ? {} : { q }),
      ...(language === null ? {} : { lang: language }),
    });
    return html`<a class="badge" href="?${query.toString()}"${language === chosen ? html` aria-current="true"` : null}>${label}</a>`;
  };
  return html`<nav class="choices" aria-label="${text('languages')}"><span class="soft small">${text('languages')}</span>
${link(null, text('anyLanguage'))}
${offered.map(language => link(language, language))}</nav>`;
}
