import type { Alternate } from '../../model.ts';

/** An item as read from a page, before it becomes a `ParsedItem`; texts are plain, `contentHtml` is raw. */
export type ReadItem = {
  readonly id: string | null;
  readonly url: string | null;
  readonly key: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly truncated: boolean;
  readonly contentHtml: string | null;
  readonly publishedAt: number | null;
  readonly updatedAt: number | null;
  readonly image: string | null;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly language: string | null;
  /** The same article in other languages, as its page links them. */
  readonly alternates?: readonly Alternate[];
};
