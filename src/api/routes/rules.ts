import { explanationTemplate } from '../../compliance/explanation-template.ts';
import { isOn, SETTING_NAMES, settingsOfRule } from '../../compliance/policy-words.ts';
import { ALL_RULES } from '../../compliance/rules/index.ts';
import type { Rule } from '../../compliance/rules/rule.ts';
import type { Statute } from '../../compliance/statutes/statute.ts';
import { severityName } from '../../compliance/code-texts.ts';
import { NOTICE_KIND_NAMES } from '../../model/notice-names.ts';
import type { NoticeKind } from '../../model/notice.ts';
import { sourceName } from '../context.ts';
import type { ApiContext, ApiInstance, SettingsInForce } from '../context.ts';
import { ruleList } from '../schemas.ts';
import type { RuleEntryReply } from '../schemas.ts';
import { FAILURES } from './route.ts';

export function ruleRoutes(app: ApiInstance, context: ApiContext): void {
  app.get(
    '/api/rules',
    {
      schema: {
        summary: '全部规则：依据、范围、期限、计数、程度、说明格式与适用中的设置',
        tags: ['规则'],
        response: { 200: ruleList, ...FAILURES },
      },
    },
    async () => {
      const inForce = await context.settingsInForce();
      return {
        rules: ALL_RULES.map((rule) => entryOf(context, rule, inForce)),
        settingsHeld: inForce.held?.words ?? null,
      };
    },
  );
}

function entryOf(context: ApiContext, rule: Rule | Statute, inForce: SettingsInForce): RuleEntryReply {
  const { id, version, title, basis, track, methods, category, amountLines, region, validity, period } = rule;
  return {
    id,
    version,
    title,
    basis: basis.map(({ text, checked, readIn }) => ({ text, checked, readIn: readIn ?? null })),
    track,
    methods,
    category,
    amountLines,
    region,
    validity,
    ...('kind' in rule ? countedByStatute(rule) : countedByPublicity(rule)),
    period,
    counting: rule.counting,
    severity: rule.severity,
    template: explanationTemplate(rule),
    enabled: isOn(rule, inForce.policy),
    settings: settingsOf(context, rule, inForce),
  };
}

type Counted = Pick<RuleEntryReply, 'kind' | 'start' | 'end' | 'grades'>;

function countedByStatute({ kind, start, end, severity }: Statute): Counted {
  return { kind, start, end, grades: severityName(severity) };
}

function countedByPublicity({ startKinds, endKinds, grades }: Rule): Counted {
  const names = (kinds: readonly NoticeKind[]): string => kinds.map((kind) => NOTICE_KIND_NAMES[kind]).join('、');
  const end = `${names(endKinds)}三者中最早者`;
  return { kind: 'publicity', start: `${names(startKinds)}发布`, end, grades };
}

function settingsOf(
  context: ApiContext,
  rule: Rule | Statute,
  { policy, held }: SettingsInForce,
): RuleEntryReply['settings'] {
  const name = (id: string): string => sourceName(context, id);
  const files = held?.files == null ? null : settingsOfRule(rule, held.files.policy, name);
  return settingsOfRule(rule, policy, name).map(({ setting, value }, i) => {
    const edited = files?.[i]?.value ?? value;
    return { name: SETTING_NAMES[setting], value, edited: edited === value ? null : edited };
  });
}
