import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { printable } from '../core/text/printable.ts';
import { redact } from '../core/text/redact.ts';
import { AppError } from '../errors.ts';
import type { Source } from '../model.ts';
import { concealEntry } from '../pipeline/conceal-secrets.ts';
import { sourceIdFor, writtenSource } from '../pipeline/edit-sources.ts';
import { exportOpml } from '../web/export-opml.ts';
import { findTwin, listSources } from '../web/source-listing.ts';
import { answer, forMachines, type JsonOption } from './answer.ts';
import { addSourceChanges } from './change-source.ts';
import { startProgress } from './line-progress.ts';
import { withApp } from './open-app.ts';
import { formatTable } from './print-table.ts';
import type { Shell } from './shell.ts';
import { shellEdits } from './shell-edits.ts';
import { addSuggestCommand } from './suggest-rules.ts';

/** `sources list|add|test|suggest|pause|resume|remove|import|export`. */
export function addSourceCommands(program: Command, shell: Shell): void {
  const sources = program.command('sources').description('the feeds and pages that are collected');
  sources
    .command('list')
    .description('all sources with their health')
    .option('--json', 'for machines')
    .action((options: { json?: boolean }, command: Command) => list(options, command, shell));
  forMachines(sources.command('add'))
    .description('add a feed, or a page whose feeds or items are found')
    .argument('<url>')
    .option('--id <id>', 'kebab-case; made from the address by default')
    .option('--title <title>')
    .option('--tag <tag>', 'may be repeated', (tag: string, tags: string[] = []) => [...tags, tag])
    .option('--scrape', 'the address is a page without a feed: find its items')
    .option('--no-test', 'add it without trying it first')
    .action((url: string, options: AddOptions, command: Command) => add(url, options, command, shell));
  sources
    .command('test')
    .description('what happens when a source is fetched, step by step')
    .argument('<url-or-id>')
    .option('--scrape', 'read it as a page')
    .option('--json', 'for machines')
    .action((target: string, options: { scrape?: boolean; json?: boolean }, command: Command) =>
      test(target, options, command, shell),
    );
  addSuggestCommand(sources, shell);
  addSourceChanges(sources, shell);
  sources
    .command('import')
    .description('add every feed of an OPML file; what is there already stays as it is')
    .argument('<file>', 'or - for standard input')
    .option('--json', 'for machines')
    .action((file: string, options: { json?: boolean }, command: Command) => importFile(file, options, command, shell));
  sources
    .command('export')
    .description('write all sources as OPML')
    .option('--json', 'their entries as one JSON document, secrets hidden')
    .action((options: JsonOption, command: Command) =>
      withApp(command, shell, async app => {
        const { edits } = shellEdits(app);
        if (!options.json) return void shell.stdout.write(await exportOpml(app.context, edits));
        const entries = await edits.readAll('sources');
        shell.stdout.write(`${JSON.stringify({ sources: entries.map(entry => concealEntry(entry)) })}\n`);
      }),
    );
}

type AddOptions = JsonOption & {
  readonly id?: string;
  readonly title?: string;
  readonly tag?: string[];
  readonly scrape?: boolean;
  readonly test: boolean;
};

async function list(options: { json?: boolean }, command: Command, shell: Shell): Promise<void> {
  await withApp(command, shell, async app => {
    const rows = await listSources(app.context, { sort: 'health' });
    if (options.json) {
      for (const { source, state, health } of rows) {
        shell.stdout.write(
          `${JSON.stringify({ id: source.id, url: redact(state?.url ?? source.url), title: source.title ?? state?.title ?? null, tags: source.tags, health, problem: state?.problem ?? null, items: state?.itemCount ?? 0, lastSuccessAt: state?.lastSuccessAt ?? null, nextAt: state?.nextAt ?? null })}\n`,
        );
      }
      return;
    }
    shell.stdout.write(
      formatTable(
        ['source', 'health', 'items', 'last success', 'address or problem'],
        rows.map(({ source, state, health }) => [
          source.id,
          health,
          String(state?.itemCount ?? 0),
          state?.lastSuccessAt ? new Date(state.lastSuccessAt).toISOString().slice(0, 16).replace('T', ' ') : '–',
          state?.problem ?? redact(source.url),
        ]),
        shell.stdout.columns,
      ),
    );
  });
}

async function add(url: string, options: AddOptions, command: Command, shell: Shell): Promise<void> {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    throw new AppError('usage', `"${url}" is no address; write it whole, beginning with http:// or https://`);
  await withApp(command, shell, async app => {
    const known = [...app.context.sources().values()];
    const twin = findTwin(app.context.sources(), url);
    if (twin) throw new AppError('conflict', `this address is already collected as "${twin.id}"`);
    // A machine reads stderr for the problem: what people are told on the way is in its answer.
    const tell = (words: string) => void (options.json || shell.stderr.write(words));
    let source: Source = {
      id: options.id ?? sourceIdFor(url, known),
      url,
      tags: options.tag ?? [],
      paused: false,
      fullText: false,
      keep: [],
      drop: [],
      http: {},
      ...(options.title === undefined ? {} : { title: options.title }),
      ...(options.scrape ? { scrape: {} } : {}),
    };
    if (options.test) {
      const tested = await app.context.operations.testSource(source);
      const [feed] = tested.feedsOnPage;
      if (!tested.ok && feed) {
        tell(`this is a page; taking the feed of its site: ${say(feed.url)}\n`);
        source = { ...source, url: feed.url };
      } else if (!tested.ok) throw new AppError('fetch-failed', tested.problem ?? 'the source cannot be read');
      else tell(`${tested.format}, ${tested.total} items: ${say(tested.title ?? url)}\n`);
    }
    const { edits, how } = shellEdits(app);
    const entry = writtenSource(source);
    await edits.create('sources', entry, how);
    answer(shell, options, { json: concealEntry(entry), text: `added ${source.id}\n` });
  });
}

async function test(
  target: string,
  options: { scrape?: boolean; json?: boolean },
  command: Command,
  shell: Shell,
): Promise<void> {
  await withApp(command, shell, async app => {
    const known = app.context.sources().get(target);
    if (!known && !/^https?:\/\//.test(target))
      throw new AppError('usage', `"${target}" is neither an address nor the id of a source`);
    const source: Source = known ?? {
      id: 'test',
      url: target,
      tags: [],
      paused: false,
      fullText: false,
      keep: [],
      drop: [],
      http: {},
      ...(options.scrape ? { scrape: {} } : {}),
    };
    const tested = await app.context.operations.testSource(source);
    if (options.json) shell.stdout.write(`${JSON.stringify(tested)}\n`);
    else {
      for (const step of tested.steps)
        shell.stdout.write(
          `${step.ok ? '✓' : '✗'} ${step.name.padEnd(10)} ${step.ms === null ? '' : `${step.ms} ms  `}${say(step.detail)}\n`,
        );
      for (const item of tested.items.slice(0, 5))
        shell.stdout.write(`  • ${say(item.title)}${item.url ? `  ${say(item.url)}` : ''}\n`);
      for (const warning of tested.warnings.slice(0, 10)) shell.stdout.write(`  ! ${say(warning.message)}\n`);
      if (tested.problem) shell.stdout.write(`${say(tested.problem)}\n`);
    }
    shell.finish(tested.ok ? 0 : 1);
  });
}

async function importFile(file: string, options: { json?: boolean }, command: Command, shell: Shell): Promise<void> {
  const text =
    file === '-'
      ? await readAll(shell.stdin)
      : await readFile(file, 'utf8').catch(error => {
          throw new AppError('usage', `${file} cannot be read: ${(error as Error).message}`);
        });
  await withApp(command, shell, async app => {
    const { edits, how } = shellEdits(app);
    const progress = startProgress(shell.stderr, { label: 'import', total: 1, unit: 'sources' });
    const report = await edits.importOpml(text, how, progress.update).finally(progress.stop);
    if (options.json) return void shell.stdout.write(`${JSON.stringify(report)}\n`);
    for (const { url, result } of report.lines) shell.stderr.write(`${result.padEnd(9)} ${say(url)}\n`);
    shell.stdout.write(`${report.added} added, ${report.known} already there, ${report.refused} refused\n`);
  });
}

/** What publishers and addresses say, without secrets and without anything that a terminal obeys. */
function say(words: string): string {
  return printable(redact(words));
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  return text;
}
