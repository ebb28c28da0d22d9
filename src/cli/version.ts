import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of the package this file belongs to, from src/ and from dist/ alike. */
export const version: string = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }
).version;
