import type { Command } from 'commander';
import { printable } from '../core/text/printable.ts';
import { AppError } from '../errors.ts';
import type { StoryWithVersions } from '../model.ts';
import { answer, forMachines, type JsonOption } from './answer.ts';
import { withApp } from './open-app.ts';
import { formatTable } from './print-table.ts';
import type { Shell } from './shell.ts';
import { shellUser } from './shell-user.ts';
import { wholeNumber } from './whole-number.ts';

/** `stories search|show|split|merge|never-merge|undo`. */
export function addStoryCommands(program: Command, shell: Shell): void {
  const stories = program.command('stories').description('what was folded, why, and how to correct it');
  stories
    .command('search')
    .description('stories whose text holds these words, newest first')
    .argument('<words...>')
    .option('--limit <n>', 'at most so many', wholeNumber(200), 20)
    .option('--json', 'for machines')
    .action((words: string[], options: { limit: number; json?: boolean }, command: Command) =>
      withApp(command, shell, async app => {
        const found = await app.store.stories.page({
          topic: 'all',
          q: words.join(' '),
          limit: options.limit,
        });
        if (options.json) for (const story of found) shell.stdout.write(`${JSON.stringify(story)}\n`);
        else if (found.length === 0) shell.stderr.write('no story holds these words\n');
        else shell.stdout.write(storyTable(found, shell));
      }),
    );
  stories
    .command('show')
    .description('one story with all its versions and why they are one')
    .argument('<id>')
    .option('--json', 'for machines')
    .action((id: string, options: { json?: boolean }, command: Command) =>
      withApp(command, shell, async app => {
        const story = await app.store.stories.get(id);
        if (!story) throw new AppError('not-found', `there is no story ${id}`);
        if (options.json) return void shell.stdout.write(`${JSON.stringify(story)}\n`);
        printStory(story, shell, evidence => app.context.describeEvidence(evidence, 'en'));
      }),
    );
  forMachines(stories.command('split'))
    .description('take versions out of a story; they stay apart from it')
    .argument('<id>', 'the story')
    .argument('<items...>', 'the ids of the versions that leave')
    .action((id: string, items: string[], options: JsonOption, command: Command) =>
      correct({ options, command, shell }, (operations, by) => operations.split(id, items, by)),
    );
  forMachines(stories.command('merge'))
    .description('make several stories one')
    .argument('<ids...>')
    .action((ids: string[], options: JsonOption, command: Command) =>
      correct({ options, command, shell }, (operations, by) => operations.merge(ids, by)),
    );
  forMachines(stories.command('never-merge'))
    .description('two stories that must stay two')
    .argument('<a>')
    .argument('<b>')
    .action((a: string, b: string, options: JsonOption, command: Command) =>
      correct({ options, command, shell }, (operations, by) => operations.neverMerge(a, b, by)),
    );
  forMachines(stories.command('undo'))
    .description('take a correction back')
    .argument('<action>', 'as the correction printed it')
    .action((action: string, options: JsonOption, command: Command) =>
      correct({ options, command, shell }, async (operations, by) => ({
        action,
        pairs: await operations.undo(action, by),
      })),
    );
}

type Operations = Awaited<Parameters<Parameters<typeof withApp>[2]>[0]>['context']['operations'];

type Undone = { readonly action: string; readonly pairs: number };

/** Tells the action's id, by which it is undone, or what an undo took back. */
async function correct(
  { options, command, shell }: { options: JsonOption; command: Command; shell: Shell },
  work: (operations: Operations, by: string) => Promise<string | Undone>,
): Promise<void> {
  await withApp(command, shell, async app => {
    const done = await work(app.context.operations, shellUser());
    const [json, text] = typeof done === 'string' ? [{ action: done }, done] : [done, `${done.pairs} pairs`];
    answer(shell, options, { json, text: `${text}\n` });
    if (!options.json) shell.stderr.write('The running service takes it over within a few seconds.\n');
  });
}

function storyTable(stories: readonly StoryWithVersions[], shell: Shell): string {
  return formatTable(
    ['story', 'languages', 'published', 'title'],
    stories.map(({ id, languages, publishedAt, versions }) => [
      id,
      languages.join(','),
      new Date(publishedAt).toISOString().slice(0, 16).replace('T', ' '),
      versions[0]?.item.title ?? '',
    ]),
    shell.stdout.columns,
  );
}

function printStory(
  story: StoryWithVersions,
  shell: Shell,
  describe: (evidence: StoryWithVersions['versions'][number]['evidence']) => readonly string[],
): void {
  shell.stdout.write(`${story.id}  first published ${new Date(story.publishedAt).toISOString()}\n`);
  for (const { item, evidence } of story.versions) {
    shell.stdout.write(
      `\n${item.language ?? '?'}  ${printable(item.title)}\n    ${item.sourceId}  ${printable(item.url ?? '')}\n    ${item.id}\n`,
    );
    for (const reason of describe(evidence)) shell.stdout.write(`    · ${printable(reason)}\n`);
  }
}
