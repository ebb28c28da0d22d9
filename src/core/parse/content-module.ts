import { html, type ItemFields } from './field.ts';

/** `content:encoded` and inline XHTML (web.resource.org/rss/1.0/modules/content). */
export const contentItem: ItemFields = [
  ['content:encoded', html('contentHtml', 0)],
  ['xhtml:body', { ...html('contentHtml', 1), inline: () => true }],
  ['xhtml:div', { ...html('contentHtml', 2), inline: () => true }],
];
