import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Config, formatProblems, loadConfig } from '../config/load-config.ts';
import { AppError } from '../errors.ts';
import type { Shell } from './shell.ts';

/** `--config`, else NEWSFOLD_CONFIG_DIR, else `./config`. */
export function configDir(command: Command, shell: Shell): string {
  const given = command.optsWithGlobals<{ config?: string }>().config;
  return resolve(given ?? shell.environment.NEWSFOLD_CONFIG_DIR ?? 'config');
}

/** @throws AppError config-invalid with every mistake, each with file and line */
export async function openConfig(command: Command, shell: Shell): Promise<Config> {
  const dir = configDir(command, shell);
  const loaded = await loadConfig(dir, shell.environment);
  if (loaded.ok) return loaded.config;
  throw new AppError('config-invalid', `the configuration in ${dir} has mistakes:\n${formatProblems(loaded.problems)}`);
}
