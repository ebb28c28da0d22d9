import { setTimeout as sleep } from 'node:timers/promises';
import type { Post } from './press.ts';
import { eventually, type RunningService } from './running-service.ts';

const hourMs = 3_600_000;
const ago = (hours: number) => new Date(Math.floor(Date.now() / hourMs) * hourMs - hours * hourMs).toISOString();

/** Posts that share no story, but the two reports of the ferry, which are one text. */
export const ferry: Post = {
  guid: 'ferry',
  at: ago(5),
  title: 'Ferry Santa Lucia runs aground off Ventotene, 214 passengers taken ashore',
  text: 'The ferry Santa Lucia ran aground on Friday night off the island of Ventotene. All 214 passengers were taken ashore by the coast guard; captain Ruggero Stanzani is being questioned in Gaeta.',
};
export const ferryToo: Post = { ...ferry, guid: 'ferry-2', at: ago(4) };
export const ferryThird: Post = { ...ferry, guid: 'ferry-3', at: ago(3) };
export const glacier: Post = {
  guid: 'glacier',
  at: ago(9),
  title: 'Glaciologists drill 90 metres into the Presena ice',
  text: 'A team from the university of Padua recovered an ice core that reaches back to the year 1400; it will be kept at minus thirty degrees.',
};
export const chess: Post = {
  guid: 'chess',
  at: ago(30),
  title: 'Twelve-year-old Amira Haddad becomes chess champion of Tunisia',
  text: 'The schoolgirl from Sfax won nine of her eleven games and is the youngest champion that the federation has had.',
};
export const bridge: Post = {
  guid: 'bridge',
  at: ago(1),
  title: 'Budapest closes the Chain Bridge to cars for good',
  text: 'The city council voted on Thursday to keep the bridge for buses, bicycles and people on foot.',
};

export type Entry = {
  readonly id: string;
  readonly title: string;
  readonly date_published: string;
  readonly date_modified: string;
  readonly _newsfold?: { readonly story: string; readonly versions?: readonly unknown[] };
};

export async function entriesOf(service: RunningService, path = '/feeds/all.json'): Promise<readonly Entry[]> {
  return ((await (await fetch(`${service.url}${path}`)).json()) as { items: Entry[] }).items;
}

/** Collects sources now and waits until every item and edit was folded. */
export async function collected(service: RunningService, ...sources: readonly string[]): Promise<void> {
  const { app } = service;
  for (const source of sources) {
    await eventually(async () => (await app.context.operations.collectNow(source)) !== 'busy');
  }
  await folded(service);
}

export async function folded({ app }: RunningService): Promise<void> {
  await eventually(
    async () => (await app.store.items.undeduped(1)).length === 0 && (await app.store.items.edited(1)).length === 0,
    60,
  );
  // For so long a feed may be what it was (feed-publisher.ts).
  await sleep(600);
}
