import type { Command } from 'commander';
import { formatProblems, loadConfig } from '../config/load-config.ts';
import { configDir } from './open-config.ts';
import type { Shell } from './shell.ts';

/** `config check`. */
export function addConfigCommands(program: Command, shell: Shell): void {
  program
    .command('config')
    .description('the three configuration files')
    .command('check')
    .description('read them and name every mistake with file and line')
    .option('--json', 'for machines')
    .action(async (options: { json?: boolean }, command: Command) => {
      const dir = configDir(command, shell);
      const loaded = await loadConfig(dir, shell.environment);
      if (options.json) {
        const answer = loaded.ok
          ? { ok: true, sources: loaded.config.sources.length, topics: loaded.config.topics.length }
          : { ok: false, problems: loaded.problems };
        shell.stdout.write(`${JSON.stringify(answer)}\n`);
      } else if (loaded.ok) {
        shell.stdout.write(
          `${dir}: fine (${loaded.config.sources.length} sources, ${loaded.config.topics.length} topics)\n`,
        );
      } else {
        shell.stderr.write(`${formatProblems(loaded.problems)}\n`);
      }
      shell.finish(loaded.ok ? 0 : 1);
    });
}
