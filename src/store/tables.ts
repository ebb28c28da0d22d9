/** The tables as Kysely sees them; `schema.ts` creates them. Both engines hand numbers back as numbers, JSON as text. */
import type { Generated } from 'kysely';

export type Tables = {
  newsfold_schema: { version: number };
  source_states: SourceStateRow;
  fetches: FetchRow;
  source_days: { source_id: string; day: number; items: number };
  items: ItemRow;
  tombstones: TombstoneRow;
  item_keys: { source_id: string; key: string; item_id: string };
  dedup_items: DedupItemRow;
  dedup_queue: { seq: number; revision: number; edited: number };
  versions: VersionRow;
  stories: StoryRow;
  story_topics: StoryTopicRow;
  topic_versions: { topic_id: string; version: number; changed_at: number };
  corrections: CorrectionRow;
  audit: { id: Generated<number>; at: number; by_whom: string; action: string; subject: string; detail: string };
  tokens: TokenRow;
  facts: { key: string; value: string };
  leases: { name: string; holder: string; fence: number; lease_until: number };
  hubs: HubRow;
  counters: { name: string; shard: number; n: number };
  hourly: { hour: number; name: string; shard: number; n: number };
};

export type SourceStateRow = {
  source_id: string;
  url: string;
  configured_url: string;
  host: string;
  title: string | null;
  link: string | null;
  language: string | null;
  format: string | null;
  etag: string | null;
  last_modified: string | null;
  body_hash: string | null;
  next_at: number;
  next_reason: string;
  health: string;
  problem: string | null;
  failures: number;
  last_fetch_at: number | null;
  last_success_at: number | null;
  last_new_item_at: number | null;
  item_count: number;
  memory: string;
  paused: number;
  removed: number;
  lease_holder: string;
  lease_until: number;
  token: number;
  fetch_count: number;
};

export type FetchRow = {
  source_id: string;
  /** `fetch_count mod historyMax`: a ring, so that the history of a source never grows and is never cleaned up. */
  slot: number;
  at: number;
  duration_ms: number;
  outcome: string;
  status: number | null;
  bytes: number;
  items_total: number;
  items_new: number;
  items_edited: number;
  message: string | null;
  warnings: string;
};

export type ItemRow = {
  seq: Generated<number>;
  id: string;
  source_id: string;
  touched_at: number;
  order_at: number;
  first_seen_at: number;
  /** When its own page may be read: 0 at first, a time after a failed try, `null` once that is settled. */
  article_at: number | null;
  revision: number;
  raw_hash: string;
  content_hash: string;
  keys: string;
  published_at: number | null;
  updated_at: number | null;
  language: string | null;
  guid: string | null;
  url: string | null;
  canonical_url: string | null;
  title: string;
  image: string | null;
  authors: string;
  categories: string;
  enclosures: string;
  extra: string;
  summary_html: string | null;
  text: string;
  content_html: string | null;
};

export type TombstoneRow = {
  item_id: string;
  source_id: string;
  touched_at: number;
  order_at: number;
  first_seen_at: number;
  raw_hash: string;
  content_hash: string;
  keys: string;
  deleted_at: number;
  /** `deleted` by a person is kept for ever, `pruned` within bounds. */
  reason: string;
};

/** What the dedup keeps of an item, by one way of reading; `null`: to be read anew. */
export type DedupItemRow = {
  seq: number;
  item_id: string;
  first_seen_at: number;
  reader: string;
  kept: Uint8Array | null;
};

export type VersionRow = {
  item_id: string;
  story_id: string;
  score: number;
  with_id: string | null;
  evidence: string;
  joined_at: number;
  source_id: string;
  story_published_at: number;
};

export type StoryRow = {
  id: string;
  published_at: number;
  updated_at: number;
  item_count: number;
  languages: string;
  merged_into: string | null;
};

export type StoryTopicRow = {
  story_id: string;
  topic_id: string;
  published_at: number;
  strength: number;
  evidence: string;
  added_at: number;
};

export type CorrectionRow = {
  id: string;
  kind: string;
  a: string;
  b: string;
  at: number;
  by_whom: string;
  undone_at: number | null;
  action: string;
};

export type TokenRow = {
  id: string;
  hash: string;
  kind: string;
  scope: string;
  topic_id: string | null;
  label: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
};

export type HubRow = {
  direction: string;
  key: string;
  topic_url: string;
  hub_url: string | null;
  secret: string | null;
  state: string;
  expires_at: number | null;
  memory: string;
};
