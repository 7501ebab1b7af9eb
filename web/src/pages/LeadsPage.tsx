import { useFilters } from '../filters.ts';
import { Choice, FilterBar } from '../parts/FilterBar.tsx';
import { GrowingList } from '../parts/GrowingList.tsx';
import { LeadCard } from '../parts/LeadCard.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { useIndicators, useList } from '../queries.ts';

const KEYS = ['q', 'indicator'] as const;

export default function LeadsPage() {
  const filters = useFilters(KEYS);
  const { values, set } = filters;
  const list = useList('leads', filters.given);
  const indicators = useIndicators().data ?? [];
  return (
    <div className="page">
      <PageHead title="线索" />
      <p className="banner banner-lead">
        与同类相比值得一看的数字，供选择抽查对象。不是核查结论，不说明有任何问题，不得据此对外说明；不立案件，不计入统计。
      </p>
      <FilterBar
        q={values.q}
        hint="采购人、代理机构、项目中的词"
        onSearch={(q) => set({ q })}
        onClear={filters.clear}
        clearable={filters.any}
      >
        <Choice
          name="指标"
          value={values.indicator}
          options={indicators.map(({ id, title }) => [id, title] as const)}
          onChange={(indicator) => set({ indicator })}
        />
      </FilterBar>
      <GrowingList
        list={list}
        what="线索"
        empty={
          filters.any ? (
            <Nothing why="没有符合这些条件的线索。">请放宽或清除条件。</Nothing>
          ) : (
            <Nothing why="没有线索。">
              同类太少的不作比较，因此没有线索不等于没有问题；公式与同类的最少个数见下。
            </Nothing>
          )
        }
      >
        {(rows) => (
          <>
            <h2 className="unseen">线索列表</h2>
            {rows.map((lead) => (
              <LeadCard key={lead.key} lead={lead} />
            ))}
          </>
        )}
      </GrowingList>
      <details className="lead-about">
        <summary>各指标怎样计算</summary>
        <dl>
          {indicators.map(({ id, title, formula, because, minPeers, enabled }) => (
            <div key={id}>
              <dt>
                {title}
                {!enabled && '（已停用）'}
              </dt>
              <dd>{formula}。</dd>
              <dd>{because}。</dd>
              <dd className="under">同类不足 {minPeers} 个的不提示。</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}
