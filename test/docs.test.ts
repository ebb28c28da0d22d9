import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import type { Command } from 'commander';
import { createProgram } from '../src/cli/run-command-line.ts';
import { settingPaths } from '../src/config/environment.ts';
import { scrapeSchema, sourceSchema } from '../src/config/sources.ts';
import { topicSchema } from '../src/config/topics.ts';
import { subjects } from '../src/core/topics/subject-names.ts';
import { errorCodes } from '../src/errors.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
  ...readdirSync(join(root, 'docs/technotes')).map(name => `docs/technotes/${name}`),
];
const packageJson = JSON.parse(read('package.json')) as Record<
  'scripts' | 'dependencies' | 'devDependencies' | 'optionalDependencies',
  Record<string, string>
>;

/** First cells of a page's tables, without back-ticks. */
const firstCells = (path: string) => [...read(path).matchAll(/^\| `([^|]+)` \|/gm)].map(match => match[1] ?? '');

function commandsOf(command: Command, prefix = 'newsfold'): string[] {
  return command.commands.flatMap(child => {
    const name = `${prefix} ${child.name()}`;
    return child.commands.length > 0 ? commandsOf(child, name) : [name];
  });
}

describe('the documentation', () => {
  it('describes every setting, and none that is gone', () => {
    const known = settingPaths().map(path => path.join('.'));
    const documented = firstCells('docs/config.md').filter(
      cell => known.includes(cell) || /^[a-z]+\.[a-zA-Z]+$/.test(cell),
    );
    expect(
      known.filter(key => !documented.includes(key)),
      'undocumented',
    ).to.deep.equal([]);
    expect(
      documented.filter(key => !known.includes(key)),
      'dead',
    ).to.deep.equal([]);
  });

  it('describes every key of sources, scraping and topics, and every subject', () => {
    const page = read('docs/config.md');
    const keys = [
      ...Object.keys(sourceSchema.shape),
      ...Object.keys(scrapeSchema.shape),
      ...Object.keys(topicSchema.shape),
      ...subjects,
    ];
    expect(keys.filter(key => !page.includes(`\`${key}\``))).to.deep.equal([]);
  });

  it('explains every error code, and none that is gone', () => {
    const documented = firstCells('docs/errors.md');
    expect(documented.toSorted()).to.deep.equal(Object.keys(errorCodes).toSorted());
  });

  it('lists every command, and none that is gone', () => {
    const shell = {
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      environment: {},
      signal: new AbortController().signal,
      finish: () => undefined,
    };
    const known = commandsOf(createProgram(shell)).map(name => name.replace(/^newsfold help.*/, ''));
    const documented = firstCells('docs/cli.md').map(cell => cell.replace(/ [[A-Z].*$/, ''));
    // A command with sub-commands may be one itself (`dedup`, `dedup explain`).
    expect(
      known.filter(name => name !== '' && !documented.includes(name)),
      'undocumented',
    ).to.deep.equal([]);
    expect(
      documented.filter(name => !known.some(other => other === name || other.startsWith(`${name} `))),
      'dead',
    ).to.deep.equal([]);
  });

  it('names every npm script, and none that is gone', () => {
    const scripts = Object.keys(packageJson.scripts).filter(name => !/^(pre|post)/.test(name));
    const page = read('docs/development.md');
    const documented = [...page.matchAll(/^\| `npm (?:run )?([a-z]+)/gm)].map(match => match[1] ?? '');
    expect(documented.toSorted()).to.deep.equal(scripts.toSorted());
  });

  it('gives every dependency its reason, and none that is gone', () => {
    const all = Object.keys({
      ...packageJson.dependencies,
      ...packageJson.devDependencies,
      ...packageJson.optionalDependencies,
    });
    const documented = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)`(?:, `([^`]+)`)*/gm)].flatMap(match =>
      [...match[0].matchAll(/`([^`]+)`/g)].map(name => name[1] ?? ''),
    );
    expect(
      all.filter(name => !documented.includes(name)),
      'without a reason',
    ).to.deep.equal([]);
    expect(
      documented.filter(name => !all.includes(name)),
      'dead',
    ).to.deep.equal([]);
  });

  it('has no link to a file that is not there', () => {
    const broken = pages.flatMap(page =>
      [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
        .map(match => match[1] ?? '')
        .filter(link => !existsSync(resolve(root, dirname(page), link)))
        .map(link => `${page}: ${link}`),
    );
    expect(broken).to.deep.equal([]);
  });

  it('numbers its technotes without doubles', () => {
    const numbers = readdirSync(join(root, 'docs/technotes')).map(name => name.slice(0, 3));
    expect(new Set(numbers).size).to.equal(numbers.length);
  });
});
