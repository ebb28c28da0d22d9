import { parse } from 'yaml';
import type { ConfigProblem } from './read-yaml.ts';
import { nearest } from './read-yaml.ts';
import { settingsSchema } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of the NEWSFOLD_ family that are not settings. */
const notSettings = /^NEWSFOLD_(CONFIG_DIR|LOG_LEVEL|TEST_.*|BENCH_.*)$/;

/**
 * `NEWSFOLD_<SECTION>_<KEY>` overrides a setting: `NEWSFOLD_COLLECT_INTERVAL_MIN=10m` (or `…_INTERVALMIN`). A name that
 * ends in `_FILE` names a file that holds the value (Docker secrets); `readFile` reads it.
 */
export function applyEnvironment(
  settings: Record<string, unknown>,
  environment: Environment,
  readFile: (path: string) => string,
): { readonly settings: Record<string, unknown>; readonly problems: readonly ConfigProblem[] } {
  const known = settingNames();
  const result = structuredClone(settings);
  const problems: ConfigProblem[] = [];
  for (const [name, raw] of Object.entries(environment)) {
    if (!name.startsWith('NEWSFOLD_') || notSettings.test(name) || raw === undefined) continue;
    const fromFile = name.endsWith('_FILE') && !known.has(squash(name));
    const path = known.get(squash(fromFile ? name.slice(0, -5) : name));
    if (!path) {
      const near = nearest(name, [...known.values()].map(variableName));
      problems.push({
        file: 'environment',
        line: 0,
        path: name,
        message: `no such setting${near ? `; did you mean ${near}?` : ''}`,
      });
      continue;
    }
    try {
      setPath(result, path, readValue(fromFile ? readFile(raw).trim() : raw, path));
    } catch (error) {
      problems.push({
        file: 'environment',
        line: 0,
        path: name,
        message: `cannot be read: ${(error as Error).message}`,
      });
    }
  }
  return { settings: result, problems };
}

/** `[section, key]` → `NEWSFOLD_SECTION_KEY`, the documented spelling. */
export function variableName(path: readonly string[]): string {
  return `NEWSFOLD_${path.map(part => part.replace(/([A-Z])/g, '_$1').toUpperCase()).join('_')}`;
}

/** Every settable path of the settings. */
export function settingPaths(): readonly (readonly string[])[] {
  return Object.entries(settingsSchema.shape).flatMap(([section, schema]) => {
    const inner = sectionKeys(schema);
    return inner ? inner.map(key => [section, key]) : [[section]];
  });
}

export function sectionKeys(schema: unknown): readonly string[] | null {
  const inner = (schema as { def?: { innerType?: { shape?: object } } }).def?.innerType;
  return inner?.shape ? Object.keys(inner.shape) : null;
}

function settingNames(): Map<string, readonly string[]> {
  return new Map(settingPaths().map(path => [squash(variableName(path)), path]));
}

function squash(name: string): string {
  return name.replace(/^NEWSFOLD_/, '').replaceAll('_', '');
}

/** Numbers and booleans as YAML reads them; lists as `web,collect` or `[web, collect]`; addresses as they are. */
function readValue(raw: string, path: readonly string[]): unknown {
  const key = path.at(-1) ?? '';
  if (key === 'roles' || key === 'allow')
    return raw.startsWith('[')
      ? parse(raw)
      : raw
          .split(',')
          .map(part => part.trim())
          .filter(Boolean);
  if (/^(true|false|\d+)$/.test(raw)) return parse(raw);
  return raw;
}

function setPath(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [section, key] = path;
  if (section === undefined) return;
  if (key === undefined) {
    target[section] = value;
    return;
  }
  const inner =
    typeof target[section] === 'object' && target[section] !== null ? (target[section] as Record<string, unknown>) : {};
  target[section] = { ...inner, [key]: value };
}
