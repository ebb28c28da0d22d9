import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';

/**
 * Who may import whom, as data. A room may import itself, what is listed, and the vocabulary (model, errors).
 * Change the table together with docs/architecture.md, which explains it.
 */
const vocabulary = ['model', 'errors'];
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  errors: [],
  'core/text': [],
  'core/lexicon': ['core/text'],
  'core/parse': ['core/text'],
  'core/scrape': ['core/text'],
  'core/normalize': ['core/text'],
  'core/dedup': ['core/text', 'core/lexicon'],
  'core/topics': ['core/text', 'core/lexicon'],
  'core/render': ['core/text'],
  'core/schedule': ['core/text'],
  config: ['core/text', 'core/schedule', 'core/topics/subject-names'],
  fetch: ['core/text', 'pipeline/ports'],
  store: ['core/text', 'pipeline/ports'],
  cache: ['core/text', 'pipeline/ports'],
  reader: ['core/text', 'core/parse', 'core/normalize', 'pipeline'],
  encoders: ['core/text', 'pipeline/ports'],
  samples: ['core/text'],
  log: ['core/text', 'pipeline/ports'],
  eval: ['core/text', 'core/dedup', 'core/lexicon', 'core/topics', 'pipeline/ports'],
  pipeline: ['core', 'config'],
  worker: ['pipeline', 'core/text', 'core/schedule', 'config'],
  web: ['pipeline', 'core', 'config', 'samples', 'eval/corrections'],
  cli: [
    'pipeline',
    'core',
    'config',
    'eval',
    'app',
    'log',
    'reader',
    'encoders',
    'fetch',
    'store',
    'cache',
    'web',
    'samples',
  ],
  app: ['*'],
  main: ['cli'],
};

/** Files over 300 lines, each with its reason. The list may only shrink. */
const longFiles: Readonly<Record<string, string>> = {
  'model.ts': 'the vocabulary in one place; types only',
  'pipeline/ports.ts': 'every port in one place; types only',
  'core/text/words.ts': 'the word rules of 36 languages beside each other, mostly tables',
};

/** The only places where `core/` names what the purity rule forbids, with the reason. */
const bannedNames = /^(utils?|helpers?|common|manager|service|index)\./;

const src = resolve(import.meta.dirname, '../src');
const files = sourceFiles(src);

describe('architecture', () => {
  it('lets every room import only what the table allows', () => {
    const offences = files.flatMap(file => imports(file).flatMap(target => judge(file, target)));
    expect(offences, offences.join('\n')).to.deep.equal([]);
  });

  it('keeps core/ pure: no I/O, no clock, no dice, no logger', () => {
    const impure =
      /\bprocess\.|\bconsole\.|(?<![.\w])fetch\(|\bDate\.now\(\)|\bnew Date\(\)|\bMath\.random\(\)|\bperformance\.now\(/;
    const offences = files
      .filter(file => file.startsWith('core/'))
      .flatMap(file => {
        const text = withoutComments(readFileSync(join(src, file), 'utf8'));
        const nodeImports = [...text.matchAll(/from '(node:[^']+)'/g)]
          .map(match => match[1])
          .filter(name => name !== 'node:crypto');
        return [
          ...nodeImports.map(name => `${file} imports ${name}`),
          ...text
            .split('\n')
            .filter(line => impure.test(line))
            .map(line => `${file}: ${line.trim()}`),
        ];
      });
    expect(offences, offences.join('\n')).to.deep.equal([]);
  });

  it('has no file over 300 lines without a reason, and no reason without its file', () => {
    const long = files.filter(file => lineCount(file) > 300);
    expect(long.filter(file => !(file in longFiles))).to.deep.equal([]);
    expect(Object.keys(longFiles).filter(file => !long.includes(file))).to.deep.equal([]);
  });

  // Docstrings are wanted, so only lines of code count here.
  it('keeps the median file at 80 lines of code or less', () => {
    const counts = files.map(codeLines).sort((a, b) => a - b);
    expect(counts[Math.floor(counts.length / 2)]).to.be.at.most(80);
  });

  it('names files after what they do', () => {
    expect(files.filter(file => bannedNames.test(file.split('/').at(-1) ?? ''))).to.deep.equal([]);
    expect(files.filter(file => !/^[a-z0-9./-]+$/.test(file))).to.deep.equal([]);
  });

  it('has no import cycle between files', () => {
    const cycle = findCycle();
    expect(cycle, cycle?.join(' → ')).to.equal(null);
  });
});

function sourceFiles(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourceFiles(path);
    return name.endsWith('.ts') ? [relative(src, path)] : [];
  });
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
}

function imports(file: string): string[] {
  const text = withoutComments(readFileSync(join(src, file), 'utf8'));
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(match =>
    relative(src, resolve(src, dirname(file), match[1] ?? '')),
  );
}

/** `core/parse/rss.ts` lives in `core/parse`, `web/admin/x.ts` in `web`, `app.ts` in `app`. */
function roomOf(file: string): string {
  const parts = file.replace(/\.ts$/, '').split('/');
  return parts[0] === 'core' ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

function judge(file: string, target: string): string[] {
  const [from, to] = [roomOf(file), roomOf(target)];
  if (from === to || vocabulary.includes(to)) return [];
  const allowed = mayImport[from];
  if (!allowed) return [`${file}: the room ${from} is not in the table`];
  const path = target.replace(/\.ts$/, '');
  const fine = allowed.some(room => room === '*' || path === room || path.startsWith(`${room}/`));
  return fine ? [] : [`${file} must not import ${target}`];
}

function lineCount(file: string): number {
  return readFileSync(join(src, file), 'utf8').split('\n').length;
}

function codeLines(file: string): number {
  const text = withoutComments(readFileSync(join(src, file), 'utf8'));
  return text.split('\n').filter(line => line.trim() !== '').length;
}

/** Type imports count too: a cycle of types is a cycle of ideas. */
function findCycle(): string[] | null {
  const state = new Map<string, 'open' | 'done'>();
  const visit = (file: string, path: string[]): string[] | null => {
    if (state.get(file) === 'done') return null;
    if (state.get(file) === 'open') return [...path.slice(path.indexOf(file)), file];
    state.set(file, 'open');
    for (const next of imports(file)) {
      if (!next.endsWith('.ts')) continue;
      const cycle = visit(next, [...path, file]);
      if (cycle) return cycle;
    }
    state.set(file, 'done');
    return null;
  };
  for (const file of files) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return null;
}
