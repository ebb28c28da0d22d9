import type { EntryList } from '../config/entry-list.ts';
import type { Entry, ListName } from '../config/entry-texts.ts';
import type { ConfigFileName } from '../config/load-config.ts';
import { AppError } from '../errors.ts';
import { concealText, revealEntry, revealText } from '../pipeline/conceal-secrets.ts';
import {
  type ImportOptions,
  type ImportReport,
  importOpml,
  importSources,
  type WantedSource,
} from '../pipeline/edit-sources.ts';
import type { WebContext } from './web-context.ts';

export type { Entry };

/** Who edits, and what they saw: a tag of the entry or the file, `*` for anything, `undefined` for whatever is there. */
export type How = {
  readonly by: string;
  readonly ifMatch?: readonly string[] | undefined;
  readonly mustBeNew?: boolean;
};

export type DeskEdits = {
  /** The entry as it is written, with its tag; `null` when the file has none. */
  read(list: ListName, id: string): Promise<{ readonly entry: Entry; readonly tag: string } | null>;
  readAll(list: ListName): Promise<readonly Entry[]>;
  /** Addresses that name a variable of the environment, as they are written: what they expand to may be secret. */
  writtenAddresses(): Promise<ReadonlyMap<string, string>>;
  create(list: ListName, entry: Entry, how: How): Promise<string>;
  /** @returns the new tag, and whether there was none before */
  replace(
    list: ListName,
    id: string,
    entry: Entry,
    how: How,
  ): Promise<{ readonly tag: string; readonly created: boolean }>;
  /** RFC 7396: named keys change, `null` takes one away. `check` sees the result before it is written. */
  patch(
    list: ListName,
    id: string,
    changes: Entry,
    how: How & { readonly check?: (entry: Entry) => void },
  ): Promise<string>;
  remove(list: ListName, id: string, how: How): Promise<void>;
  order(list: ListName, ids: readonly string[], how: How): Promise<void>;
  importOpml(text: string, how: How, tell?: ImportOptions['tell']): Promise<ImportReport>;
  /** Several at once; addresses that are there already are left out. `from` says in the log where they come from. */
  importSources(wanted: readonly WantedSource[], how: How & { readonly from: string }): Promise<ImportReport>;
  /** A file's text with its secrets hidden. */
  readText(file: ConfigFileName): Promise<{ readonly text: string; readonly tag: string }>;
  replaceText(file: ConfigFileName, text: string, how: How): Promise<void>;
  restore(file: ConfigFileName, revision: string, how: How): Promise<void>;
};

/** Every edit of the files by page and API: guarded by tags, noted in the audit log, in force when it answers. */
export function createDeskEdits(context: WebContext, tagger: () => Promise<(value: unknown) => string>): DeskEdits {
  const { editor, config, store, work, now } = context;
  /** In force before it answers. */
  const edit = async (list: ListName, change: (entries: EntryList) => void) =>
    config.refresh(await editor.edit(list, null, change));
  const noted = async (how: How, action: string, subject: string, detail: Entry = {}): Promise<void> => {
    await store.audit.add({ at: now(), by: how.by, action, subject, detail });
  };
  const nameOf = (list: ListName) => (list === 'sources' ? 'source' : 'topic');

  const read: DeskEdits['read'] = async (list, id) => {
    const tagOf = await tagger();
    const entry = (await editor.entries(list)).find(known => known.id === id);
    return entry ? { entry, tag: tagOf(entry) } : null;
  };
  const write = async (list: ListName, id: string, how: How, produce: (previous: Entry | null) => Entry) => {
    const tagOf = await tagger();
    let created = false;
    let tag = '';
    await edit(list, entries => {
      const previous = entries.read(id);
      guard(how, previous === null ? null : tagOf(previous));
      const next = produce(previous);
      created = previous === null;
      if (created) entries.add(next);
      else entries.replace(id, next);
      tag = tagOf(entries.read(id));
    });
    return { created, tag };
  };

  const imported = async (
    { how, action, tell }: { how: How; action: string } & ImportOptions,
    run: (options: ImportOptions) => Promise<ImportReport>,
  ) => {
    const report = await work.during({ kind: 'import', startedAt: now() }, show =>
      run({
        tell: (done, total) => {
          show(done, total);
          tell?.(done, total);
        },
      }),
    );
    await config.refresh();
    const { added, known, refused } = report;
    await noted(how, action, `${added} sources`, { added, known, refused });
    return report;
  };

  return {
    read,
    readAll: list => editor.entries(list),
    writtenAddresses: async () => {
      if (!(await editor.read('sources')).text.includes('${')) return new Map();
      const entries = (await editor.entries('sources')).map(({ id, url }) => [String(id), String(url)] as const);
      return new Map(entries.filter(([, url]) => url.includes('${')));
    },
    create: async (list, entry, how) => {
      const id = String(entry.id);
      const { tag } = await write(list, id, how, previous => {
        if (previous !== null) throw new AppError('conflict', `There is already a ${nameOf(list)} "${id}".`);
        return revealEntry(entry, null);
      });
      await noted(how, `${nameOf(list)}-add`, id);
      return tag;
    },
    replace: async (list, id, entry, how) => {
      const written = await write(list, id, how, previous => revealEntry({ ...entry, id }, previous));
      await noted(how, `${nameOf(list)}-${written.created ? 'add' : 'edit'}`, id);
      return written;
    },
    patch: async (list, id, changes, how) => {
      const { tag } = await write(list, id, how, previous => {
        if (previous === null) throw new AppError('not-found', `There is no ${nameOf(list)} "${id}" in ${list}.yaml.`);
        const next = revealEntry(mergePatch(previous, changes) as Entry, previous);
        how.check?.(next);
        return next;
      });
      await noted(how, `${nameOf(list)}-edit`, id, { keys: Object.keys(changes) });
      return tag;
    },
    remove: async (list, id, how) => {
      const tagOf = await tagger();
      await edit(list, entries => {
        const previous = entries.read(id);
        if (previous === null) throw new AppError('not-found', `There is no ${nameOf(list)} "${id}" in ${list}.yaml.`);
        guard(how, tagOf(previous));
        entries.remove(id);
      });
      await noted(how, `${nameOf(list)}-remove`, id);
    },
    order: async (list, ids, how) => {
      await edit(list, entries => entries.order(ids));
      await noted(how, `${list}-order`, ids.join(' ').slice(0, 200));
    },
    importOpml: (text, how, tell) =>
      imported({ how, action: 'opml-import', ...(tell ? { tell } : {}) }, options => importOpml(editor, text, options)),
    importSources: (wanted, how) =>
      imported({ how, action: how.from }, options => importSources(editor, wanted, options)),
    readText: async file => {
      const [{ text, hash }, tagOf] = [await editor.read(file), await tagger()];
      return { text: concealText(text), tag: tagOf(hash) };
    },
    replaceText: async (file, text, how) => {
      const [{ text: before, hash }, tagOf] = [await editor.read(file), await tagger()];
      guard(how, tagOf(hash));
      await config.refresh(await editor.replace(file, hash, revealText(text, before)));
      await noted(how, 'config-edit', `${file}.yaml`);
    },
    restore: async (file, revision, how) => {
      const [text, { hash }, tagOf] = [
        await editor.revisionText(file, revision),
        await editor.read(file),
        await tagger(),
      ];
      guard(how, tagOf(hash));
      await config.refresh(await editor.replace(file, hash, text));
      await noted(how, 'config-restore', `${file}.yaml`, { revision });
    },
  };
}

/** RFC 9110 §13.1: If-Match and If-None-Match against the tag of what is there. */
function guard({ ifMatch, mustBeNew }: How, current: string | null): void {
  if (mustBeNew && current !== null) throw new AppError('config-conflict', 'It exists already.');
  if (ifMatch === undefined) return;
  if (current === null || !(ifMatch.includes('*') || ifMatch.includes(current)))
    throw new AppError('config-conflict', 'It was changed meanwhile. Load it again and repeat your change.');
}

function mergePatch(target: unknown, patch: unknown): unknown {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const result = new Map(
    Object.entries(target !== null && typeof target === 'object' && !Array.isArray(target) ? target : {}),
  );
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, mergePatch(result.get(key), value));
  }
  return Object.fromEntries(result);
}
