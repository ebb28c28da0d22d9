import { contentItem } from './content-module.ts';
import { dublinCoreFeed, dublinCoreItem } from './dublin-core.ts';
import type { FeedFields, ItemFields } from './field.ts';
import { geoItem } from './geo.ts';
import { mediaFeed, mediaItem } from './media-rss.ts';
import { podcastFeed, podcastItem } from './podcast-elements.ts';
import { syndicationFeed } from './syndication-module.ts';

/**
 * The vocabularies that may stand in every XML format, one table each. A new one is a new file, a line here and its URI in
 * `namespaces.ts`. `slash`, `wfw`, `thr` and `creativeCommons` are known by URI and say nothing that is kept.
 */
export const extensionItemFields: ItemFields = [
  ...dublinCoreItem,
  ...contentItem,
  ...mediaItem,
  ...podcastItem,
  ...geoItem,
];

export const extensionFeedFields: FeedFields = [...dublinCoreFeed, ...mediaFeed, ...podcastFeed, ...syndicationFeed];
