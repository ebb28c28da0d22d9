import type { Topic } from '../../model.ts';
import { html, type SafeHtml } from '../html.ts';
import type { UiText } from '../ui-text.ts';
import { barChart } from './bar-chart.ts';

export type TopicCard = { readonly topic: Topic; readonly stories: number; readonly perDay: readonly number[] };

/** `/`: every public topic with its counts, a small chart of the last days, and the ways to subscribe. */
export function homePage(
  cards: readonly TopicCard[],
  options: { readonly text: UiText; readonly publicUrl: string },
): SafeHtml {
  const { text, publicUrl } = options;
  return html`<h1>${text('topics')}</h1>
<p class="lead">${text('tagline')}</p>
<ul class="grid">${cards.map(card => topicCard(card, text, publicUrl))}</ul>
<p><a class="button" href="/topics.opml">${text('subscribeAll')}</a></p>`;
}

function topicCard({ topic, stories, perDay }: TopicCard, text: UiText, publicUrl: string): SafeHtml {
  return html`<li class="card">
<h2><a href="/topics/${topic.id}">${topic.id === 'all' ? text('allStories') : topic.title}</a></h2>
${topic.description && topic.id !== 'all' ? html`<p class="soft small">${topic.description}</p>` : null}
${barChart(perDay, text('lastDays', { n: perDay.length }))}
<p class="soft small">${stories === 1 ? text('storiesCountOne') : text('storiesCount', { n: stories })} ${text('inDays', { n: perDay.length })}</p>
${subscribeButtons(topic.id, text, publicUrl)}
</li>`;
}

/** Copy, open in a reader, and the plain addresses of the three formats. */
export function subscribeButtons(topicId: string, text: UiText, publicUrl: string): SafeHtml {
  const address = `${publicUrl}/feeds/${topicId}.atom`;
  return html`<div class="buttons"><a class="button primary" href="feed:${address}">${text('openInReader')}</a><button type="button" data-copy="${address}" data-copied="${text('copied')}">${text('copy')}</button><a class="button" href="/feeds/${topicId}.rss">RSS</a><a class="button" href="/feeds/${topicId}.atom">Atom</a><a class="button" href="/feeds/${topicId}.json">JSON</a></div>`;
}
