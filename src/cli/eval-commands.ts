import type { Command } from 'commander';
import { correctionLines } from '../eval/corrections.ts';
import type { Item } from '../model.ts';
import type { JsonOption } from './answer.ts';
import { withApp } from './open-app.ts';
import type { Shell } from './shell.ts';

/** `newsfold eval dedup|topics|corrections`: figures that anyone can reproduce. */
export function addEvalCommands(program: Command, shell: Shell): void {
  const evaluation = program.command('eval').description('measure the dedup and the topics on labelled sets');
  evaluation
    .command('dedup')
    .description('precision, recall and F1 of the stories, and whether the probability keeps its word')
    .argument('<files...>', 'JSON Lines, items with a "group" or labelled pairs; .gz too')
    .option('--titles', 'headlines only')
    .option('--languages <tags>', 'only items in these languages: it,fr')
    .option('--ambiguous <file>', 'pairs of groups to leave out of the scoring')
    .option('--half <name>', 'dev or held of the project’s own set')
    .option('--shuffle <seed>', 'feed the items in an order that this number decides')
    .option('--window <duration>', 'how far apart versions of one story may be', '7d')
    .option('--encoder <kind>', 'onnx or http: with an encoder beside the lexicon')
    .option('--encoder-url <url>', 'address of the http encoder: http://localhost:11434/v1')
    .option('--encoder-model <name>', 'model of the encoder')
    .option('--json', 'for machines')
    .option('--html <file>', 'write a page with the figures and their pictures')
    .action(async (files: string[], options: Record<string, never>) => {
      const { evalDedupCommand } = await import('./eval.ts');
      shell.finish(await evalDedupCommand({ files, ...options }, shell));
    });
  evaluation
    .command('topics')
    .description('accuracy and macro F1 of the subject of items')
    .argument('<files...>', 'JSON Lines, items with a "topic"; .gz too')
    .option('--languages <tags>', 'only items in these languages: it,fr')
    .option('--bar', 'answer only where the service itself would name a subject')
    .option('--json', 'for machines')
    .action(async (files: string[], options: { languages?: string; bar?: boolean; json?: boolean }) => {
      const { evalTopicsCommand } = await import('./eval-topics.ts');
      shell.finish(await evalTopicsCommand({ files, ...options }, shell));
    });
  evaluation
    .command('corrections')
    .description('people’s corrections as labelled pairs, for `eval dedup`')
    .option('--json', 'one JSON document in the place of lines')
    .action((options: JsonOption, command: Command) =>
      withApp(command, shell, async ({ store }) => {
        const corrections = await store.corrections.list();
        const items = new Map<string, Item>();
        for (const id of new Set(corrections.flatMap(({ a, b }) => [a, b]))) {
          const item = await store.items.get(id);
          if (item) items.set(id, item);
        }
        const lines = correctionLines(corrections, id => items.get(id));
        if (options.json) shell.stdout.write(`{"pairs":[${lines.join(',')}]}\n`);
        else for (const line of lines) shell.stdout.write(`${line}\n`);
      }),
    );
}
