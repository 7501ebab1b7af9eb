import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';

import { buildIncident } from '../support/build.ts';
import { start, until, withStore } from '../support/commands.ts';
import type { Command } from '../support/commands.ts';

/** Processes start in a second, on a machine under load in many. */
const PATIENCE = { timeout: 240_000 };

describe('people on duty, told by processes as an operator runs them', () => {
  let folder: string;
  let server: Server;
  let heard: string[];
  let answer: (response: ServerResponse) => void;
  const commands: Command[] = [];

  beforeEach(async () => {
    heard = [];
    answer = (response) => response.end('{"errcode":0}');
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { text } = JSON.parse(Buffer.concat(parts).toString()) as { text: { content: string } };
        heard.push(text.content);
        answer(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
    cpSync(join(import.meta.dirname, '../../config'), join(folder, 'config'), { recursive: true });
    edit('gongshi.yaml', (config) => {
      config['operators'] = { channels: [{ name: '值班群', kind: 'wecom', secretFile: 'GONGSHI_DUTY_FILE' }] };
    });
    // Nothing is crawled here.
    edit('sources.yaml', (sources) => {
      for (const id of Object.keys(sources)) sources[id] = { ...(sources[id] as object), enabled: false };
    });
    const secret = join(folder, 'duty');
    writeFileSync(secret, `http://127.0.0.1:${(server.address() as AddressInfo).port}/send?key=geheim\n`, {
      mode: 0o600,
    });
    process.env['GONGSHI_DUTY_FILE'] = secret;
  });
  afterEach(async () => {
    for (const { child } of commands.splice(0)) child.kill('SIGKILL');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    delete process.env['GONGSHI_DUTY_FILE'];
    rmSync(folder, { recursive: true });
  });

  it('hear of an incident once, also when a process was killed before the robot answered', PATIENCE, async () => {
    await withIncident();
    // The robot has the text and says nothing.
    answer = () => undefined;
    const killed = begin(['notify']);
    await until(() => heard.length === 1);
    killed.child.kill('SIGKILL');
    expect(await killed.ended).toBe('SIGKILL');

    answer = (response) => response.end('{"errcode":0}');
    expect(await begin(['notify']).ended).toBe(0);
    expect(heard).toHaveLength(2);
    expect(heard[0]).not.toContain('可能重复');
    expect(heard[1]).toContain('（上次发送中断，可能重复）');

    const third = begin(['notify']);
    expect(await third.ended).toBe(0);
    expect(third.told()).toContain('没有需要告知的变化');
    expect(heard).toHaveLength(2);
  });

  it('hear of it from the daemon, and of its end', PATIENCE, async () => {
    await withIncident();
    const daemon = begin(['run', '--no-serve']);
    await until(() => heard.length === 1);
    expect(heard[0]).toContain('✗ 云南省政府采购网');
    await withStore(folder, (store) =>
      store.incidents.put([buildIncident({ state: 'closed', closedAt: 1_773_968_400_000, closedBy: 'run-9' })]),
    );
    await until(() => heard.length === 2);
    expect(heard[1]).toContain('已恢复');
    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
  });

  it('are missed by a test message where no secret is given, which is said with what to do', PATIENCE, async () => {
    delete process.env['GONGSHI_DUTY_FILE'];
    const test = begin(['notify', '--test']);
    expect(await test.ended).toBe(1);
    expect(test.told()).toContain('值守通知“值班群”没有可用的地址');
    expect(test.told()).toContain('用环境变量 GONGSHI_DUTY_FILE 指出该文件');
    expect(heard).toEqual([]);
  });

  function begin(args: string[]): Command {
    const command = start(folder, args);
    commands.push(command);
    return command;
  }

  async function withIncident(): Promise<void> {
    await withStore(folder, (store) => store.incidents.put([buildIncident()]));
  }

  function edit(name: string, change: (parsed: Record<string, unknown>) => void): void {
    const file = join(folder, 'config', name);
    const parsed = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    change(parsed);
    writeFileSync(file, stringify(parsed));
  }
});
