/** A process that dies in the middle of a migration, or migrates. Usage: store-migrator.ts URL die|migrate */
import { migrate } from '../../src/store/migrate.ts';
import { openEngine } from '../../src/store/open-store.ts';
import { type SchemaStep, schemaSteps } from '../../src/store/schema.ts';

const [, , url = '', how = ''] = process.argv;
const first = schemaSteps[0]?.version ?? 1;

/** A list that kills whoever reads past its third statement: kill -9 between two statements of one step. */
function deadly(statements: readonly string[]): readonly string[] {
  const list = [...statements];
  list[Symbol.iterator] = function* () {
    for (let n = 0; n < this.length; n++) {
      if (n === 3) process.kill(process.pid, 'SIGKILL');
      yield this[n] as string;
    }
    return undefined;
  };
  return list;
}

const steps: readonly SchemaStep[] = [
  ...schemaSteps,
  {
    version: first + 1000,
    statements: () => [
      'alter table facts add column note text',
      'create table extra_a (a text)',
      'create table extra_b (b text)',
      'create table extra_c (c text)',
    ],
  },
];
const engine = await openEngine(url, {});
await migrate(
  engine,
  how === 'die' ? steps.map(step => ({ ...step, statements: kind => deadly(step.statements(kind)) })) : steps,
);
await engine.close();
