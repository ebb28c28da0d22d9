/**
 * The schema, one numbered step per release that changed it. A step that has been released is never edited: add one.
 * `$int`, `$real`, `$text`, `$bytes`, `$seq` stand for each engine's type; `$kv` ends a small table that is looked up by its key alone.
 */
import type { StoreEngine } from './engine.ts';

export type SchemaStep = { readonly version: number; statements(kind: StoreEngine['kind']): readonly string[] };

const first = `
create table source_states (
  source_id $text primary key, url $text not null, configured_url $text not null, host $text not null, title $text, link $text,
  language $text, format $text, etag $text, last_modified $text, body_hash $text, next_at $int not null,
  next_reason $text not null, health $text not null, problem $text, failures $int not null, last_fetch_at $int,
  last_success_at $int, last_new_item_at $int, item_count $int not null, memory $text not null, paused $int not null,
  removed $int not null, lease_holder $text not null, lease_until $int not null, token $int not null, fetch_count $int not null
);
create index source_states_due on source_states (next_at) where paused = 0 and removed = 0;
create index source_states_leased on source_states (lease_until) where lease_until > 0;
create table fetches (
  source_id $text not null, slot $int not null, at $int not null, duration_ms $int not null, outcome $text not null,
  status $int, bytes $int not null, items_total $int not null, items_new $int not null, items_edited $int not null,
  message $text, warnings $text not null, primary key (source_id, slot)
) $kv;
create table source_days (source_id $text not null, day $int not null, items $int not null, primary key (source_id, day)) $kv;
create table items (
  seq $seq, id $text not null unique, source_id $text not null, touched_at $int not null, order_at $int not null,
  first_seen_at $int not null, article_at $int, revision $int not null, raw_hash $text not null, content_hash $text not null,
  keys $text not null, published_at $int, updated_at $int, language $text, guid $text, url $text, canonical_url $text,
  title $text not null, image $text, authors $text not null, categories $text not null, enclosures $text not null,
  extra $text not null, summary_html $text, text $text not null, content_html $text
);
create index items_source on items (source_id, touched_at, order_at);
create index items_seen on items (first_seen_at);
create index items_article on items (source_id, seq) where article_at is not null;
create table tombstones (
  item_id $text primary key, source_id $text not null, touched_at $int not null, order_at $int not null,
  first_seen_at $int not null, raw_hash $text not null, content_hash $text not null, keys $text not null,
  deleted_at $int not null, reason $text not null
) $kv;
create index tombstones_source on tombstones (source_id, touched_at);
create table item_keys (source_id $text not null, key $text not null, item_id $text not null, primary key (source_id, key)) $kv;
create table dedup_queue (seq $int primary key, revision $int not null, edited $int not null);
create index dedup_queue_edited on dedup_queue (seq) where edited = 1;
create table versions (
  item_id $text primary key, story_id $text not null, score $real not null, with_id $text, evidence $text not null,
  joined_at $int not null, source_id $text not null, story_published_at $int not null
) $kv;
create index versions_story on versions (story_id);
create index versions_source on versions (source_id, story_published_at, story_id);
create table stories (
  id $text primary key, published_at $int not null, updated_at $int not null, item_count $int not null,
  languages $text not null, merged_into $text
) $kv;
create index stories_page on stories (published_at, id) where item_count > 0;
create index stories_empty on stories (updated_at) where item_count = 0 and merged_into is null;
create index stories_merged on stories (merged_into) where merged_into is not null;
create table story_topics (
  story_id $text not null, topic_id $text not null, published_at $int not null, strength $real not null,
  evidence $text not null, added_at $int not null, primary key (story_id, topic_id)
) $kv;
create index story_topics_page on story_topics (topic_id, published_at, story_id);
create table topic_versions (topic_id $text primary key, version $int not null, changed_at $int not null) $kv;
create table corrections (
  id $text primary key, kind $text not null, a $text not null, b $text not null, at $int not null, by_whom $text not null,
  undone_at $int, action $text not null
) $kv;
create index corrections_action on corrections (action);
create table audit (
  id $seq, at $int not null, by_whom $text not null, action $text not null, subject $text not null, detail $text not null
);
create table tokens (
  id $text primary key, hash $text not null unique, kind $text not null, scope $text not null, topic_id $text,
  label $text not null, created_at $int not null, expires_at $int, last_used_at $int, revoked_at $int
) $kv;
create table facts (key $text primary key, value $text not null) $kv;
create table leases (name $text primary key, holder $text not null, fence $int not null, lease_until $int not null) $kv;
create table hubs (
  direction $text not null, key $text not null, topic_url $text not null, hub_url $text, secret $text,
  state $text not null, expires_at $int, memory $text not null, primary key (direction, key, topic_url)
) $kv;
create table counters (name $text not null, shard $int not null, n $int not null, primary key (name, shard)) $kv;
create table hourly (hour $int not null, name $text not null, shard $int not null, n $int not null, primary key (hour, name, shard)) $kv
`;

/** One row for every item that has a story, in order of arrival; without bytes it is read anew at the next start. */
const keptItems = `
create table dedup_items (
  seq $int primary key, item_id $text not null, first_seen_at $int not null, reader $text not null, kept $bytes
);
create index dedup_items_kept on dedup_items (first_seen_at) where kept is not null;
insert into dedup_items (seq, item_id, first_seen_at, reader)
  select items.seq, items.id, items.first_seen_at, '' from items join versions on versions.item_id = items.id
`;

/** What a document is held against, beside each other in the index itself: each item has a page of its own in the table. */
const knownItems = `
drop index items_source;
create index items_known on items (source_id, touched_at, order_at, id, keys, raw_hash, content_hash, first_seen_at)
`;

const search = {
  // Contentless: the index keeps positions only; the text itself is in `items`.
  sqlite: [
    `create virtual table item_search using fts5(document, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0")`,
  ],
  postgres: [
    'create table item_search (seq bigint primary key, document tsvector not null)',
    'create index item_search_document on item_search using gin (document)',
  ],
};

export const schemaSteps: readonly SchemaStep[] = [
  { version: 1, statements: kind => [...statements(first, kind), ...search[kind]] },
  { version: 2, statements: kind => statements(keptItems, kind) },
  // PostgreSQL reads the table all the same, to see whether a row is there for this transaction.
  { version: 3, statements: kind => (kind === 'sqlite' ? statements(knownItems, kind) : []) },
];

const types = {
  sqlite: {
    $int: 'integer',
    $real: 'real',
    $text: 'text',
    $bytes: 'blob',
    $seq: 'integer primary key autoincrement',
    $kv: 'without rowid',
  },
  postgres: {
    $int: 'bigint',
    $real: 'double precision',
    // Byte order, as in SQLite: pages and cursors sort alike on both engines whatever the server's locale.
    $text: 'text collate "C"',
    $bytes: 'bytea',
    $seq: 'bigint generated by default as identity primary key',
    $kv: '',
  },
} as const;

function statements(ddl: string, kind: StoreEngine['kind']): readonly string[] {
  return ddl
    .replace(/\$(?:int|real|text|bytes|seq|kv)\b/g, word => types[kind][word as keyof (typeof types)['sqlite']])
    .split(';')
    .map(statement => statement.trim())
    .filter(statement => statement !== '');
}
