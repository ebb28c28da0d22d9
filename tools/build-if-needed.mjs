// Builds dist/ when a source file is newer than the last build, so that `npm start` works from a fresh clone.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const stamp = 'dist/main.js';
const newest = folder =>
  readdirSync(folder, { withFileTypes: true }).reduce((time, entry) => {
    const path = join(folder, entry.name);
    return Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }, 0);

if (!existsSync(stamp) || newest('src') > statSync(stamp).mtimeMs) {
  process.stderr.write('newsfold: building …\n');
  execFileSync('npm', ['run', '-s', 'build'], { stdio: 'inherit' });
}
