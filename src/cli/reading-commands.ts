import type { Command } from 'commander';
import { addEvalCommands } from './eval-commands.ts';
import type { Shell } from './shell.ts';

/** Commands that need no configuration: `parse`, `scrape`, `dedup`, `eval`. Their code is loaded only when asked for. */
export function addReadingCommands(program: Command, shell: Shell): void {
  program
    .command('parse')
    .description('what newsfold reads in a feed')
    .argument('[input]', 'a file, an address, or - for standard input', '-')
    .option('--url <url>', 'where the document comes from: relative links are resolved against it')
    .option('--content-type <type>', 'the Content-Type it was served with')
    .option('--json', 'the document as JSON')
    .option('--ndjson', 'one request a line in, one answer a line out')
    .action(
      async (
        input: string,
        options: { url?: string; contentType?: string; json?: boolean; ndjson?: boolean },
        command: Command,
      ) => {
        const { parseCommand } = await import('./parse.ts');
        const { fetchUrl } = await import('./fetch-url.ts');
        shell.finish(await parseCommand({ file: input, ...options }, { ...shell, fetchUrl: fetchUrl(command, shell) }));
      },
    );
  program
    .command('scrape')
    .description('the items of a page without a feed')
    .argument('<target>', 'an address, a file, or - for standard input')
    .option('--url <base>', 'where the page comes from')
    .option('--suggest', 'show every list that could be meant, with the selectors that pin it')
    .option('--json', 'for machines')
    .action(async (target: string, options: { url?: string; suggest?: boolean; json?: boolean }, command: Command) => {
      const { scrapeCommand } = await import('./scrape.ts');
      const { fetchUrl } = await import('./fetch-url.ts');
      shell.finish(await scrapeCommand({ target, ...options }, { ...shell, fetchUrl: fetchUrl(command, shell) }));
    });
  const dedup = program
    .command('dedup')
    .description('fold items into stories: one item a line in order of arrival')
    .argument('[file]', 'or - for standard input', '-')
    .option('--ndjson', 'one answer a line')
    .option('--final', 'each item’s final story, after the whole stream')
    .option('--window <duration>', 'how far apart versions of one story may be', '7d')
    .option('--json', 'for machines')
    .action(async (file: string, options: { ndjson?: boolean; final?: boolean; window?: string; json?: boolean }) => {
      const { dedupCommand } = await import('./dedup.ts');
      shell.finish(await dedupCommand({ file, ...options }, shell));
    });
  dedup
    .command('explain')
    .description('why two items are one story, or why not')
    .argument('<a>', 'an item as JSON, or an id')
    .argument('<b>')
    .option('--file <file>', 'where items with these ids are')
    .option('--json', 'for machines')
    .action(async (a: string, b: string, options: { file?: string; json?: boolean }) => {
      const { explainCommand } = await import('./explain.ts');
      shell.finish(await explainCommand({ a, b, ...options }, shell));
    });
  addEvalCommands(program, shell);
}
