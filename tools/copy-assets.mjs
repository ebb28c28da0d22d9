// tsc carries only TypeScript: styles, scripts, icons and the lexicon follow it into dist/.
import { chmodSync, cpSync } from 'node:fs';

cpSync('src', 'dist', { recursive: true, filter: path => !/\.ts$/.test(path) });
chmodSync('dist/main.js', 0o755);
