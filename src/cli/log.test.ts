import { describe, expect, it } from 'vitest';

import { createLog, HIDDEN, logSettings } from './log.ts';

describe('the log', () => {
  const lines: string[] = [];
  const open = (level?: string) => {
    lines.length = 0;
    return createLog(logSettings(level, { write: (line) => lines.push(line) }));
  };

  it('shows no password of a database address, in a field, a message or an error', () => {
    const log = open('info');
    const address = 'mongodb://clerk:p%40ss/w@db1.test:27017,db2.test/gongshi?replicaSet=rs';
    log.info(
      { address: 'mongodb+srv://clerk:geheim@db.test/x', deep: [{ at: 'https://u:geheim@site.test/a' }] },
      'open',
    );
    log.error({ err: new Error('cannot reach mongodb://clerk:geheim@db.test') }, 'postgres://a:geheim@h/b is down');
    log.info(address.replace('p%40ss/w', 'geheim'));
    expect(lines).toHaveLength(3);
    expect(lines.join('')).not.toContain('geheim');
    expect(lines.join('')).toContain('db1.test:27017,db2.test/gongshi?replicaSet=rs');
    expect(lines[1]).toContain('cannot reach');
  });

  it('shows no authorization, cookie, token or password, however deep and however bound', () => {
    const log = open('info').child({ req: { headers: { Authorization: 'Bearer geheim', Cookie: 'a=geheim' } } });
    log.info({ reply: { headers: { 'set-cookie': ['a=geheim'], accept: 'text/html' } }, accessToken: 'geheim' });
    log.info({ url: '/robot/send?access_token=geheim&sign=geheim&page=2' }, 'sent Authorization: Bearer geheimgeheim');
    const text = lines.join('');
    expect(text).not.toContain('geheim');
    expect(text).toContain(HIDDEN);
    expect(text).toContain('text/html');
    expect(text).toContain('page=2');
  });

  it('tells errors only unless asked for more', () => {
    const log = open();
    log.info('quiet');
    log.error('loud');
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['loud']);
  });

  it('says which levels there are when it does not know one', () => {
    expect(() => open('laut')).toThrow(/GONGSHI_LOG_LEVEL 的值 laut 不认识/);
  });
});
