import { describe, expect, it } from 'vitest';

import { identityOfStored } from './identity.ts';
import { linkNotices } from './link.ts';
import { bodyOf, notice, projectsOf, together } from './testing/notices.ts';

const lot = (id: string) => ({ id, name: `${id}包`, budget: null, amount: null, suppliers: [], failed: false });
const NAME = '开远市灵泉东路人行道改造工程';
const CODE = 'HHZC2026-J1-00871-KYXM-0032';

describe('notices of one project by its code', () => {
  it('joins tender, candidates, result and contract under one code and buyer', () => {
    expect(
      together(
        notice('hh_finance:1'),
        notice('hh_finance:2', { kind: 'candidate', publishDate: '2026-03-12' }),
        notice('hh_finance:3', { kind: 'result', publishDate: '2026-03-17' }),
        notice('yn_ccgp:4', { kind: 'contract', publishDate: '2026-04-10' }),
      ),
    ).toBe(true);
  });

  it('keeps one code used by two buyers as two projects', () => {
    const other = { purchaser: '开远市教育体育局', projectName: '开远市第三小学运动场维修工程' };
    expect(together(notice('a:1'), notice('a:2', { kind: 'result', ...other }))).toBe(false);
  });

  it('does not let a page without a buyer bridge two buyers under one code', () => {
    const other = { purchaser: '开远市教育体育局', projectName: '开远市第三小学运动场维修工程' };
    const mute = notice('a:3', { kind: 'correction', purchaser: null, publishDate: '2026-03-05' });
    expect(projectsOf([notice('a:1'), notice('a:2', other), mute])).toEqual([['a:1', 'a:3'], ['a:2']]);
  });

  it('reads full-width characters, other brackets and dashes as the same code', () => {
    const wide = 'ＨＨＺＣ２０２６－Ｊ１－００８７１－ＫＹＸＭ－００３２';
    expect(
      together(notice('a:1'), notice('a:2', { kind: 'result', projectCode: wide, projectName: '人行道改造' })),
    ).toBe(true);
  });

  it('takes a lot suffix and a round mark apart from the code', () => {
    expect(together(notice('a:1'), notice('a:2', { kind: 'result', projectCode: `${CODE}-2` }))).toBe(true);
    expect(
      together(
        notice('a:1'),
        notice('a:2', { kind: 'tender', projectCode: `${CODE}（二次）`, round: 2, publishDate: '2026-04-20' }),
      ),
    ).toBe(true);
  });

  it('does not take the number after a year for a lot suffix', () => {
    const purchases = [
      notice('a:1', { projectCode: '开采磋商-2026-3', projectName: '开远市人民医院保洁服务' }),
      notice('a:2', { projectCode: '开采磋商-2026-4', projectName: '开远市人民医院安保服务' }),
    ];
    expect(projectsOf(purchases)).toHaveLength(2);
  });

  it('joins a renamed project while its code stays', () => {
    expect(
      together(
        notice('a:1'),
        notice('a:2', { kind: 'result', projectName: '灵泉东路市政设施提升项目', publishDate: '2026-03-20' }),
      ),
    ).toBe(true);
  });

  it('joins a clarification that prints the platform code alone', () => {
    const header = 'GC532502202600193001';
    expect(
      together(
        notice('yn_ggzy:1', { track: 'construction', projectCode: null, codes: [header] }),
        notice('yn_ggzy:2', {
          kind: 'correction',
          track: 'construction',
          title: '（招标）灵泉东路.BZBJ',
          projectName: null,
          purchaser: null,
          agency: null,
          projectCode: header,
        }),
      ),
    ).toBe(true);
  });

  it('joins a section to its tender project', () => {
    expect(
      together(
        notice('yn_ggzy:1', { projectCode: 'GC532502202600193001' }),
        notice('yn_ggzy:2', { kind: 'candidate', projectCode: 'GC532502202600193001002', projectName: '二标段' }),
      ),
    ).toBe(true);
  });

  it('does not take what is left of a code broken off behind its year for a code', () => {
    const broken = (projectCode: string) => ({ projectCode, codes: [projectCode, '00265'], kind: 'result' as const });
    expect(
      together(
        notice('a:1', { ...broken('YNZC2026-'), projectName: '开远市档案馆信息化设备采购项目' }),
        notice('a:2', { ...broken('YNZC2026'), codes: ['YNZC2026'], projectName: '开远市档案馆采编设备采购项目' }),
      ),
    ).toBe(false);
  });

  it('keeps works and supervision of one investment code apart, with the plan beside one of them', () => {
    const code = '2604-532502-04-01-123456';
    const base = { track: 'construction' as const, projectCode: code };
    const projects = projectsOf([
      notice('g:1', { ...base, kind: 'plan', projectName: '开远市城南污水处理厂扩建工程', publishDate: '2026-01-10' }),
      notice('g:2', { ...base, projectName: '开远市城南污水处理厂扩建工程施工' }),
      notice('g:3', { ...base, projectName: '开远市城南污水处理厂扩建工程监理' }),
    ]);
    expect(projects).toHaveLength(2);
    expect(projects.some((p) => p.includes('g:2') && p.includes('g:3'))).toBe(false);
  });

  it('accepts an abbreviated buyer only where code and name agree', () => {
    const short = { kind: 'result' as const, purchaser: '开远市住建局', publishDate: '2026-03-20' };
    expect(together(notice('a:1'), notice('a:2', short))).toBe(true);
    expect(together(notice('a:1'), notice('a:2', { ...short, projectName: '开远市公租房外墙维修' }))).toBe(false);
  });

  it('says in Chinese what was compared', () => {
    const [project] = linkNotices(
      [notice('a:1'), notice('a:2', { kind: 'result', publishDate: '2026-03-20' })].map(identityOfStored),
    );
    expect(project?.links).toEqual([
      {
        a: 'a:1',
        b: 'a:2',
        as: 'project',
        method: 'code',
        confidence: 0.99,
        reason: `项目编号相同（${CODE}），采购人相同（开远市住房和城乡建设局）`,
      },
    ]);
  });
});

describe('notices of one project by its name', () => {
  const other = { projectCode: 'KY-2026-GC-018', kind: 'result' as const, publishDate: '2026-03-20' };

  it('joins a result whose code was changed, by name and buyer', () => {
    expect(together(notice('a:1'), notice('a:2', other))).toBe(true);
  });

  it('joins a name retyped with generic words moved or added', () => {
    expect(together(notice('a:1'), notice('a:2', { ...other, projectName: '开远市灵泉东路人行道改造建设工程' }))).toBe(
      true,
    );
  });

  it.each([
    ['another phase', '开远市凤凰生态公园绿化提升项目一期', '开远市凤凰生态公园绿化提升项目二期'],
    ['another village', '开远市乐白道街道大庄村道路硬化工程', '开远市乐白道街道小庄村道路硬化工程'],
    ['another year', '开远市2025年度城区道路交通标线施划项目', '开远市2026年度城区道路交通标线施划项目'],
    ['supervision of the same works', '开远市灵泉东路人行道改造工程施工', '开远市灵泉东路人行道改造工程监理'],
  ])('keeps %s apart', (_, one, two) => {
    expect(together(notice('a:1', { projectName: one }), notice('a:2', { ...other, projectName: two }))).toBe(false);
  });

  it('joins the plan of the whole to its supervision tender, and rather to its works where both are known', () => {
    const works = { track: 'construction' as const, projectCode: null, codes: [] };
    const plan = notice('g:1', {
      ...works,
      kind: 'plan',
      projectName: '开远市东城片区河道治理工程',
      publishDate: '2026-01-10',
    });
    const supervision = notice('g:2', { ...works, projectName: '开远市东城片区河道治理工程（监理）' });
    const building = notice('g:3', { ...works, projectName: '开远市东城片区河道治理工程（施工）' });
    expect(projectsOf([plan, supervision])).toEqual([['g:1', 'g:2']]);
    expect(projectsOf([plan, supervision, building])).toEqual([['g:1', 'g:3'], ['g:2']]);
  });

  it('keeps the same name of two buyers apart', () => {
    const name = '2026年食堂食材集中配送服务采购项目';
    expect(
      together(
        notice('a:1', { projectName: name, purchaser: '开远市第一中学校' }),
        notice('a:2', { ...other, projectName: name, purchaser: '开远市第四中学校' }),
      ),
    ).toBe(false);
  });

  it('keeps the same name more than 180 days later apart', () => {
    expect(together(notice('a:1'), notice('a:2', { ...other, publishDate: '2026-08-28' }))).toBe(true);
    expect(together(notice('a:1'), notice('a:2', { ...other, publishDate: '2026-08-30' }))).toBe(false);
  });

  it('keeps an award above the ceiling apart', () => {
    const priced = { ...other, amount: 1_200_000, amountKind: 'award' as const };
    expect(together(notice('a:1', { ceiling: 1_200_000 }), notice('a:2', priced))).toBe(true);
    expect(together(notice('a:1', { ceiling: 1_199_000 }), notice('a:2', priced))).toBe(false);
  });

  it('keeps two purchases of one name and buyer apart when each has its own tender under its own number', () => {
    const second = 'HHZC2026-J1-00915-KYXM-0041';
    expect(
      projectsOf([
        notice('a:1'),
        notice('a:2', { kind: 'result', publishDate: '2026-03-20' }),
        notice('a:3', { projectCode: second, publishDate: '2026-05-06' }),
        notice('a:4', { projectCode: second, kind: 'result', publishDate: '2026-05-22' }),
      ]),
    ).toEqual([
      ['a:1', 'a:2'],
      ['a:3', 'a:4'],
    ]);
  });

  it('keeps two purchases of one name and buyer apart when number, sum and day of opening all differ', () => {
    const second = { projectCode: 'KYCG2026-018', publishDate: '2026-03-09', openingDate: '2026-03-30T09:00' };
    const first = notice('a:1', { budget: 800_000, openingDate: '2026-03-20T09:00' });
    expect(together(first, notice('b:2', { ...second, budget: 460_000 }))).toBe(false);
    expect(together(first, notice('b:2', { ...second, budget: 800_000 }))).toBe(true);
    expect(together(first, notice('b:2', { ...second, budget: 460_000, openingDate: '2026-03-20T09:00' }))).toBe(true);
  });

  it('joins a new number after the first round failed', () => {
    expect(
      together(
        notice('a:1'),
        notice('a:2', { kind: 'failed', publishDate: '2026-03-20' }),
        notice('a:3', { projectCode: 'HHZC2026-J1-00915-KYXM-0041', publishDate: '2026-04-06' }),
      ),
    ).toBe(true);
  });

  it('keeps a new number apart where the first went on after its failure under its own', () => {
    const second = { round: 2, projectName: `${NAME}（二次）` };
    expect(
      projectsOf([
        notice('a:1'),
        notice('a:2', { kind: 'failed', publishDate: '2026-03-20' }),
        notice('a:3', { ...second, publishDate: '2026-03-26' }),
        notice('a:4', { ...second, kind: 'result', publishDate: '2026-04-10' }),
        notice('a:5', { projectCode: 'HHZC2026-J1-00915-KYXM-0041', publishDate: '2026-06-22' }),
      ]),
    ).toEqual([['a:1', 'a:2', 'a:3', 'a:4'], ['a:5']]);
  });

  it('joins a page that names nobody (详见附件) to the only project of that name', () => {
    const bare = {
      projectCode: null,
      codes: [],
      purchaser: null,
      agency: null,
      projectName: null,
      title: `${NAME}成交结果公告`,
      kind: 'result' as const,
    };
    expect(together(notice('a:1'), notice('ky_gov:2', { ...bare, publishDate: '2026-03-20' }))).toBe(true);
  });

  it('leaves such a page alone where two buyers bought under that name', () => {
    const name = '2026年食堂食材集中配送服务采购项目';
    const bare = {
      projectCode: null,
      codes: [],
      purchaser: null,
      agency: null,
      projectName: null,
      title: `${name}结果公告`,
      kind: 'result' as const,
    };
    expect(
      projectsOf([
        notice('a:1', { projectName: name, projectCode: 'A-2026-0001', purchaser: '开远市第一中学校' }),
        notice('a:2', { projectName: name, projectCode: 'B-2026-0007', purchaser: '开远市第四中学校' }),
        notice('ky_gov:3', { ...bare, publishDate: '2026-03-20' }),
      ]),
    ).toHaveLength(3);
  });

  it('joins such a page, where two purchases fit, to the one that holds the same page elsewhere', () => {
    const bare = {
      projectCode: null,
      codes: [],
      purchaser: null,
      agency: null,
      projectName: null,
      title: `${NAME}成交结果公告`,
      kind: 'result' as const,
    };
    const second = { projectCode: 'HHZC2026-J1-00915-KYXM-0041', projectName: `${NAME}（二标段）`, lots: [lot('2')] };
    const both = [
      notice('a:1'),
      notice('a:2', { kind: 'result', publishDate: '2026-03-20' }),
      notice('a:3', { ...second, publishDate: '2026-03-05' }),
      notice('a:4', { ...second, kind: 'result', publishDate: '2026-03-21' }),
    ];
    expect(projectsOf([...both, notice('ky_gov:5', { ...bare, publishDate: '2026-03-21' })])).toEqual([
      ['a:1', 'a:2', 'ky_gov:5'],
      ['a:3', 'a:4'],
    ]);
    expect(projectsOf([...both, notice('ky_gov:5', { ...bare, publishDate: '2026-05-10' })])).toHaveLength(3);
  });

  it('follows a correction to the notice it cites by title and day', () => {
    const citing = {
      kind: 'correction' as const,
      title: '关于某项目的更正公告',
      projectName: null,
      projectCode: null,
      codes: [],
      purchaser: null,
      agency: null,
      publishDate: '2026-03-06',
    };
    const title = `${NAME}竞争性谈判公告`;
    expect(
      together(notice('a:1'), notice('a:2', { ...citing, refersTo: { title, date: '2026-03-02', code: null } })),
    ).toBe(true);
    expect(
      together(notice('a:1'), notice('a:2', { ...citing, refersTo: { title, date: '2026-03-01', code: null } })),
    ).toBe(false);
  });

  it('joins copies of one text where neither page prints code or buyer', () => {
    const copy = { projectCode: null, codes: [], purchaser: null, agency: null, text: bodyOf('灵泉东路人行道改造') };
    expect(together(notice('ky_gov:1', copy), notice('hh_finance:2', { ...copy, publishDate: '2026-03-03' }))).toBe(
      true,
    );
  });
});

describe('land: the parcel is the unit', () => {
  const parcel = (code: string, location: string | null = null, areaSqm: number | null = null) => ({
    code,
    location,
    areaSqm,
    use: null,
    startPrice: null,
    dealPrice: null,
    winner: null,
  });
  const land = {
    track: 'land' as const,
    projectName: null,
    projectCode: null,
    codes: [],
    purchaser: '开远市自然资源局',
    agency: null,
    title: '开远市自然资源局国有建设用地使用权挂牌出让公告',
  };

  it('joins each parcel’s deal to the notice that offered several', () => {
    expect(
      together(
        notice('landchina:1', { ...land, parcels: [parcel('开2026-05号'), parcel('开2026-06号')] }),
        notice('landchina:2', { ...land, kind: 'result', parcels: [parcel('开2026-05号')], publishDate: '2026-04-20' }),
        notice('landchina:3', { ...land, kind: 'result', parcels: [parcel('开2026-06号')], publishDate: '2026-04-21' }),
      ),
    ).toBe(true);
  });

  it('never joins two offers by their common title', () => {
    expect(
      together(
        notice('landchina:1', { ...land, parcels: [parcel('开2026-05号')], text: bodyOf('宗地') }),
        notice('landchina:2', { ...land, parcels: [parcel('开2026-09号')], text: bodyOf('宗地') }),
      ),
    ).toBe(false);
  });

  it('joins a page that holds nothing but a title with the notice’s number', () => {
    const number = '开自然资告字〔2026〕4号';
    const bare = { ...land, purchaser: null, publishDate: '2026-04-20', kind: 'result' as const };
    const offer = notice('landchina:1', { ...land, projectCode: number, parcels: [parcel('开2026-05号')] });
    expect(
      together(offer, notice('ky_gov:2', { ...bare, title: `国有建设用地使用权成交公示（开自然资告字[2026]4号）` })),
    ).toBe(true);
    expect(
      together(offer, notice('ky_gov:2', { ...bare, title: `国有建设用地使用权成交公示（开自然资告字[2026]14号）` })),
    ).toBe(false);
  });

  it('leaves two parcels apart whose pages print one 电子监管号 by mistake', () => {
    const supply = (id: string, code: string, supervision: string) =>
      notice(id, { ...land, kind: 'result', parcels: [parcel(code)], projectCode: supervision, publishDate: null });
    const one = supply('landchina:1', '开2026-08号', '5325022026A24951');
    expect(together(one, supply('landchina:2', '开2026-02号', '5325022026A24951'))).toBe(false);
    const deal = { ...land, kind: 'result' as const, parcels: [parcel('')], projectCode: '5325022026A24951' };
    expect(together(one, notice('landchina:3', { ...deal, publishDate: '2026-06-01' }))).toBe(true);
  });

  it('joins a notice whose title alone names the parcel', () => {
    const ended = notice('ky_gov:2', {
      ...land,
      kind: 'terminated',
      title: '开2026-05号终止公告',
      publishDate: '2026-03-20',
    });
    expect(together(notice('landchina:1', { ...land, parcels: [parcel('开2026-05号')] }), ended)).toBe(true);
  });

  it('joins a supply result without parcel number by place and area', () => {
    const place = '开远市灵泉街道东联村委会旁景山路中段南侧';
    const offer = notice('landchina:1', { ...land, parcels: [parcel('开2026-05号', place, 6899.12)] });
    const supply = (area: number) =>
      notice('landchina:2', { ...land, kind: 'result', parcels: [parcel('', place, area)], publishDate: '2026-06-01' });
    expect(together(offer, supply(6899))).toBe(true);
    expect(together(offer, supply(7400))).toBe(false);
  });
});

describe('sections of a purchase', () => {
  it('leaves a section that goes by its own code apart from a purchase without sections, also after a failure', () => {
    const thing = '开远市人民医院安保服务采购项目';
    const lots = [lot('2')];
    const section = { projectName: `${thing}（二标段）`, projectCode: 'YNZC2026-S3-00060-YNHH-0669', lots };
    const whole = { projectName: thing, projectCode: 'HHHC2026-010' };
    const failed = notice('yn_ccgp:1', { ...section, kind: 'terminated', publishDate: '2026-04-14' });
    expect(together(failed, notice('yn_ccgp:2', { ...whole, publishDate: '2026-05-29' }))).toBe(false);
    const result = { ...whole, kind: 'result' as const, publishDate: '2026-06-10', lots };
    expect(together(notice('yn_ccgp:2', { ...whole, publishDate: '2026-05-29' }), notice('yn_ccgp:3', result))).toBe(
      true,
    );
  });

  it('leaves a section that failed apart from a later purchase of that section and more, each by its own code', () => {
    const thing = '开远市自然资源局森林防火物资采购项目';
    const section = { projectName: `${thing}(二标段)`, projectCode: 'HHHC2026-073', lots: [lot('2')] };
    const tender = notice('a:1', { ...section, publishDate: '2026-03-04' });
    const failed = notice('a:2', { ...section, kind: 'failed', publishDate: '2026-03-13' });
    const lots = [lot('1'), lot('2'), lot('3')];
    const later = { projectCode: 'YNZC2026-G2-00402-YNHH-0827', publishDate: '2026-05-21' };
    expect(together(tender, failed, notice('b:1', { ...later, projectName: thing, lots }))).toBe(false);
    // Its next round: that section and no more.
    expect(together(tender, failed, notice('b:1', { ...section, ...later }))).toBe(true);
  });

  it('leaves apart two purchases of like names that one scheme numbered, whichever agencies handled them', () => {
    const thing = '开远市林业和草原局耕地质量评价服务采购项目';
    const first = { projectName: thing, projectCode: 'YNZC2026-S3-00449-YNDX-0430', lots: [lot('1'), lot('2')] };
    const other = { projectName: `${thing}（B包）`, projectCode: 'YNZC2026-S3-00450-YNZZ-0902', lots: [lot('B')] };
    const contract = { kind: 'contract' as const, publishDate: '2026-07-20', lots: [lot('B'), lot('1')] };
    expect(
      together(
        notice('a:1', { ...first, publishDate: '2026-01-08' }),
        notice('a:4', { ...first, kind: 'result', publishDate: '2026-01-27' }),
        notice('a:2', { ...other, publishDate: '2026-06-24' }),
        notice('a:3', { ...other, ...contract }),
      ),
    ).toBe(false);
  });

  it('leaves a section that goes by its own code apart from a purchase of other sections', () => {
    const thing = '开远市职业高级中学课桌椅采购项目';
    const section = { projectName: `${thing}（B包）`, projectCode: 'YNZC2026-G2-00898-YNHH-0024', lots: [lot('B')] };
    const whole = { projectName: thing, projectCode: 'DYZB2026-154', lots: [lot('1'), lot('2')] };
    const tender = notice('a:1', { ...section, publishDate: '2026-03-02' });
    expect(together(tender, notice('a:2', { ...whole, publishDate: '2026-03-26' }))).toBe(false);
    expect(together(tender, notice('a:2', { ...whole, projectCode: section.projectCode }))).toBe(true);
  });
});
