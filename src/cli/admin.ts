import type { Command } from 'commander';
import { addAccessCommands } from './access.ts';
import type { Shell } from './shell.ts';
import { addStoreCommands } from './store.ts';

/** What only the owner of the machine does: credentials, and the store itself. */
export function addAdminCommands(program: Command, shell: Shell): void {
  addAccessCommands(program, shell);
  addStoreCommands(program, shell);
}
