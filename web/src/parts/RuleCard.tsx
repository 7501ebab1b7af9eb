import type { ReactNode } from 'react';

import type { RuleEntryReply } from '../../../src/api/schemas.ts';
import { plainDay } from '../../../src/model/day-words.ts';
import { SEVERITY, TRACK } from '../words.ts';
import { Fact, Facts } from './Facts.tsx';

/** One rule: its heading always, all of its fields when it is opened. */
export function RuleCard({ rule, open }: { rule: RuleEntryReply; open: boolean }) {
  return (
    <details className="rule" id={rule.id} open={open}>
      <summary>
        <span className="rule-title">{rule.title}</span> <code className="quiet">{rule.id}</code>{' '}
        <span className="mark mark-kind">{TRACK[rule.track]}</span>{' '}
        {rule.id === 'KY-REVIEW-3D' && <span className="mark nature-review">待核提示</span>}{' '}
        {!rule.enabled && <span className="mark mark-loud">已停用</span>}{' '}
        {isUnchecked(rule) && <span className="mark mark-plain">有条文未核对</span>}
      </summary>
      <Facts>
        <Wide name="依据">
          <ul>
            {rule.basis.map(({ text, checked, readIn }) => (
              <li key={text}>
                {text}
                <span className="under">
                  {checked ? `（条文已核对${readIn === null ? '' : `：${readIn}`}）` : '（条文未核对）'}
                </span>
              </li>
            ))}
          </ul>
        </Wide>
        <Fact name="适用方式">{rule.methods}</Fact>
        <Fact name="适用类别">{rule.category}</Fact>
        <Fact name="适用地区">{rule.region === null ? '全国' : `行政区划 ${rule.region} 的采购人`}</Fact>
        <Fact name="施行">{span(rule.validity)}</Fact>
        {rule.amountLines.length > 0 && (
          <Wide name="金额标准">
            <ul>
              {rule.amountLines.map((line) => (
                <li key={line.from}>
                  {span(line)}：{line.text}
                </li>
              ))}
            </ul>
          </Wide>
        )}
        <Fact name="期限">{periodWords(rule)}</Fact>
        <Fact name="规则版本">第 {rule.version} 版</Fact>
        {rule.start !== null && <Fact name="起算">{rule.start}</Fact>}
        {rule.end !== null && <Fact name="终止">{rule.end}</Fact>}
        <Wide name="怎样计算">{rule.counting}</Wide>
        <Wide name="违反的程度">{rule.grades}</Wide>
        <Wide name="说明的格式">{rule.template}</Wide>
        <Wide name="适用中的设置">
          <ul>
            {rule.settings.map(({ name, value, edited }) => (
              <li key={name}>
                {name}：{value}
                {edited !== null && <strong className="rule-edited">（文件已改为“{edited}”，尚未适用）</strong>}
              </li>
            ))}
          </ul>
        </Wide>
      </Facts>
    </details>
  );
}

export const isUnchecked = ({ basis }: RuleEntryReply): boolean => basis.some(({ checked }) => !checked);

/** All that is said of a rule, for looking words up in. */
export function wordsOf(rule: RuleEntryReply): string {
  const { id, title, basis, methods, category, amountLines, start, end, counting, grades, template } = rule;
  const parts = [id, title, TRACK[rule.track], methods, category, start, end, counting, grades, template];
  return [...parts, SEVERITY[rule.severity], ...basis.map(({ text }) => text), ...amountLines.map(({ text }) => text)]
    .join(' ')
    .toLowerCase();
}

function Wide({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="fact-wide">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function span({ from, to }: { from: string; to: string | null }): string {
  return to === null ? `${plainDay(from)}起` : `${plainDay(from)}至${plainDay(to)}`;
}

function periodWords({ period, kind }: RuleEntryReply): string {
  if (period === null) return '不数日子';
  const length = `${period.length} ${period.unit === 'calendar' ? '日' : '个工作日'}`;
  return kind === 'max' ? `${length}以内` : `不少于 ${length}`;
}
