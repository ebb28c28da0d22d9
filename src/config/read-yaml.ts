import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

export type ConfigProblem = {
  readonly file: string;
  readonly line: number;
  readonly path: string;
  readonly message: string;
};

export type YamlFile = {
  readonly name: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly problems: readonly ConfigProblem[];
};

/** Parses one file. `yaml` bounds alias expansion (a bomb is an error); anchors stay usable. */
export function readYaml(name: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problems = document.errors.map(error => ({
    file: name,
    line: lines.linePos(error.pos[0]).line,
    path: '',
    message: `this is not YAML: ${error.message.split('\n')[0]}`,
  }));
  return { name, document, lines, problems };
}

/** The same, parsed only when somebody asks for a line: a file that was read entry by entry needs none. */
export function readYamlLazily(name: string, text: string): YamlFile {
  let read: YamlFile | null = null;
  const file = () => {
    read ??= readYaml(name, text);
    return read;
  };
  return {
    name,
    get document() {
      return file().document;
    },
    get lines() {
      return file().lines;
    },
    problems: [],
  };
}

/** Line of the deepest existing node on a path, so that a missing key points at its owner. */
export function lineOf(file: YamlFile, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? file.document.contents : file.document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return file.lines.linePos(node.range[0]).line;
  }
  return 1;
}

export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part)}`))
    .join('');
}

/** Every zod issue with its line; unknown keys are named one by one with the nearest known key. */
export function toProblems(
  file: YamlFile,
  error: z.ZodError,
  knownKeys: (path: readonly PropertyKey[]) => readonly string[],
): ConfigProblem[] {
  return error.issues.flatMap(issue => {
    if (issue.code !== 'unrecognized_keys') {
      return [
        { file: file.name, line: lineOf(file, issue.path), path: formatPath(issue.path), message: issue.message },
      ];
    }
    return issue.keys.map(key => {
      const near = nearest(key, knownKeys(issue.path));
      const path = [...issue.path, key];
      const message = `unknown key "${key}"${near ? `; did you mean "${near}"?` : ''}`;
      return { file: file.name, line: lineOf(file, path), path: formatPath(path), message };
    });
  });
}

/** The candidate at the smallest edit distance, when it is near enough to be a slip. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
