import type { Desk } from './desk-request.ts';

/** A language in the visitor's words; its tag when nobody has a word for it. */
export function languageName(tag: string, { shell, t }: Pick<Desk, 'shell' | 't'>): string {
  if (tag === '') return t('languageUnknown');
  try {
    return new Intl.DisplayNames([shell.language], { type: 'language' }).of(tag) ?? tag;
  } catch {
    // Not a language tag at all: publishers write what they like.
    return tag;
  }
}
