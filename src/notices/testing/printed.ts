import fc from 'fast-check';

/**
 * One notice printed in the ways that offices print it: the same facts as lines, tables and running text, under the
 * labels, units and dates that differ from office to office.
 */
export interface Facts {
  kind: 'tender' | 'candidate' | 'result';
  name: string;
  code: string;
  purchaser: string;
  agency: string;
  /** Yuan. */
  budget: number;
  opening: { day: string; clock: string };
  publicity: { from: string; to: string };
  /** By rank; in a result with lots the first wins the first and so on. */
  firms: { name: string; price: number }[];
  /** Lots of a result, 1 where it has none. */
  lots: number;
  /** Who wins together with the first. */
  partner: string | null;
}

/** What differs from office to office. */
export interface Style {
  layout: (typeof LAYOUTS)[number];
  outcome: (typeof OUTCOMES)[number];
  /** Picks among the labels that say the same. */
  labels: number;
  numbering: (typeof NUMBERINGS)[number];
  /** 采 购 人 */
  spaced: boolean;
  /** Digits and letters as wide as Chinese ones. */
  wide: boolean;
  colon: '：' | ':' | '： ';
  money: (typeof MONEYS)[number];
  date: (typeof DATES)[number];
  range: (typeof RANGES)[number];
  rank: (typeof RANKS)[number];
  consortium: (typeof CONSORTIA)[number];
  lot: (typeof LOTS)[number];
  /** What else forms print: fees, deposits, experts, supervisors, telephones. */
  noise: boolean;
  markup: (typeof MARKUPS)[number];
}

const LAYOUTS = ['lines', 'stack', 'form', 'wide form', 'columns', 'run-on', 'tabs', 'bars'] as const;
const OUTCOMES = ['table', 'two-level table', 'transposed', 'pairs', 'sentences'] as const;
const NUMBERINGS = ['none', 'arabic', 'bracketed'] as const;
const MONEYS = ['yuan', 'wan', 'label yuan', 'label wan', 'sign', 'capitals', 'thousands'] as const;
const DATES = ['han', 'padded han', 'dash', 'dot', 'slash', 'numerals'] as const;
const RANGES = ['whole', 'month', 'day', 'apart'] as const;
const RANKS = ['第N名', '第N中标候选人', '推荐第N', '排名N', 'N'] as const;
const CONSORTIA = [
  '联合体牵头单位：甲，联合体成员单位：乙',
  '甲（联合体牵头人）、乙（联合体成员）',
  '（主）甲（成）乙',
  '甲（联合体成员：乙）',
  '牵头人：甲；成员：乙',
] as const;
const LOTS = ['第N包', 'N', '标项N', '采购包N'] as const;
const NOISE: readonly (readonly [string, string])[] = [
  ['投标保证金', '20000元'],
  ['评审专家名单', '杨某、李某、普某'],
  ['代理服务费', '按标准收取，共计1.86万元'],
  ['监督部门', '开远市财政局'],
  ['项目联系人', '马工'],
  ['联系电话', '0873-7123456'],
  ['地址', '开远市灵泉东路115号'],
];
const MARKUPS = ['plain', 'spans', 'unclosed'] as const;

export const anyStyle: fc.Arbitrary<Style> = fc.record({
  layout: fc.constantFrom(...LAYOUTS),
  outcome: fc.constantFrom(...OUTCOMES),
  labels: fc.nat(11),
  numbering: fc.constantFrom(...NUMBERINGS),
  spaced: fc.boolean(),
  wide: fc.boolean(),
  colon: fc.constantFrom('：', ':', '： '),
  money: fc.constantFrom(...MONEYS),
  date: fc.constantFrom(...DATES),
  range: fc.constantFrom(...RANGES),
  rank: fc.constantFrom(...RANKS),
  consortium: fc.constantFrom(...CONSORTIA),
  lot: fc.constantFrom(...LOTS),
  noise: fc.boolean(),
  markup: fc.constantFrom(...MARKUPS),
});

const SURNAMES = ['红河宏远', '开远市兴达', '云南景盛', '昆明中诚', '个旧市恒业', '蒙自滇南'];
const TRADES = ['建筑工程有限公司', '科技有限责任公司', '市政园林工程有限公司', '电子信息股份有限公司'];
const OFFICES = [
  '开远市住房和城乡建设局',
  '开远市第一中学',
  '红河州疾病预防控制中心',
  '弥勒市人民医院',
  '建水县水务局',
];
const AGENCIES = ['云南鼎信项目管理有限公司', '红河诚信招标咨询有限责任公司', '云南国诚工程造价咨询有限公司'];
const PROJECTS = [
  '开远市灵泉东路人行道改造工程',
  '信息系统等级保护测评服务采购项目',
  '异龙湖环湖截污管网修复工程（二标段）',
  '教学设备采购项目（二次）',
];
const CODES = ['HHZC2026-C3-00821-YNHX-0031', 'KYCG2026-018', 'E5325250001000123001', 'YNDX-KY-2026-031'];

const yuan = fc.integer({ min: 120_000, max: 99_999_999 }).map((n) => n - (n % 100));
const day = fc.integer({ min: 1, max: 28 }).map((d) => `2026-03-${String(d).padStart(2, '0')}`);

export const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    kind: fc.constantFrom('tender' as const, 'candidate' as const, 'result' as const),
    name: fc.constantFrom(...PROJECTS),
    code: fc.constantFrom(...CODES),
    purchaser: fc.constantFrom(...OFFICES),
    agency: fc.constantFrom(...AGENCIES),
    lots: fc.constantFrom(1, 1, 2, 3),
    partner: fc.constantFrom(null, null, '昆明理工建筑设计研究院有限公司'),
    budget: yuan,
    opening: fc.record({ day, clock: fc.constantFrom('09:00', '09:30', '14:30', '15:00') }),
    publicity: fc
      .tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 4 }))
      .map(([from, days]) => ({ from: `2026-04-${two(from)}`, to: `2026-04-${two(from + days)}` })),
    firms: fc
      .tuple(
        fc.uniqueArray(fc.tuple(fc.constantFrom(...SURNAMES), fc.constantFrom(...TRADES)), {
          minLength: 3,
          maxLength: 3,
          selector: ([surname]) => surname,
        }),
        fc.array(fc.integer({ min: 60, max: 99 }), { minLength: 3, maxLength: 3 }),
      )
      .map(([names, shares]) => names.map((parts, i) => ({ name: parts.join(''), share: shares[i]! / 100 }))),
  })
  .map(({ firms, ...facts }) => ({
    ...facts,
    firms: firms.map(({ name, share }) => ({ name, price: Math.round(facts.budget * share) })),
  }));

const two = (n: number): string => String(n).padStart(2, '0');

const LABELS = {
  name: ['项目名称', '采购项目名称', '工程名称', '招标项目名称'],
  code: ['项目编号', '采购编号', '招标编号', '采购项目编号', '标段编号'],
  purchaser: ['采购人', '采购单位', '招标人', '业主', '建设单位', '项目业主'],
  agency: ['采购代理机构', '招标代理机构', '代理机构名称', '招标代理'],
  budget: ['预算金额', '采购预算', '最高限价', '招标控制价', '拦标价'],
  opening: ['开标时间', '开启时间', '投标截止时间及开标时间', '开标日期'],
  publicity: ['公示期', '公示时间', '公示期限', '公示起止时间'],
  winner: ['中标人', '中标供应商', '成交人', '成交单位', '成交供应商名称', '中标单位'],
  award: ['中标金额', '成交金额', '中标价', '成交总价'],
  bid: ['投标报价', '投标总价', '报价', '最终报价'],
  bidder: ['中标候选人名称', '单位名称', '投标人名称', '候选人名称'],
} as const;
type Field = keyof typeof LABELS;

const KIND_WORDS = { tender: '招标公告', candidate: '中标候选人公示', result: '中标结果公告' };

export interface Printed {
  title: string;
  html?: string;
  text?: string;
}

export function printed(facts: Facts, style: Style): Printed {
  const title = `${facts.name}${KIND_WORDS[facts.kind]}`;
  const fields: [string, string][] = [
    [label('name', style), facts.name],
    [label('code', style), facts.code],
    [label('purchaser', style), facts.purchaser],
    [label('agency', style), facts.agency],
    money('budget', facts.budget, style),
    [label('opening', style), moment(facts.opening, style)],
    ...(facts.kind === 'candidate' ? publicity(facts.publicity, style) : []),
    ...(style.noise ? NOISE.map(([words, value]): [string, string] => [words, value]) : []),
  ];
  const dressed = fields.map(([words, value], i): [string, string] => [
    number(style.spaced && words.length <= 4 ? [...words].join(' ') : words, i, style),
    value,
  ]);
  const told = facts.kind !== 'tender' && style.outcome === 'sentences' ? sentencesOf(facts, style) : null;
  const outcome = facts.kind === 'tender' || told !== null ? null : outcomeOf(facts, style);
  const text = asText(title, dressed, outcome, style);
  if (text !== null) {
    const whole = told === null ? text : `${text}\n${told}`;
    return { title, text: style.wide ? widened(whole) : whole };
  }
  const html = asHtml(title, dressed, outcome, style);
  return {
    title,
    html: told === null ? html : html.replace('</body>', () => `<p>${inMarkup(told, style)}</p></body>`),
  };
}

/** The notice's amount and who stands for it: one lot's price is not the notice's, all lots' together are. */
export function expected({ kind, budget, firms, lots, partner }: Facts): { amount: number; suppliers: string[] } {
  if (kind === 'tender') return { amount: budget, suppliers: [] };
  const won = kind === 'candidate' ? firms.slice(0, 1) : firms.slice(0, lots);
  const [first, ...others] = won.map(({ name }) => name);
  return {
    amount: won.reduce((sum, { price }) => sum + price, 0),
    suppliers: [first!, ...(partner === null ? [] : [partner]), ...others],
  };
}

const pick = (field: Field, style: Style): string => LABELS[field][style.labels % LABELS[field].length]!;
const label = pick;

function number(words: string, i: number, { numbering, layout }: Style): string {
  if (layout === 'columns' || numbering === 'none') return words;
  return numbering === 'arabic' ? `${i + 1}、${words}` : `（${i + 1}）${words}`;
}

/** Label and value of an amount: the unit stands in one of them. */
function money(field: Field, amount: number, style: Style): [string, string] {
  const words = label(field, style);
  switch (style.money) {
    case 'yuan':
      return [words, `${amount}元`];
    case 'wan':
      return [words, `${amount / 10_000}万元`];
    case 'label yuan':
      return [`${words}（元）`, String(amount)];
    case 'label wan':
      return [`${words}（万元）`, String(amount / 10_000)];
    case 'sign':
      return [words, `￥${amount.toFixed(2)}`];
    case 'thousands':
      return [words, `人民币${amount.toLocaleString('en-US')}.00元`];
    case 'capitals':
      return [words, `人民币${capitals(amount)}元整`];
  }
}

const CAPITALS = '零壹贰叁肆伍陆柒捌玖';

/** 8735 → 捌仟柒佰叁拾伍 */
function capitals(n: number): string {
  if (n >= 10_000) {
    const rest = n % 10_000;
    return `${capitals(Math.floor(n / 10_000))}万${rest === 0 ? '' : (rest < 1000 ? '零' : '') + capitals(rest)}`;
  }
  let words = '';
  let gap = false;
  for (const [place, unit] of [
    [1000, '仟'],
    [100, '佰'],
    [10, '拾'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(n / place) % 10;
    if (digit === 0) gap = words !== '';
    else {
      words += (gap ? '零' : '') + CAPITALS[digit]! + unit;
      gap = false;
    }
  }
  return words;
}

const NUMERALS = '〇一二三四五六七八九';

function han(n: number): string {
  if (n < 10) return NUMERALS[n]!;
  return `${n < 20 ? '' : NUMERALS[Math.floor(n / 10)]!}十${n % 10 === 0 ? '' : NUMERALS[n % 10]!}`;
}

function dayIn(date: string, style: Style): string {
  const [y = '', m = '', d = ''] = date.split('-');
  switch (style.date) {
    case 'han':
      return `${y}年${Number(m)}月${Number(d)}日`;
    case 'padded han':
      return `${y}年${m}月${d}日`;
    case 'dash':
      return date;
    case 'dot':
      return `${y}.${Number(m)}.${Number(d)}`;
    case 'slash':
      return `${y}/${Number(m)}/${Number(d)}`;
    case 'numerals':
      return `${[...y].map((c) => NUMERALS[Number(c)]).join('')}年${han(Number(m))}月${han(Number(d))}日`;
  }
}

function moment({ day: date, clock }: Facts['opening'], style: Style): string {
  const [hour = '', minute = ''] = clock.split(':');
  if (style.date === 'dash' || style.date === 'slash') return `${dayIn(date, style)} ${clock}`;
  if (style.date === 'dot') return `${dayIn(date, style)} ${hour}时${minute}分`;
  return style.date === 'han' && Number(hour) > 12
    ? `${dayIn(date, style)}下午${Number(hour) - 12}时${minute}分`
    : `${dayIn(date, style)}${hour}时${minute}分`;
}

function publicity({ from, to }: Facts['publicity'], style: Style): [string, string][] {
  if (style.range === 'apart')
    return [
      ['公示开始时间', dayIn(from, style)],
      ['公示结束时间', dayIn(to, style)],
    ];
  const isHan = style.date === 'han' || style.date === 'padded han';
  const [, month, last] = to.split('-').map(Number);
  const end =
    style.range === 'whole' || !isHan
      ? dayIn(to, style)
      : style.range === 'month'
        ? `${month}月${last}日`
        : `${last}日`;
  return [[label('publicity', style), `${dayIn(from, style)}至${end}`]];
}

/** Rows of cells; where the header has two levels, the whole of it as markup and its second line. */
interface Outcome {
  rows: string[][];
  header: string | null;
  below: string[] | null;
}

function rankIn(n: number, style: Style): string {
  return style.rank.replace('N', style.rank === 'N' || style.rank === '排名N' ? String(n) : '一二三'[n - 1]!);
}

/** What is printed where sentences say it. */
function sentencesOf({ kind, firms, lots, partner }: Facts, style: Style): string {
  const wide = { ...style, money: style.money.startsWith('label') ? ('wan' as const) : style.money };
  const price = (yuan: number): string => money('bid', yuan, wide)[1];
  const who = (name: string, i: number): string =>
    i > 0 || partner === null ? name : `${name}（联合体牵头人）与${partner}（联合体成员）组成的联合体`;
  const pick = <T>(...ways: T[]): T => ways[style.labels % ways.length]!;
  if (kind === 'candidate')
    return `${firms
      .map(({ name, price: yuan }, i) => {
        const rank = `第${'一二三'[i]!}中标候选人`;
        return pick(
          `推荐${who(name, i)}为${rank}，投标报价${price(yuan)}`,
          `${rank}为${who(name, i)}，投标报价为${price(yuan)}`,
          `${rank}：${who(name, i)}，投标总价：${price(yuan)}，工期90日历天`,
        );
      })
      .join('；')}。`;
  if (lots > 1)
    return `${firms
      .slice(0, lots)
      .map(({ name, price: yuan }, i) => {
        const lot = `第${'一二三'[i]!}标段`;
        return pick(
          `${lot}由${who(name, i)}以${price(yuan)}中标`,
          `${lot}确定${who(name, i)}为中标人，中标价为${price(yuan)}`,
          `${lot}中标单位为${who(name, i)}，中标金额${price(yuan)}`,
        );
      })
      .join('；')}。`;
  const [{ name, price: yuan }] = firms as [Facts['firms'][number]];
  return pick(
    `经评审并报采购人确认，确定${who(name, 0)}为本项目中标供应商，中标金额为${price(yuan)}。`,
    `本项目由${who(name, 0)}以${price(yuan)}的价格中标。`,
    `本次采购的成交供应商为${who(name, 0)}，成交价${price(yuan)}。`,
    `${who(name, 0)}被确定为中标人。中标价：${price(yuan)}。`,
  );
}

function outcomeOf(facts: Facts, style: Style): Outcome | [string, string][] {
  const ranked = facts.kind === 'candidate';
  const { partner, lots } = facts;
  const firms = (ranked ? facts.firms : facts.firms.slice(0, lots)).map(({ name, price }, i) => ({
    name: i > 0 || partner === null ? name : style.consortium.replace('甲', name).replace('乙', partner),
    price,
  }));
  const who = label(ranked ? 'bidder' : 'winner', style);
  const what = ranked ? 'bid' : 'award';
  if (style.outcome === 'pairs') {
    if (!ranked)
      return firms.flatMap(({ name, price }, i): [string, string][] => [
        ...(lots > 1 ? [[`第${'一二三'[i]!}标段`, ''] as [string, string]] : []),
        [who, name],
        money(what, price, style),
      ]);
    return firms.flatMap(({ name, price }, i): [string, string][] => [
      [`第${'一二三'[i]!}中标候选人`, name],
      money(what, price, style),
    ]);
  }
  const [priced] = money(what, 0, style);
  const cells = firms.map(({ name, price }, i) => [
    ...(ranked ? [rankIn(i + 1, style)] : lots > 1 ? [style.lot.replace('N', String(i + 1))] : []),
    name,
    money(what, price, style)[1],
  ]);
  const header = [...(ranked ? ['排名'] : lots > 1 ? ['包号'] : []), who, priced];
  if (style.outcome === 'transposed' && (ranked || lots > 1))
    return {
      rows: header.map((words, column) => [words, ...cells.map((row) => row[column]!)]),
      header: null,
      below: null,
    };
  if (style.outcome !== 'two-level table') return { rows: [header, ...cells], header: null, below: null };
  const spans = header.map((words, i) =>
    i === header.length - 1 ? `<td colspan=2>${words}</td>` : `<td rowspan=2>${words}</td>`,
  );
  return {
    rows: [header, ...cells.map((row, i) => [...row, `${capitals(firms[i]!.price)}元整`])],
    header: `<tr>${spans.join('')}</tr><tr><td>小写</td><td>大写</td></tr>`,
    below: ['小写', '大写'],
  };
}

const NO_ROWS: Outcome = { rows: [], header: null, below: null };

function asText(
  title: string,
  fields: [string, string][],
  outcome: Outcome | [string, string][] | null,
  { layout, colon }: Style,
): string | null {
  const pairs = [...fields, ...(Array.isArray(outcome) ? outcome : [])];
  const { rows: tabled, below } = outcome === null || Array.isArray(outcome) ? NO_ROWS : outcome;
  const rows = below === null ? tabled : [tabled[0]!, below, ...tabled.slice(1)];
  const lines = pairs.map(([words, value]) => (value === '' ? words : `${words}${colon}${value}`));
  switch (layout) {
    case 'lines':
      return [title, ...lines, ...rows.map((row) => row.join('\t'))].join('\n');
    case 'stack':
      return [title, ...pairs.flat().filter((cell) => cell !== ''), '', ...rows.flat()].join('\n');
    case 'run-on':
      return rows.length > 0
        ? [title, lines.join(' '), ...rows.map((row) => row.join('\t'))].join('\n')
        : `${title}\n${lines.join(' ')}`;
    case 'tabs':
      return [title, ...pairs.map((pair) => pair.join('\t')), '', ...rows.map((row) => row.join('\t'))].join('\n');
    case 'bars':
      return [title, ...lines, ...rows.map((row) => row.join(' | '))].join('\n');
    default:
      return null;
  }
}

function asHtml(
  title: string,
  fields: [string, string][],
  outcome: Outcome | [string, string][] | null,
  style: Style,
): string {
  const behind = Array.isArray(outcome) ? outcome : [];
  const pairs = style.layout === 'columns' ? fields : [...fields, ...behind];
  const text = (words: string): string => inMarkup(style.wide ? widened(words) : words, style);
  const td = (words: string): string => `<td>${text(words)}${style.markup === 'unclosed' ? '' : '</td>'}`;
  const tr = (cells: string): string => `<tr>${cells}${style.markup === 'unclosed' ? '' : '</tr>'}`;
  const row = (cells: readonly string[]): string => tr(cells.map(td).join(''));
  const forms: Record<string, () => string> = {
    form: () => `<table>${pairs.map(row).join('')}</table>`,
    'wide form': () => {
      const rows = pairs.flatMap((pair, i) => (i % 2 === 0 ? [[...pair, ...(pairs[i + 1] ?? [])]] : []));
      return `<table>${rows.map(row).join('')}</table>`;
    },
    columns: () => `<table>${row(pairs.map(([words]) => words))}${row(pairs.map(([, value]) => value))}</table>`,
  };
  const table =
    outcome === null || Array.isArray(outcome)
      ? `<table>${style.layout === 'columns' ? behind.map(row).join('') : ''}</table>`
      : `<table>${outcome.header ?? row(outcome.rows[0]!)}${outcome.rows.slice(1).map(row).join('')}</table>`;
  return `<html><body><h1>${title}</h1>${forms[style.layout]!()}<p>&nbsp;</p>${table}</body></html>`;
}

/** As a word processor saves it: every run of digits or letters in a span of its own. */
function inMarkup(words: string, { markup }: Style): string {
  return markup === 'spans'
    ? `<p class=MsoNormal><span style="font-family:宋体">${words.replace(/[\dA-Za-z.,-]+/g, '<span lang=EN-US>$&</span>')}<o:p></o:p></span></p>`
    : words;
}

function widened(words: string): string {
  return words.replace(/[0-9A-Za-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
}
