import { dropControls } from '../text/clean-text.ts';
import { FeedDraft, ItemDraft } from './draft.ts';
import { extensionFeedFields, extensionItemFields } from './extensions.ts';
import { type FeedGrammar, fieldTable } from './feed-grammar.ts';
import { linkOf } from './field.ts';
import { rssChannelFields, rssItemFields } from './rss.ts';
import { attribute } from './xml-element.ts';

/** RSS 0.90 and 1.0 (web.resource.org/rss/1.0/spec): RSS's elements, with items beside the channel and ids in `rdf:about`. */
export const rdfGrammar: FeedGrammar = {
  containers: new Set(['rdf:rdf', ':rdf', '?:rdf', ':channel']),
  item: ':item',
  feedFields: fieldTable(rssChannelFields, extensionFeedFields),
  itemFields: fieldTable(rssItemFields, extensionItemFields),
  onStart: (draft, element, context) => {
    const about = dropControls(attribute(element, 'about') ?? '');
    if (about === '') return;
    // `urn:…` and `tag:…` are ids that nobody can follow.
    const isAddress =
      /^[a-z][a-z\d+.-]*:\/\//i.test(about) || (element.base !== null && !/^[a-z][a-z\d+.-]*:/i.test(about));
    if (draft instanceof ItemDraft) {
      draft.offer('id', 5, about);
      if (isAddress) draft.offer('url', 8, linkOf(element, about, context));
    } else if (draft instanceof FeedDraft && element.name.key === ':channel') {
      draft.offer('id', 5, about);
      if (isAddress) draft.offer('link', 8, linkOf(element, about, context));
    }
  },
};

export const rssGrammar: FeedGrammar = { ...rdfGrammar, containers: new Set([':rss', ':channel', '?:rss']) };
