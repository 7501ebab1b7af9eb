import type { LocalDay } from '../../model/day.ts';
import type { ProjectFacts } from '../../model/facts.ts';
import type { PublicityRuleId, ReasonCode, Severity } from '../../model/finding.ts';
import type { NoticeKind, Track } from '../../model/notice.ts';
import type { Policy } from '../../model/policy.ts';
import type { Period } from '../counting.ts';

/** What a rule rests on. `checked`: the primary text was read; only then is the article printed without a mark. */
export interface LegalBasis {
  /** e.g. 《中华人民共和国招标投标法实施条例》第五十四条第一款 */
  text: string;
  checked: boolean;
  /** Where the text was read, and when. Absent: by who gathered the rules, before this was written down. */
  readIn?: string;
}

/** Laws and State Council regulations, read word by word. The wording is that of the last amendment before the collection's date. */
export const STATUTE_BOOK = '法规文本库 LawRefBook/Laws（2025年4月19日版），2026年11月24日核对';

/** Departmental rules, of which that collection has none: the article as others print it, word by word; no official text. */
export const reprintOn = (site: string): string => `${site}转载的条文（非官方文本），2026年11月25日核对`;

/** Whether a rule applies to a project; anything but `applies` is already the verdict, with its reason in words. */
export type ScopeAnswer =
  | { applies: true }
  | { applies: false; code: 'NOT_APPLICABLE'; because: string }
  | {
      applies: false;
      code: Extract<ReasonCode, 'APPLICABILITY_UNKNOWN' | 'LOCAL_RULE_VALIDITY_UNKNOWN'>;
      because: string;
      /** What would settle it. */
      settledBy: string;
    };

export const APPLIES: ScopeAnswer = { applies: true };

export function notApplicable(because: string): ScopeAnswer {
  return { applies: false, code: 'NOT_APPLICABLE', because };
}

export function unknownScope(because: string, settledBy: string): ScopeAnswer {
  return { applies: false, code: 'APPLICABILITY_UNKNOWN', because, settledBy };
}

/** Amounts in yuan that bound a rule's scope from a day on; 以上, 以下 include the figure itself (民法典 art. 1259). */
interface AmountLine {
  from: LocalDay;
  to: LocalDay | null;
  text: string;
}

/** A publicity rule: what it demands, of whom, since when. The data are printed in docs and on the page. */
export interface Rule {
  id: PublicityRuleId;
  /** Raised when scope or counting changes; stored with every judgement. */
  version: string;
  title: string;
  basis: LegalBasis[];
  track: Track;
  /** Procurement methods or ways of tendering, in words. */
  methods: string;
  category: string;
  amountLines: AmountLine[];
  /** 6-digit region code, or null where the rule holds nationwide. */
  region: string | null;
  validity: { from: LocalDay; to: LocalDay | null };
  period: Period;
  /** How it is counted, in words. */
  counting: string;
  /** Of the gravest breach; which breach is how grave stands in `grades`. */
  severity: Severity;
  grades: string;
  /** Kinds of notice that start the period. */
  startKinds: readonly NoticeKind[];
  /** Events of which the earliest must wait. */
  endKinds: readonly NoticeKind[];
  /** Words of the explanation. */
  words: {
    /** What the publicity is called: 中标候选人公示. */
    publicity: string;
    /** What the award letter is called: 中标通知书. */
    awardLetter: string;
    /** The demand, as the second half of a sentence: 依据…，…不得少于3日. */
    demand: string;
  };
  /** Whether the rule applies on the day the project is judged by. Pure. */
  scope(project: ProjectFacts['project'], on: LocalDay, policy: Policy): ScopeAnswer;
}

export const CALENDAR_COUNTING =
  '发布当日不计，数日历日；最后一日是休息日的，按“最后一日顺延”的设置；期满之日的次日起方可公布结果';
export const WORKDAY_PUBLICITY_COUNTING =
  '发布当日不计，按国务院放假通知数工作日，调休上班的周末计入；期满之日的次日起方可公布结果';

export const PUBLICITY_GRADES =
  '没有公示、与公示同日、结果在公示之前、中标（成交）人不在候选之列的，严重；少两日以上的，较重；少一日的，没有等顺延或公告承诺的截止日的，轻微';

/** Events of which the earliest counts as the result: result notice, award letter, contract. */
export const RESULT_KINDS = ['result', 'award_letter', 'contract'] as const satisfies readonly NoticeKind[];

/** Basis with its mark, for people. */
export function basisText(rule: Pick<Rule, 'basis'>): string {
  return rule.basis.map((b) => (b.checked ? b.text : `${b.text}（条文未核对）`)).join('；');
}

/** 1,000,000 → 100万元; other figures in yuan. */
export function yuan(amount: number): string {
  return amount >= 10_000 && (amount / 10_000) * 100 === Math.round((amount / 10_000) * 100)
    ? `${amount / 10_000}万元`
    : `${amount}元`;
}
