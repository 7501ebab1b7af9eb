import { Link, useSearchParams } from 'react-router';

import { useFilters } from '../filters.ts';
import { count } from '../numbers.ts';
import { AlertRow } from '../parts/AlertRow.tsx';
import { Choice, FilterBar } from '../parts/FilterBar.tsx';
import { GrowingList } from '../parts/GrowingList.tsx';
import { JudgedLines } from '../parts/JudgedShare.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { SettingsHeld } from '../parts/SettingsHeld.tsx';
import { useList, useOverview } from '../queries.ts';
import { ALERT_STATE, NATURE, SEVERITY } from '../words.ts';

const KEYS = ['q', 'nature', 'state', 'rule', 'severity'] as const;

/** What people opened themselves stands among the cases alone. */
type Nature = 'violation' | 'review';

const ABOUT: Record<Nature, string> = {
  violation: '有明确规则、日期和归档页面的违规。每条均可打开证据、对照日历复核。',
  review: '按本地做法提示核实的事项。国家规定并无此要求，不是违法认定，不得作为违规对外说明。',
};

export default function AlertsPage() {
  const filters = useFilters(KEYS);
  const { values, set } = filters;
  const nature: Nature = values.nature === 'review' ? 'review' : 'violation';
  const list = useList('alerts', { ...filters.given, nature });
  const rules = useOverview().data?.rules ?? [];
  const narrowed = values.q !== '' || values.state !== '' || values.rule !== '' || values.severity !== '';
  return (
    <div className="page">
      <PageHead title="告警">
        <p className="under">
          证据不足以下结论的不在此列，另见<Link to="/findings">无法判定</Link>。
        </p>
      </PageHead>
      <SettingsHeld />
      <NatureTabs chosen={nature} />
      <p className={`banner banner-${nature}`}>{ABOUT[nature]}</p>
      {nature === 'violation' && <JudgedLines rules={rules.filter(({ rule }) => shownShare(rule, values.rule))} />}
      <FilterBar
        q={values.q}
        hint="项目、单位、编号中的词"
        onSearch={(q) => set({ q })}
        onClear={() => set({ q: '', state: '', rule: '', severity: '' })}
        clearable={narrowed}
      >
        <Choice
          name="状态"
          value={values.state}
          options={Object.entries(ALERT_STATE)}
          onChange={(state) => set({ state })}
        />
        <Choice
          name="规则"
          value={values.rule}
          options={rules.map(({ rule, ruleTitle }) => [rule, ruleTitle] as const)}
          onChange={(rule) => set({ rule })}
        />
        <Choice
          name="程度"
          value={values.severity}
          options={Object.entries(SEVERITY).filter(([severity]) => severity !== 'none')}
          onChange={(severity) => set({ severity })}
        />
      </FilterBar>
      <GrowingList
        list={list}
        what={NATURE[nature]}
        empty={
          narrowed ? (
            <Nothing why={`没有符合这些条件的${NATURE[nature]}。`}>请放宽或清除条件。</Nothing>
          ) : (
            <Nothing why={`没有${NATURE[nature]}。`}>
              这只说明已核查的项目中没有发现；有多少项目作出了判定，见<Link to="/">概览</Link>。
            </Nothing>
          )
        }
      >
        {(rows) => (
          <>
            <h2 className="unseen">{NATURE[nature]}列表</h2>
            <ul className="alert-list">
              {rows.map((alert) => (
                <AlertRow key={alert.key} alert={alert} />
              ))}
            </ul>
          </>
        )}
      </GrowingList>
    </div>
  );
}

/** The chosen rule, else the publicity rules. */
const shownShare = (rule: string, chosen: string): boolean =>
  chosen === '' ? ['KY-GP-3D', 'TB-CAND-3D', 'GP-SS-5WD'].includes(rule) : rule === chosen;

/** Links rather than tabs: each has its address. */
function NatureTabs({ chosen }: { chosen: Nature }) {
  const [params] = useSearchParams();
  const open = useOverview().data?.alerts;
  const to = (nature: Nature) => {
    const next = new URLSearchParams(params);
    next.set('nature', nature);
    return `?${next.toString()}`;
  };
  return (
    <nav className="tabs" aria-label="告警类别">
      {(['violation', 'review'] as const).map((nature) => (
        <Link
          key={nature}
          to={to(nature)}
          className={`tab tab-${nature}`}
          aria-current={nature === chosen ? 'page' : undefined}
        >
          {NATURE[nature]}
          {open && <span className="num">（未消除 {count(open[nature])}）</span>}
        </Link>
      ))}
    </nav>
  );
}
