import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { newsboatProgram } from './services.ts';

const run = promisify(execFile);

export type Newsboat = {
  /** Fetches its subscriptions as it does every day. */
  refresh(): Promise<void>;
  /** What it keeps: one row an item it ever saw. */
  items(): readonly { readonly guid: string; readonly title: string; readonly at: number; readonly unread: boolean }[];
  markAllRead(): void;
  remove(): Promise<void>;
};

/** newsboat with a folder of its own, subscribed to these feeds; `null` when it is not installed. */
export async function startNewsboat(feeds: readonly string[]): Promise<Newsboat | null> {
  const program = newsboatProgram();
  if (!program) return null;
  const dir = await mkdtemp(join(tmpdir(), 'newsfold-newsboat-'));
  const file = (name: string) => join(dir, name);
  await writeFile(file('urls'), `${feeds.join('\n')}\n`);
  await writeFile(file('config'), 'reload-threads 1\ndownload-retries 1\nkeep-articles-days 0\n');
  const flags = ['-u', file('urls'), '-c', file('cache.db'), '-C', file('config')];
  const query = <T>(use: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(file('cache.db'));
    try {
      return use(db);
    } finally {
      db.close();
    }
  };
  return {
    refresh: async () => {
      await run(program, [...flags, '-x', 'reload'], { env: { ...process.env, HOME: dir }, timeout: 60_000 });
    },
    items: () =>
      query(db =>
        db
          .prepare('select guid, title, pubDate, unread from rss_item where deleted = 0 order by guid')
          .all()
          .map(row => ({
            guid: String(row.guid),
            title: String(row.title),
            at: Number(row.pubDate) * 1000,
            unread: row.unread === 1,
          })),
      ),
    markAllRead: () => query(db => db.exec('update rss_item set unread = 0')),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}
