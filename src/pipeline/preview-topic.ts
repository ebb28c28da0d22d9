import type { CompiledTopics } from '../core/topics/compile-topics.ts';
import { matchStory } from '../core/topics/match-story.ts';
import type { Millis, SourceId, Topic } from '../model.ts';
import type { TopicPreview } from './operations.ts';
import type { StoryStore } from './ports.ts';

const pageSize = 100;
const searchedMax = 5000;

/** What a definition would match in the last days, with the reason for each, before it is saved. */
export async function previewTopic(
  topic: Topic,
  options: {
    readonly stories: StoryStore;
    readonly compile: (topics: readonly Topic[]) => CompiledTopics;
    readonly tagsOf: (id: SourceId) => readonly string[];
    readonly since: Millis;
    readonly limit: number;
  },
): Promise<TopicPreview> {
  const compiled = options.compile([topic]);
  const matched: TopicPreview['matched'][number][] = [];
  let before: { publishedAt: Millis; id: string } | undefined;
  let searched = 0;
  while (matched.length < options.limit && searched < searchedMax) {
    const page = await options.stories.page({
      topic: 'all',
      limit: pageSize,
      since: options.since,
      ...(before ? { before } : {}),
    });
    for (const story of page) {
      const versions = story.versions.map(({ item }) => ({
        item,
        source: { id: item.sourceId, tags: options.tagsOf(item.sourceId) },
      }));
      const match = matchStory(compiled, versions)[0];
      const shown = story.versions.find(({ item }) => item.id === match?.evidence[0]?.itemId) ?? story.versions[0];
      if (match && shown && matched.length < options.limit) {
        matched.push({
          storyId: story.id,
          title: shown.item.title,
          language: shown.item.language,
          publishedAt: story.publishedAt,
          evidence: match.evidence,
        });
      }
    }
    searched += page.length;
    const last = page.at(-1);
    if (!last || page.length < pageSize) break;
    before = { publishedAt: last.publishedAt, id: last.id };
  }
  return { searched, matched };
}
