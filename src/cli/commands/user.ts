import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

import type { Store } from '../../../storage/store.ts';
import { loadConfig } from '../../../config/load.ts';
import { checkedName, hashPassword } from '../../cases/passwords.ts';
import { systemClock } from '../../model/clock.ts';
import type { Clock } from '../../model/clock.ts';
import { momentOf } from '../../model/day.ts';
import { CorrectInput } from '../../model/errors.ts';
import { USER_ROLE_NAMES, USER_ROLES } from '../../model/user.ts';
import type { User, UserRole } from '../../model/user.ts';
import { say, table } from '../output.ts';
import { openStore } from '../store-address.ts';
import { placesOf } from '../workshop.ts';

/** `gongshi user add|password|disable|list`: accounts of those who handle cases. The password comes from standard input. */
export async function user(options: { config: string; action: string; name?: string; role: string }): Promise<void> {
  const store = await openStore((await placesOf(loadConfig(options.config))).database);
  try {
    await act(store, options);
  } finally {
    await store.close();
  }
}

async function act(store: Store, options: { action: string; name?: string; role: string }): Promise<void> {
  const { action, role } = options;
  if (action === 'list') return list(await store.users.list());
  if (options.name === undefined) throw new CorrectInput('没有写明账号名', `如 gongshi user ${action} 李明。`);
  const name = checkedName(options.name);
  if (action === 'add') {
    await addUser(store, { name, role: checkedRole(role), password: await readPassword() }, systemClock);
    return say(`已建立账号 ${name}（${USER_ROLE_NAMES[checkedRole(role)]}）。`);
  }
  const existing = await store.users.get(name);
  if (existing === null) throw new CorrectInput(`没有账号 ${name}`, '请用 gongshi user list 查看现有账号。');
  // A new generation ends every session of the account.
  const generation = existing.generation + 1;
  if (action === 'password') {
    const password = await hashPassword(await readPassword());
    await store.users.put({ ...existing, password, generation, disabledAt: null });
    return say(`账号 ${name} 的密码已改，原有登录一并失效。`);
  }
  if (action === 'disable') {
    await store.users.put({ ...existing, generation, disabledAt: systemClock.now() });
    return say(`账号 ${name} 已停用；其名下的经过保留。`);
  }
  throw new CorrectInput(`不认识的动作 ${action}`, '可用的动作：add、password、disable、list。');
}

/** Throws `CorrectInput` when the name is taken: events carry it, so it never goes to somebody else. */
export async function addUser(
  store: Store,
  account: { name: string; role: UserRole; password: string },
  clock: Clock,
): Promise<void> {
  const { name, role } = account;
  if ((await store.users.get(name)) !== null) {
    throw new CorrectInput(`账号 ${name} 已经存在`, '请换一个名字；改密码或重新启用请用 gongshi user password。');
  }
  const password = await hashPassword(account.password);
  await store.users.put({ name, role, password, generation: 1, createdAt: clock.now(), disabledAt: null });
}

function list(users: User[]): void {
  if (users.length === 0) return say('还没有账号。建立一个：gongshi user add 姓名 --role supervisor');
  const rows = users.map((one) => [
    one.name,
    USER_ROLE_NAMES[one.role],
    momentOf(one.createdAt).replace('T', ' '),
    one.disabledAt === null ? '' : '已停用',
  ]);
  process.stdout.write(`${table([['账号', '角色', '建立时间', ''], ...rows])}\n`);
}

function checkedRole(role: string): UserRole {
  const found = USER_ROLES.find((one) => one === role);
  if (found !== undefined) return found;
  const allowed = USER_ROLES.map((one) => `${one}（${USER_ROLE_NAMES[one]}）`).join('、');
  throw new CorrectInput(`没有角色 ${role.slice(0, 40)}`, `可用的角色：${allowed}。`);
}

/** The first line of standard input; a terminal shows nothing of it. */
async function readPassword(): Promise<string> {
  const terminal = process.stdin.isTTY;
  if (terminal) process.stderr.write('密码（输入时不显示）：');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal });
  try {
    for await (const line of lines) {
      if (terminal) say();
      return line;
    }
  } finally {
    lines.close();
  }
  throw new CorrectInput('没有读到密码', '请在提示后输入密码，或从标准输入给出：echo 密码 | gongshi user add 姓名。');
}
