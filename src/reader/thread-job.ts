import type { ArticleRead, Reader, ReadOutcome, ReadRequest } from '../pipeline/ports.ts';

/** What goes into a reading thread, and what comes back. */
export type ThreadJob =
  | { readonly kind: 'read'; readonly request: ReadRequest }
  | { readonly kind: 'article'; readonly page: Parameters<Reader['readArticle']>[0] };

export type ThreadAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly outcome: ReadOutcome }
  | { readonly kind: 'article'; readonly article: ArticleRead | null }
  | { readonly kind: 'failed'; readonly message: string };

/** How a job can end without an answer: the thread was stopped. */
export type ThreadStop =
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'died'; readonly message: string };
