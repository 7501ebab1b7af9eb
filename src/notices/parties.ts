import { oneLine } from './text.ts';

/**
 * What names of firms and offices are compared by: NFKC, brackets of one shape, no blanks or invisible marks, upper
 * case. Nothing else is forgiven: 分公司 or one word more is another company.
 */
export function nameKey(name: string): string {
  return oneLine(name)
    .normalize('NFKC')
    .replace(/[〔【[{〈《﹝]/g, '(')
    .replace(/[〕】\]}〉》﹞]/g, ')')
    .replace(/[\s"'“”‘’]/g, '')
    .toUpperCase();
}

const ORGANISATION =
  /(?:公司|集团|厂|院|所|中心|局|店|商行|书店|社|处|部|行|学校|学院|大学|中学|小学|幼儿园|站|队|馆|协会|学会|联合会|经营部|事务所|合作社|工作室|工作站|委员会|管委会|政府|医院|银行|支行|办公室|办事处|联合体|超市|门市|门市部|商店|酒店|基金会|法院|检察院|税务局|园|场|村民小组|村委会|厅|署|委|所有制企业|个体户|总队|支队|大队)(?:[（(][^（）()]{1,30}[）)])?$/;
const SENTENCE = /[。！？!?]|[，,；;：:].{6,}|的(?:供应商|投标人|单位)/;

/** True for what reads like a firm's or an office's name. */
export function isOrganisation(text: string): boolean {
  const name = text.trim();
  return (
    name.length >= 4 && name.length <= 80 && ORGANISATION.test(name) && !SENTENCE.test(name) && !LABEL_WORDS.test(name)
  );
}

/** Words of forms that end like an organisation's name (联系单位, 评审部). */
const LABEL_WORDS =
  /^(?:采购|招标|中标|成交|建设|投标)(?:单位|人)$|名称$|^(?:监督|管理|主管|行政监督)(?:部门|机构)$|交易中心$|(?:详见|见附件)/;
const NOTHING =
  /^(?:[/\\—\-–_\s.*·]*|无|暂无|没有|空|null|undefined|详见.*|见附件|招标人|采购人|供应商|投标人|[万亿]?元|人民币|日历天)$/i;
/** What follows a name in the same cell. */
const BEHIND_NAME =
  /\s*(?:[，,；;。\s（(]\s*)?(?:地\s*址|住所|联系人|联系地址|联系电话|联系方式|电话|手机|传真|邮编|邮箱|法定代表人|法人|统一社会信用代码|社会信用代码|信用代码|投标报价|中标金额|成交金额|中标价|报价|下浮|工期|评审得分|评审总得分|得分)[（(]?.*$/s;
const SEALS =
  /[（(]\s*(?:盖章|公章|单位章|盖单位章|单位公章|签字|签章|签字或盖章|签名|盖单位公章|加盖公章|章)\s*[）)]?/g;
const ROLE_IN_BRACKETS =
  /[（(]\s*(?:以下简称[^（）()]{0,60}|采购代理机构|采购人|招标人|招标代理机构|代理机构|甲方|乙方|牵头人|联合体牵头人|牵头方|主办方|成员|联合体成员|联合体)\s*[）)]/g;

/**
 * A party's name out of a cell: address, telephone and seals behind it cut off. Null where no name stands there:
 * 无, /, a telephone number, a sentence, a signature line.
 */
export function readParty(cell: string): string | null {
  const text = oneLine(cell);
  if (/^[（(]?\s*(?:盖章|公章|单位章|单位公章|签字|盖单位章)/.test(text)) return null;
  if (isConsortium(text)) return text.replace(/(?<![；;，,。、\s])[；;，,。、\s]+$/, '');
  const name = text
    .replace(SEALS, ' ')
    .replace(ROLE_IN_BRACKETS, '')
    .replace(BEHIND_NAME, '')
    .replace(/\s\d[\d\s、,，-]{6}[^]*$/, '')
    .replace(LEAD, '')
    .replace(/^[：:，,。.、\s"“]+/, '')
    .replace(/(?<![；;，,。.、：:\s"”])[；;，,。.、：:\s"”]+$/, '')
    .trim();
  const open = (name.match(/[（(]/g) ?? []).length;
  const close = (name.match(/[）)]/g) ?? []).length;
  const whole = close > open ? name.replace(/[）)]$/, '') : open > close ? name.replace(/[（(][^（(]*$/, '') : name;
  if (whole.length < 2 || whole.length > 80 || NOTHING.test(whole) || /^[\d\s()*+-]+$/.test(whole)) return null;
  return SENTENCE.test(whole.replace(IN_BRACKETS, '')) ? null : whole;
}

/** Ten members with their roles. */
const LONGEST_CONSORTIUM = 400;

/** 甲公司（联合体成员：乙公司） */
const IN_BRACKETS = /[（(][^（）()]{1,60}[)）]/g;
/** （主）甲（成）乙 · 联合体牵头人：甲，联合体成员：乙 · 甲（联合体：乙） */
const MEMBER =
  /[（(]\s*(?:联合体)?(?:主|牵头|成|成员|主办|协办)(?:人|方|单位|企业)?\s?\d?\s*[)）]|(?:联合体)?(?:牵头|成员)(?:人|方|单位|企业)?\s*\d?\s*[:：]|[（(]\s*联合体(?:成员)?(?:单位)?\s*[:：]/g;

/** 联合体牵头单位：甲 with the members elsewhere. */
const LEAD = /^(?:联合体)?(?:牵头|主办|主)(?:人|方|单位|企业)?\s*[:：]/;

/** True for words that name the firms of a consortium one by one. */
export function isConsortium(text: string): boolean {
  return membersOf(oneLine(text)) !== null;
}

/** Firms of a consortium, one apart from the other; null where the words name none. */
function membersOf(text: string): string[] | null {
  if (!/[（(]主|牵头|联合体/.test(text) || text.length > LONGEST_CONSORTIUM) return null;
  const parts = text
    .replace(MEMBER, '\n')
    .split(/[\n；;]|[、,，](?=\S{4})|(?<=公司|院|所|[)）])(?:与|和|及)(?=\S{4})/)
    .map((part) =>
      part
        .replace(/^[\s，,、；;]+|(?<![\s，,、；;)）])[\s，,、；;)）]+$/g, '')
        .replace(/^(?:以及|与|和|及)(?=\S{4})/, '')
        .replace(/(?:(?<=公司|院|所)|^)(?:组成的?)?联合体$/, ''),
    );
  const firms = parts.filter((part) => part !== '');
  return firms.length > 1 && firms.every((part) => isOrganisation(part)) ? [...new Set(firms)] : null;
}

/** Several names in one cell: A;B — A、B where each part is a firm. A(B) stays one name, as printed. */
export function readParties(cell: string): string[] {
  const text = oneLine(cell);
  const members = membersOf(text);
  if (members !== null) return members;
  const parts = text.split(/[;；\n]|(?<=(?:公司|院|所|中心|厂|社|集团|[)）]))[、,，/+](?=\S{4})/);
  const names = parts.map((part) => readParty(part)).filter((name) => name !== null);
  if (names.length > 1 && !names.every((name) => isOrganisation(name) || name.length <= 4)) {
    const whole = readParty(text);
    return whole === null ? names.slice(0, 1) : [whole];
  }
  return [...new Set(names)];
}
