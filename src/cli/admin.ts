import type { Command } from 'commander';
import type { Shell } from './run-command-line.ts';
import { addStoreCommands } from './store.ts';

/** `store copy`, `backup`, `restore`, `completion`; credentials follow with the desk. */
export function addAdminCommands(program: Command, shell: Shell): void {
  addStoreCommands(program, shell);
}
