import fc from 'fast-check';

/** What notices and their markup are made of, and what has hung parsers before. */
export const TOKENS: readonly string[] = [
  ...['<table>', '</table>', '<tr>', '<td>', '<td colspan="999">', '<td rowspan=60 colspan=60>', '</td>', '</tr>'],
  ...[
    '<p>',
    '</p>',
    '<div',
    '<div class="',
    '"',
    '<br>',
    '<br/>',
    '<script>',
    '<!--',
    '-->',
    '<title>',
    '&nbsp;',
    '&#x',
  ],
  ...[
    ' ',
    '\u3000',
    '\n',
    '\t',
    '\u200b',
    '\ufeff',
    '|',
    '| ',
    '：',
    ':',
    '、',
    '，',
    '。',
    '；',
    '(',
    ')',
    '（',
    '）',
  ],
  ...['[', ']', '【', '】', '“', '—', '-', '/', '.', '0', '1', '9', '2026', '20260316', '2026年3月16日', '3月', '日'],
  ...[
    '09:30',
    '至',
    '止',
    '公示期',
    '三个工作日',
    '3',
    '万元',
    '元',
    '￥',
    '¥',
    '亿',
    '%',
    '大写：',
    '壹拾贰',
    '人民币',
  ],
  ...[
    '项目名称',
    '项目编号',
    '采购人',
    '招标人',
    '中标供应商',
    '中标金额',
    '成交价',
    '预算金额',
    '最高限价',
    '第一中标候选人',
  ],
  ...['名称：', '地址：', '一、', '1.', '（一）', '第1包', '01包', '标段', '标项', 'KYZC2026-G1-00012', '某某有限公司'],
  ...[
    '开远市',
    '红河州',
    '更正',
    '废标',
    '流标',
    '单一来源',
    '合同',
    '详见附件',
    '评审专家',
    '监督部门',
    '联合体',
    '😀',
    '\ud800',
  ],
];

const repeat = (unit: string) => (length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
const nested = (open: string, close: string) => (length: number) => {
  const n = Math.floor(length / (open.length + close.length));
  return open.repeat(n) + close.repeat(n);
};

/** Inputs without end, of about so many characters, on which a careless expression or a recursion would not come back. */
export const HOSTILE: readonly (readonly [what: string, make: (length: number) => string])[] = [
  ['blanks', repeat(' ')],
  ['ideographic blanks', repeat('\u3000')],
  ['tabs and line breaks', repeat('\t\n')],
  ['line breaks', repeat('\n')],
  ['digits', repeat('2026')],
  ['digits and blanks', repeat('2 0 ')],
  ['digits and points', repeat('1.')],
  ['digits and commas', repeat('1,')],
  ['thousands', (length) => `${repeat('123,')(length)}万元`],
  ['open brackets', repeat('（')],
  ['narrow brackets', repeat('(')],
  ['closed brackets', repeat('）')],
  ['pairs of brackets', repeat('()【】')],
  ['nested brackets', nested('（', '）')],
  ['万元', repeat('万元')],
  ['amounts', repeat('1万元')],
  ['labelled amounts', repeat('中标金额：1万元')],
  ['amounts in words', repeat('壹佰万零')],
  ['colons', repeat('：')],
  ['labels', repeat('项目名称：')],
  ['labels on lines', repeat('项目名称\n')],
  ['labels of parties', repeat('采购人：某局 ')],
  ['dates', repeat('2026年3月16日')],
  ['halves of dates', repeat('2026年3月')],
  ['torn dates', repeat('2 0 2 6 年 ')],
  ['ranges', repeat('2026-03-16至')],
  ['clocks', repeat('09:30 ')],
  ['periods', repeat('公示期：3个工作日 ')],
  ['lots', repeat('第1包：')],
  [
    'lots on lines',
    (length) => Array.from({ length: Math.ceil(length / 12) }, (_, i) => `标段${i}：中标人\n`).join(''),
  ],
  ['candidates', repeat('第一中标候选人：某某有限公司\n')],
  ['companies', repeat('某某有限公司、')],
  ['companies in consortium', repeat('某公司（联合体成员：')],
  ['Chinese words', repeat('项目')],
  ['one character', repeat('的')],
  ['numbering', repeat('1.1.')],
  ['numbering in words', repeat('一、')],
  ['codes', repeat('KYZC-')],
  ['dashes', repeat('-')],
  ['dots', repeat('.')],
  ['bars', repeat('| ')],
  ['rows of bars', repeat('|a|b|\n')],
  ['quotes', repeat('"')],
  ['less-than signs', repeat('<')],
  ['ampersands', repeat('&')],
  ['entities', repeat('&#x3000;')],
  ['open comments', repeat('<!--')],
  ['open tags', repeat('<div ')],
  ['attributes', (length) => `<p ${repeat('a="b" ')(length)}>`],
  ['nested blocks', nested('<div>', '</div>')],
  ['nested spans', nested('<b>', '</b>')],
  ['blocks that never close', repeat('<div>')],
  ['nested tables', nested('<table><tr><td>', '</td></tr></table>')],
  ['tables that never close', repeat('<table><tr><td>1')],
  ['cells', repeat('<td>')],
  ['cells with labels', repeat('<td>项目名称</td>')],
  ['rows', repeat('<tr><td>中标人<td>中标金额')],
  [
    'one table of headers',
    (length) => `<table>${repeat('<tr><td>供应商名称</td><td>中标金额</td></tr>')(length)}</table>`,
  ],
  [
    'one table of winners',
    (length) =>
      `<table><tr><td>供应商名称</td><td>中标金额</td></tr>${repeat('<tr><td>某某有限公司</td><td>1万元</td></tr>')(length)}</table>`,
  ],
  ['wide cells', (length) => `<table><tr>${repeat('<td colspan=60 rowspan=60>1</td>')(length)}</tr></table>`],
  ['tall cells', (length) => `<table>${repeat('<tr><td rowspan=60 colspan=60>1</td></tr>')(length)}</table>`],
  ['links', repeat('<a href="a.pdf">附件</a>')],
  ['hidden scripts', repeat('<script>')],
  ['half characters', repeat('\ud83d')],
  ['zero-width marks', repeat('\u200b')],
  ['full-width digits', repeat('１２')],
  ['ligatures that unfold', repeat('\ufdfa')],
  ['months in English', repeat('Mar 16, 2026 ')],
  ['years in words', repeat('二〇二六年')],
  ['places', repeat('建设地点：')],
];

export const hostileText: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...HOSTILE.map(([, make]) => make)), fc.integer({ min: 1, max: 2_000 }))
  .map(([make, length]) => make(length));

/** A change to the bytes of a page; `at` and `to` are shares of its length. */
type PageEdit =
  | { do: 'flip'; at: number; byte: number }
  | { do: 'cut'; at: number; to: number }
  | { do: 'end'; at: number }
  | { do: 'insert'; at: number; text: string }
  | { do: 'repeat'; at: number; to: number; times: number }
  | { do: 'graft'; at: number; from: number; to: number; donor: number };

const place = fc.double({ min: 0, max: 1, noNaN: true });
const short = fc.double({ min: 0, max: 0.05, noNaN: true });

export const pageEdit: fc.Arbitrary<PageEdit> = fc.oneof(
  fc.record({ do: fc.constant('flip' as const), at: place, byte: fc.nat(255) }),
  fc.tuple(place, short).map(([at, length]) => ({ do: 'cut' as const, at, to: at + length })),
  fc.record({ do: fc.constant('end' as const), at: place }),
  fc.record({
    do: fc.constant('insert' as const),
    at: place,
    text: fc.oneof(fc.constantFrom(...TOKENS), hostileText),
  }),
  fc
    .tuple(place, short, fc.integer({ min: 2, max: 40 }))
    .map(([at, length, times]) => ({ do: 'repeat' as const, at, to: at + length, times })),
  fc.record({ do: fc.constant('graft' as const), at: place, from: place, to: place, donor: fc.nat(999) }),
);

/** No edited page grows beyond this: the long inputs are the business of `HOSTILE`. */
const LONGEST_PAGE = 200_000;

/** A page after the edits; a graft takes a part of one of the donors. */
export function edited(page: Uint8Array, edits: readonly PageEdit[], donors: readonly Uint8Array[]): Uint8Array {
  let bytes = Buffer.from(page);
  const index = (share: number): number => Math.min(bytes.length, Math.floor(share * bytes.length));
  for (const edit of edits) {
    const at = index(edit.at);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    if (edit.do === 'flip') bytes = Buffer.concat([before, Buffer.of(edit.byte), after.subarray(1)]);
    else if (edit.do === 'cut') bytes = Buffer.concat([before, bytes.subarray(index(edit.to))]);
    else if (edit.do === 'end') bytes = Buffer.from(before);
    else if (edit.do === 'insert') bytes = Buffer.concat([before, Buffer.from(edit.text), after]);
    else if (edit.do === 'repeat') {
      const part = bytes.subarray(at, index(edit.to));
      bytes = Buffer.concat([before, ...Array.from({ length: edit.times }, () => part), after]);
    } else {
      const donor = donors[edit.donor % donors.length]!;
      const ends = [edit.from, edit.to].map((share) => Math.floor(share * donor.length)).sort((a, b) => a - b);
      bytes = Buffer.concat([before, donor.subarray(ends[0], ends[1]), after]);
    }
    if (bytes.length > LONGEST_PAGE) bytes = Buffer.from(bytes.subarray(0, LONGEST_PAGE));
  }
  return bytes;
}

/** Another value in place of the nth of a JSON reply; undefined takes it away. */
interface ValueEdit {
  nth: number;
  value: unknown;
}

export const valueEdit: fc.Arbitrary<ValueEdit> = fc.record({
  nth: fc.nat(10_000),
  value: fc.oneof(
    fc.constantFrom(undefined, null, '', ' ', 0, -1, 1e308, true, [], {}, '0', 'null', '__proto__', '9999-99-99'),
    fc.jsonValue({ maxDepth: 2 }),
    hostileText,
    fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 }).map((parts) => parts.join('')),
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
  ),
});

/** A JSON reply with some of its values replaced. */
export function replaced(reply: Uint8Array, edits: readonly ValueEdit[]): Uint8Array {
  const root = { reply: JSON.parse(Buffer.from(reply).toString('utf8')) as unknown };
  for (const { nth, value } of edits) {
    const slots: (() => void)[] = [];
    const visit = (holder: Record<string, unknown>): void => {
      for (const key of Object.keys(holder)) {
        slots.push(() => {
          holder[key] = value;
        });
        const held = holder[key];
        if (typeof held === 'object' && held !== null) visit(held as Record<string, unknown>);
      }
    };
    visit(root);
    slots[nth % slots.length]!();
  }
  return Buffer.from(JSON.stringify(root.reply) ?? '');
}
