import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

const SCRIPT = readFileSync(join(import.meta.dirname, '../../deploy/mongo-init.js'), 'utf8');
const HOSTS = ['mongo1:27017', 'mongo2:27017', 'mongo3:27017'];
const ADMIN_PASSWORD = 'p@ss/word';

class Ended extends Error {
  readonly code: number;
  constructor(code: number) {
    super('ended');
    this.code = code;
  }
}

/** Three members as the script can see them: what it may do with whom is decided as the server decides. */
class Members {
  readonly down = new Set<string>();
  readonly users = new Map<string, { pwd: string; roles: object[] }>();
  /** Who belongs to the set. */
  joined = new Set<string>();
  initiated: object[] = [];
  said: string[] = [];
  /** After so many pauses something changes. */
  onPause: (pauses: number) => void = () => {};
  pauses = 0;

  get primary(): string | undefined {
    const there = [...this.joined].filter((host) => !this.down.has(host));
    return there.length > HOSTS.length / 2 ? there[0] : undefined;
  }

  /** Exit code. */
  run(): number {
    const secrets: Record<string, string> = {
      '/run/secrets/mongo_admin_password': `${ADMIN_PASSWORD}\n`,
      '/run/secrets/mongo_product_password': 'product\n',
    };
    const context = createContext({
      Mongo: mongoOn(this),
      require: (name: string) => ({ fs: { readFileSync: (file: string) => secrets[file]! } })[name],
      print: (text: string) => void this.said.push(text),
      sleep: () => {
        this.pauses += 1;
        this.onPause(this.pauses);
      },
      quit: (code: number) => {
        throw new Ended(code);
      },
    });
    try {
      runInContext(SCRIPT, context, { filename: 'mongo-init.js' });
    } catch (error) {
      if (error instanceof Ended) return error.code;
      throw error;
    }
    throw new Error('the script ended without quit');
  }
}

/** `Mongo` as mongosh has it, on these members. */
function mongoOn(members: Members): unknown {
  return class Mongo {
    readonly host: string;
    #isAdmin = false;
    constructor(address: string) {
      const hosts = /^mongodb:\/\/([^/]+)\//.exec(address)![1]!.split(',');
      const isDirect = address.includes('directConnection=true');
      const host = isDirect ? hosts[0]! : members.primary;
      if (host === undefined || members.down.has(host)) throw new Error(`getaddrinfo ENOTFOUND ${hosts.join()}`);
      if (!isDirect && !address.includes('replicaSet=gongshi')) throw new Error('address without the set');
      this.host = host;
    }
    getDB(db: string): object {
      const mayAct = (): void => {
        if (!this.#isAdmin) throw new Error('command requires authentication');
      };
      return {
        auth: (user: string, password: string) => {
          // The image makes the administrator on mongo1 alone; the set then has it everywhere.
          const knows = this.host === HOSTS[0] || members.joined.has(this.host);
          if (!knows || user !== 'admin' || password !== ADMIN_PASSWORD) throw new Error('Authentication failed.');
          this.#isAdmin = true;
        },
        runCommand: (command: Record<string, unknown>) => {
          if ('hello' in command) return members.joined.has(this.host) ? { setName: 'gongshi' } : {};
          mayAct();
          if (members.joined.size > 0) throw new Error('already initialized');
          if (members.down.size > 0) throw new Error('replSetInitiate quorum check failed');
          members.initiated.push(command['replSetInitiate'] as object);
          members.joined = new Set(HOSTS);
          return { ok: 1 };
        },
        getUser: (name: string) => {
          mayAct();
          return members.users.get(`${db}.${name}`) ?? null;
        },
        createUser: ({ user, pwd, roles }: { user: string; pwd: string; roles: object[] }) => {
          mayAct();
          if (this.host !== members.primary) throw new Error('not primary');
          members.users.set(`${db}.${user}`, { pwd, roles });
        },
      };
    }
  };
}

describe('the script that joins the members', () => {
  it('initiates three new members once and makes the user of the product, who may not administer the server', () => {
    const members = new Members();
    expect(members.run()).toBe(0);
    expect(members.initiated).toEqual([
      {
        _id: 'gongshi',
        members: [
          { _id: 0, host: HOSTS[0], priority: 2 },
          { _id: 1, host: HOSTS[1], priority: 1 },
          { _id: 2, host: HOSTS[2], priority: 1 },
        ],
      },
    ]);
    expect([...members.users]).toEqual([
      [
        'gongshi.gongshi',
        {
          pwd: 'product',
          roles: [
            { role: 'readWrite', db: 'gongshi' },
            { role: 'dbAdmin', db: 'gongshi' },
          ],
        },
      ],
    ]);
  });

  it('changes nothing where all of it is done', () => {
    const members = new Members();
    members.run();
    members.users.set('gongshi.gongshi', { pwd: 'changed by hand', roles: [] });
    expect([members.run(), members.initiated.length, members.pauses]).toEqual([0, 1, 1]);
    expect(members.users.get('gongshi.gongshi')?.pwd).toBe('changed by hand');
  });

  it.each(HOSTS)('lets the product start while %s is down and the other two hold the set', (host) => {
    const members = new Members();
    members.joined = new Set(HOSTS);
    members.down.add(host);
    expect(members.run()).toBe(0);
    expect(members.initiated).toEqual([]);
    expect(members.users.has('gongshi.gongshi')).toBe(true);
  });

  it('waits for a member that starts late, and says for which', () => {
    const members = new Members();
    members.down.add('mongo2:27017');
    members.onPause = (pauses) => pauses === 4 && members.down.clear();
    expect(members.run()).toBe(0);
    expect(members.said[0]).toContain('还缺：mongo2:27017');
    expect(members.initiated).toHaveLength(1);
  });

  it('begins no second set on a first member with an empty disk while the others have no majority', () => {
    const members = new Members();
    members.joined = new Set(['mongo2:27017', 'mongo3:27017']);
    members.down.add('mongo3:27017');
    expect(members.run()).toBe(1);
    expect(members.initiated).toEqual([]);
    expect(members.said.at(-1)).toContain('需要过半成员在线');
  });

  it('gives up in the end with exit code 1, the reason said, no password in it', () => {
    const members = new Members();
    HOSTS.forEach((host) => members.down.add(host));
    expect(members.run()).toBe(1);
    expect(members.said).toHaveLength(60);
    expect(members.said.join()).toContain('mongo1:27017（getaddrinfo ENOTFOUND mongo1:27017）');
    expect(members.said.join()).not.toContain(ADMIN_PASSWORD);
  });
});
