import type { ArticleRead, Reader, ReadOutcome, ReadRequest } from '../pipeline/ports.ts';

/** What goes into a reading process, and what comes back. */
export type ReaderJob =
  | { readonly kind: 'read'; readonly request: ReadRequest }
  | { readonly kind: 'article'; readonly page: Parameters<Reader['readArticle']>[0] };

export type ReaderAnswer =
  | { readonly kind: 'read'; readonly outcome: ReadOutcome }
  | { readonly kind: 'article'; readonly article: ArticleRead | null }
  | { readonly kind: 'failed'; readonly message: string };
