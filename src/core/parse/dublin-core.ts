import {
  category,
  date,
  type FeedFields,
  html,
  type ItemFields,
  languageTag,
  plain,
  text,
  title,
  tree,
} from './field.ts';
import { rssPerson } from './rss.ts';

/** Dublin Core elements and terms (dublincore.org), in RSS 1.0 the usual names for author, date and subject. */
export const dublinCoreItem: ItemFields = [
  ['dc:title', title('title', 5)],
  ['dcterms:title', title('title', 6)],
  ['dc:description', html('summaryHtml', 3)],
  ['dcterms:abstract', html('summaryHtml', 4)],
  ['dc:creator', tree((draft, element) => draft.author(rssPerson(element)))],
  ['dc:author', tree((draft, element) => draft.author(rssPerson(element)))],
  ['dcterms:creator', tree((draft, element) => draft.author(rssPerson(element)))],
  ['dc:subject', category()],
  ['dcterms:subject', category()],
  ['dc:language', text((draft, element) => draft.offer('language', 0, languageTag(element.text)))],
  ['dcterms:issued', date(['publishedAt', 17])],
  ['dcterms:modified', date(['updatedAt', 17])],
  ['dc:date', date(['publishedAt', 18], ['updatedAt', 18])],
];

export const dublinCoreFeed: FeedFields = [
  ['dc:title', title('title', 5)],
  ['dc:description', plain('description', 5)],
  ['dc:creator', tree((draft, element) => draft.author(rssPerson(element)))],
  ['dc:author', tree((draft, element) => draft.author(rssPerson(element)))],
  ['dcterms:creator', tree((draft, element) => draft.author(rssPerson(element)))],
  ['dc:subject', category()],
  ['dc:language', text((draft, element) => draft.offer('language', 1, languageTag(element.text)))],
  ['dcterms:issued', date(['published', 17])],
  ['dcterms:modified', date(['updated', 17])],
  ['dc:date', date(['updated', 18], ['published', 18])],
  ['dc:rights', title('copyright', 5)],
  ['dcterms:rights', title('copyright', 6)],
];
