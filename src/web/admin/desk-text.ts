import type { UiLanguage } from '../ui-text.ts';
import { accessText } from './text/access-text.ts';
import { configText } from './text/config-text.ts';
import { fieldText } from './text/field-text.ts';
import { sourceText } from './text/source-text.ts';
import { statusText } from './text/status-text.ts';
import { storyText } from './text/story-text.ts';
import { topicText } from './text/topic-text.ts';

/** Every sentence of the desk, an area a file. `{name}` is filled in. */
const catalogue = {
  en: {
    ...accessText.en,
    ...configText.en,
    ...fieldText.en,
    ...sourceText.en,
    ...statusText.en,
    ...storyText.en,
    ...topicText.en,
  },
  it: {
    ...accessText.it,
    ...configText.it,
    ...fieldText.it,
    ...sourceText.it,
    ...statusText.it,
    ...storyText.it,
    ...topicText.it,
  },
} as const;

export type DeskTextKey = keyof (typeof catalogue)['en'];
export type DeskText = (key: DeskTextKey, values?: Readonly<Record<string, string | number>>) => string;

export function deskText(language: UiLanguage): DeskText {
  return (key, values = {}) =>
    catalogue[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

export function isDeskTextKey(key: string | null): key is DeskTextKey {
  return key !== null && Object.hasOwn(catalogue.en, key);
}
