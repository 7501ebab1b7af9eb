import type { RuleEntryReply } from '../../../src/api/schemas.ts';
import { useFilters } from '../filters.ts';
import { count } from '../numbers.ts';
import { Choice, FilterBar } from '../parts/FilterBar.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { isUnchecked, RuleCard, wordsOf } from '../parts/RuleCard.tsx';
import { useRules } from '../queries.ts';
import { TRACK } from '../words.ts';

const KEYS = ['q', 'track', 'state', 'text'] as const;
/** So few are shown opened. */
const FEW = 2;

/** What is judged by: every rule with its article, and the operator's settings in force. */
export default function RulesPage() {
  const filters = useFilters(KEYS);
  const { values, set } = filters;
  const rules = useRules();
  return (
    <div className="page">
      <PageHead title="规则">
        <p className="under">核查所依据的全部规则：法条、范围、期限、计数办法、程度，以及本单位适用中的设置。</p>
      </PageHead>
      <FilterBar
        q={values.q}
        hint="代号、名称、法条中的词"
        onSearch={(q) => set({ q })}
        onClear={filters.clear}
        clearable={filters.any}
      >
        <Choice name="领域" value={values.track} options={Object.entries(TRACK)} onChange={(track) => set({ track })} />
        <Choice
          name="启用"
          value={values.state}
          options={[
            ['on', '启用'],
            ['off', '已停用'],
          ]}
          onChange={(state) => set({ state })}
        />
        <Choice
          name="条文"
          value={values.text}
          options={[
            ['checked', '均已核对'],
            ['unchecked', '有未核对的'],
          ]}
          onChange={(text) => set({ text })}
        />
      </FilterBar>
      <Loaded query={rules} what="规则" rows={8}>
        {(data) => {
          const shown = data.rules.filter((rule) => fits(rule, values));
          return (
            <>
              {data.settingsHeld !== null && (
                <p className="banner banner-attention" role="status">
                  {data.settingsHeld}
                </p>
              )}
              <p className="tally">
                共 <b className="num">{count(shown.length)}</b> 条
              </p>
              {shown.length === 0 ? (
                <Nothing why="没有符合这些条件的规则。">请减少检索词，或清除条件。</Nothing>
              ) : (
                shown.map((rule) => (
                  <RuleCard key={`${rule.id} ${shown.length}`} rule={rule} open={shown.length <= FEW} />
                ))
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function fits(rule: RuleEntryReply, { q, track, state, text }: Record<(typeof KEYS)[number], string>): boolean {
  const all = wordsOf(rule);
  return (
    q
      .toLowerCase()
      .split(/\s+/)
      .every((word) => all.includes(word)) &&
    (track === '' || rule.track === track) &&
    (state === '' || rule.enabled === (state === 'on')) &&
    (text === '' || isUnchecked(rule) === (text === 'unchecked'))
  );
}
