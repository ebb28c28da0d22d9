import type { Command } from 'commander';
import { topicSchema, toTopic } from '../config/topics.ts';
import { printable } from '../core/text/printable.ts';
import { describeMatch } from '../core/topics/describe-match.ts';
import { AppError } from '../errors.ts';
import type { Topic } from '../model.ts';
import { answer, forMachines, type JsonOption } from './answer.ts';
import { withApp } from './open-app.ts';
import { formatTable } from './print-table.ts';
import type { Shell } from './shell.ts';
import { shellEdits } from './shell-edits.ts';
import { wholeNumber } from './whole-number.ts';

type TopicOptions = {
  readonly title?: string;
  readonly any?: string[];
  readonly all?: string[];
  readonly none?: string[];
  readonly about?: string;
  readonly subject?: string;
  readonly json?: boolean;
  readonly days?: number;
};

const many = (value: string, values: string[] = []) => [
  ...values,
  ...value
    .split(',')
    .map(word => word.trim())
    .filter(Boolean),
];

/** `topics list|add|preview|remove`. */
export function addTopicCommands(program: Command, shell: Shell): void {
  const topics = program.command('topics').description('what is republished as one feed each');
  topics
    .command('list')
    .description('all topics with their feeds')
    .option('--json', 'for machines')
    .action((options: TopicOptions, command: Command) =>
      withApp(command, shell, async app => {
        const counts = await app.store.stories.topicCounts(app.context.now() - 14 * 86_400_000);
        const rows = app.context.config
          .current()
          .topics.map(topic => ({ topic, stories: counts.get(topic.id)?.stories ?? 0 }));
        if (options.json)
          for (const { topic, stories } of rows) shell.stdout.write(`${JSON.stringify({ ...topic, stories })}\n`);
        else
          shell.stdout.write(
            formatTable(
              ['topic', 'title', 'stories', 'feed'],
              rows.map(({ topic, stories }) => [
                topic.id,
                topic.title,
                String(stories),
                `${app.context.publicUrl()}/feeds/${topic.id}.atom`,
              ]),
              shell.stdout.columns,
            ),
          );
      }),
    );
  forMachines(definition(topics.command('add').description('add a topic').argument('<id>'))).action(
    (id: string, options: TopicOptions, command: Command) =>
      withApp(command, shell, async app => {
        const { edits, how } = shellEdits(app);
        const entry = definitionOf(id, options);
        await edits.create('topics', entry, how);
        const feed = `${app.context.publicUrl()}/feeds/${id}.atom`;
        answer(shell, options, { json: { ...entry, feed }, text: `added ${id}: ${feed}\n` });
      }),
  );
  definition(
    topics
      .command('preview')
      .description('what a topic would match, with the reasons, before it is saved')
      .argument('[id]', 'a saved topic; or give words'),
  )
    .option('--days <n>', 'how far back', wholeNumber(3650), 30)
    .option('--json', 'for machines')
    .action((id: string | undefined, options: TopicOptions, command: Command) =>
      withApp(command, shell, async app => {
        const saved = app.context.config.current().topics.find(topic => topic.id === id);
        const topic = saved ?? newTopic(id ?? 'preview', options);
        const preview = await app.context.operations.previewTopic(topic, {
          days: options.days ?? 30,
          limit: 100,
        });
        if (options.json) return void shell.stdout.write(`${JSON.stringify(preview)}\n`);
        for (const match of preview.matched) {
          const reasons = describeMatch(match.evidence.slice(0, 3), 'en');
          shell.stdout.write(
            `${(match.language ?? '?').padEnd(3)} ${printable(match.title)}\n    ${printable(reasons.join('; '))}\n`,
          );
        }
        shell.stderr.write(
          `${preview.matched.length} of ${preview.searched} stories of the last ${options.days} days\n`,
        );
      }),
    );
  forMachines(topics.command('remove'))
    .description('remove a topic; its feed then says 410 so that readers stop asking')
    .argument('<id>')
    .action((id: string, options: JsonOption, command: Command) =>
      withApp(command, shell, async app => {
        const { edits, how } = shellEdits(app);
        await edits.remove('topics', id, how);
        answer(shell, options, { json: { id, removed: true }, text: `removed ${id}\n` });
      }),
    );
}

function definition(command: Command): Command {
  return command
    .option('--title <title>')
    .option('--any <words>', 'any of these words or phrases, in your language (commas, may be repeated)', many)
    .option('--all <words>', 'all of these', many)
    .option('--none <words>', 'none of these', many)
    .option('--about <text>', 'free text, matched by meaning')
    .option('--subject <subject>', 'a built-in subject, such as politics');
}

function newTopic(id: string, options: TopicOptions): Topic {
  const parsed = topicSchema.safeParse(definitionOf(id, options));
  if (parsed.success) return toTopic(parsed.data);
  throw new AppError(
    'usage',
    parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  );
}

function definitionOf(id: string, options: TopicOptions): Record<string, unknown> {
  const { any = [], all = [], none = [] } = options;
  if (any.length + all.length === 0 && !options.about && !options.subject)
    throw new AppError('usage', 'say what the topic is: --any, --all, --about or --subject');
  return {
    id,
    title: options.title ?? id,
    ...(any.length > 0 ? { any } : {}),
    ...(all.length > 0 ? { all } : {}),
    ...(none.length > 0 ? { none } : {}),
    ...(options.about ? { about: options.about } : {}),
    ...(options.subject ? { subject: options.subject } : {}),
  };
}
