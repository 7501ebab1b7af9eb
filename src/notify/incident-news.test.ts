import { describe, expect, it } from 'vitest';

import { buildIncident, MARCH_20 } from '../../test/support/build.ts';
import { newsText } from './incident-news.ts';

const names = (): string => '红河州财政局·政府采购';
const news = (given: Partial<Parameters<typeof newsText>[0]>, mostBytes = 4000): string =>
  newsText({ opened: [], closed: [], mayBeRepeated: false, ...given }, names, mostBytes);

describe('news of sources', () => {
  it('says which source and column, what is wrong, since when and what to do', () => {
    const incident = buildIncident({ code: 'LIST_EMPTY', message: '列表为空', advice: '核对网站是否改版。' });
    expect(news({ opened: [incident] })).toBe(
      '【公示】来源异常 1 项\n✗ 红河州财政局·政府采购：列表为空（LIST_EMPTY），自2026年3月20日 09:00起。列表为空\n　怎么办：核对网站是否改版。',
    );
  });

  it('says what is well again, and when', () => {
    const incident = buildIncident({ code: 'LIST_EMPTY', state: 'closed', closedAt: MARCH_20 });
    expect(news({ closed: [incident] })).toBe(
      '【公示】来源恢复 1 项\n✓ 红河州财政局·政府采购：列表为空（LIST_EMPTY），2026年3月20日 09:00已恢复。',
    );
  });

  it('keeps within the bytes that the channel takes and counts what is left out', () => {
    const opened = Array.from({ length: 30 }, (_, n) =>
      buildIncident({ openedBy: `run-${n}`, message: '长'.repeat(500) }),
    );
    const text = news({ opened }, 2048);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
    const shown = text.match(/✗/g)!.length;
    expect(shown).toBeGreaterThan(0);
    expect(text).toContain(`另有 ${30 - shown} 项，请看“来源”页面。`);
  });

  it('makes no mention and no link of what a site printed', () => {
    const message = '<@all><at user_id="all"></at> @所有人 https://evil.example/\u202e\n【公示】一切正常';
    const text = news({ opened: [buildIncident({ message })] });
    expect(text).not.toMatch(/[<>@]|:\/\/|\u202e/);
    expect(text.split('\n')).toHaveLength(3);
  });
});
