import { userInfo } from 'node:os';

/** Who is at the shell, for the audit log. A container may run under a number that has no name. */
export function shellUser(): string {
  try {
    return `shell:${userInfo().username}`;
  } catch {
    return `shell:${process.getuid?.() ?? 'unknown'}`;
  }
}
