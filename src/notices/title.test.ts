import { describe, expect, it } from 'vitest';

import { kindOf, projectNameFromTitle, readTitle, titleKey } from './title.ts';

describe('the kind a title names', () => {
  it.each([
    ['开远市灵泉东路人行道提升改造工程竞争性谈判公告', 'tender'],
    ['开远市第四中学校教学设备采购项目公开招标公告', 'tender'],
    ['国有建设用地使用权挂牌出让公告', 'tender'],
    ['农贸市场摊位租赁权竞价公告', 'tender'],
    ['农贸市场摊位租赁权竞价结果公告', 'result'],
    ['路灯节能改造工程成交候选供应商公示', 'candidate'],
    ['标准厂房建设项目中标候选人公示', 'candidate'],
    ['体育中心施工评标结果公示', 'candidate'],
    ['医用设备预中标结果公示', 'candidate'],
    ['标准厂房建设项目中标结果公告', 'result'],
    ['办公设备采购项目中标（成交）结果公告', 'result'],
    ['办公设备采购项目成交公告', 'result'],
    ['办公设备采购项目成交通知书', 'award_letter'],
    ['办公设备采购项目合同公告', 'contract'],
    ['用车服务采购项目合同', 'contract'],
    ['信息系统升级服务单一来源采购公示', 'single_source'],
    ['信息系统升级服务单一来源采购成交结果公告', 'result'],
    ['办公设备采购项目废标公告', 'failed'],
    ['标准厂房建设项目招标失败公告', 'failed'],
    ['标准厂房建设项目终止招标公告', 'terminated'],
    ['国有建设用地使用权中止公告', 'suspended'],
    ['标准厂房建设项目中标候选人公示更正公告', 'correction'],
    ['标准厂房建设项目招标澄清文件', 'correction'],
    ['关于标准厂房建设项目延期开标的公告', 'correction'],
    ['安保服务更正公告(四)', 'correction'],
    ['标准厂房建设项目推荐中标人公示', 'candidate'],
    ['办公设备采购项目推荐成交供应商公示', 'candidate'],
    ['办公设备采购项目预中标结果公告', 'candidate'],
    ['办公设备采购项目拟成交供应商公告', 'candidate'],
    ['关于变更中标候选人的公示', 'correction'],
    ['关于变更标准厂房建设项目中标候选人的公示', 'correction'],
    ['变更中标人公示', 'correction'],
    ['标准厂房建设项目变更中标候选人公示', 'correction'],
    ['标准厂房建设项目中标候选人公示期延长公告', 'correction'],
    ['标准厂房建设项目公示时间顺延的通知', 'correction'],
    ['标准厂房建设项目招标计划', 'plan'],
    ['立体车库采购意向', 'plan'],
    ['标准厂房建设项目开标记录', 'opening'],
  ])('%s', (title, kind) => {
    expect(readTitle(title).kind).toBe(kind);
  });

  it('is not taken from words of the project itself', () => {
    expect(readTitle('开远市土地变更调查项目竞争性磋商公告').kind).toBe('tender');
    expect(readTitle('开远市补充医疗保险采购项目中标公告').kind).toBe('result');
    expect(readTitle('合同能源管理项目公开招标公告').kind).toBe('tender');
    expect(readTitle('开远市城市停车场项目').kind).toBeNull();
    expect(readTitle('关于土地变更调查项目中标结果的公告').kind).toBe('result');
    expect(readTitle('推荐中标候选人公示').kind).toBe('candidate');
    expect(readTitle('工程变更审核服务采购项目成交结果公告').kind).toBe('result');
  });

  it('is that of the words before that of the mark a site adds', () => {
    expect(readTitle('污水处理工程废标公示[中标候选人公示变更] [第1次变更]').kind).toBe('failed');
    expect(readTitle('供热管网工程终止招标公告[重发公告第3次][中标候选人公示]').kind).toBe('terminated');
    expect(readTitle('八座桥梁维修工程项目[变更公告:第 1次]').kind).toBe('correction');
    expect(readTitle('污水管网工程设计第二次招标[中标候选人公示]').kind).toBe('candidate');
  });

  it('is none where the title is a file name', () => {
    expect(readTitle('（招标）体育公园建设项目设计、施工一体化.BZBJ').kind).toBeNull();
    expect(kindOf('（招标）体育公园建设项目.BZBJ', 'correction', '详见招标文件')).toMatchObject({
      kind: 'correction',
      rule: 'column',
    });
  });
});

describe('the kind of a notice, all evidence weighed', () => {
  it('is failed where a 结果公告 has a failure and no winner', () => {
    const text =
      '三、采购结果\n采购包1(体育器材):\n废标理由：\n合格供应商不足三家，本项目流标。\n四、主要标的信息\n无（废标）';
    expect(kindOf('体育器材采购项目结果公告（采购包1）', 'result', text).kind).toBe('failed');
  });

  it('stays an award where the form prints an empty table of failures', () => {
    const text =
      '三、中标（成交）信息\n1.中标结果：\n1\n红河新绿科技有限公司\n报价：749808（元）\n2.废标结果:\n序号\n废标理由\n其他事项\n四、主要标的信息';
    expect(kindOf('宣传服务采购项目中标(成交)结果公告', 'result', text).kind).toBe('result');
  });

  it('is candidate where a 结果公示 ranks candidates and sets a period', () => {
    const text =
      '经评审已确定中标候选人，现将结果公示如下：\n一、中标候选人排序\n第一名．甲建设有限公司\n第二名．乙建设有限公司\n二、公示期：2026年3月16日至18日。';
    expect(kindOf('某公司体育公园劳务招标结果的公示', 'result', text).kind).toBe('candidate');
  });

  it('is candidate where a stale 终止 title stands over a live list', () => {
    const text = `中标候选人公示\n${'招标范围：工程量清单所含内容。'.repeat(20)}\n第一中标候选人：甲建设有限公司\n公示截止日期：2026年3月30日`;
    expect(kindOf('供热管网工程终止招标公告', 'candidate', text).kind).toBe('candidate');
  });

  it('comes from the page heading or the column where the title is silent', () => {
    expect(kindOf('常青路道路建设工程', 'plan', '常青路道路建设工程招标计划\n序号').kind).toBe('plan');
    expect(kindOf('第二中学宿舍楼建设项目(网)', 'tender', '').kind).toBe('tender');
    expect(kindOf('赞助项目', null, '标的名称：赞助 交易价格：48万元').kind).toBe('result');
    expect(kindOf('某项目', null, '').kind).toBe('other');
  });
});

describe('rounds and lots of a title', () => {
  it.each([
    ['路灯工程（二次）竞争性谈判公告', 2],
    ['路灯工程(第三次)招标公告', 3],
    ['路灯工程第二次招标公告', 2],
    ['路灯工程重新招标公告', 2],
    ['路灯工程招标公告[重发公告第1次]', 2],
    ['路灯工程招标公告', 1],
    ['桥梁维修工程项目[变更公告:第 1次]', 1],
    ['第一次全国普查设备采购招标公告', 1],
    ['路灯工程第二次中标结果公示', 2],
    ['路灯工程第二次中标候选人公示', 2],
    ['路灯工程第2次成交公告', 2],
    ['路灯工程二次成交公告', 2],
    ['路灯工程三次成交结果公告', 3],
    ['路灯工程第二次竞争性谈判公告', 2],
    ['路灯工程第二次废标公告', 2],
    ['路灯工程（重新）成交公告', 2],
    ['路灯工程(重)中标候选人公示', 2],
    ['路灯工程重新竞争性磋商公告', 2],
    ['二次供水设施改造工程中标结果公示', 1],
    ['第二次全国污染源普查成交公告', 1],
    ['路灯工程第二次更正公告', 1],
    ['路灯工程中标候选人第二次公示', 1],
    ['路灯工程中标候选人公示（重新公示）', 1],
    ['路灯工程重新评标结果公示', 1],
    ['路灯工程重新确定中标人公告', 1],
    ['污水处理厂二次结晶设备采购成交公告', 1],
  ])('%s is round %i', (title, round) => {
    expect(readTitle(title).round).toBe(round);
  });

  it('names the lots', () => {
    expect(readTitle('法律服务项目（第二包：监管服务）成交公告').lots).toEqual([{ id: '2', name: '第二包' }]);
  });
});

describe('the project behind a title', () => {
  it.each([
    ['开远市灵泉东路路灯节能改造工程竞争性谈判公告', '开远市灵泉东路路灯节能改造工程'],
    ['[开远市]灵泉东路路灯节能改造工程中标候选人公示[中标候选人公示]', '灵泉东路路灯节能改造工程'],
    ['【开公资采2026017号】灵泉东路路灯节能改造工程-招标[采购]公告', '灵泉东路路灯节能改造工程'],
    ['云南鼎信招标代理有限公司关于灵泉东路路灯节能改造工程的竞争性磋商公告', '灵泉东路路灯节能改造工程'],
    ['办公楼物业服务项目(CQS26C00197)竞争性磋商公告', '办公楼物业服务项目'],
    ['灵泉东路路灯节能改造工程（二次）成交结果公告', '灵泉东路路灯节能改造工程（二次）'],
    ['（招标）体育公园建设项目（一期）设计、施工一体化.BZBJ', '体育公园建设项目（一期）设计、施工一体化'],
  ])('%s', (title, name) => {
    expect(projectNameFromTitle(title)).toBe(name);
  });

  it('has one key in every notice of it, whatever round, lot, region, width or agency is printed', () => {
    const key = titleKey('开远市灵泉东路路灯节能改造工程竞争性谈判公告');
    for (const title of [
      '云南省红河州开远市灵泉东路路灯节能改造工程（二次）成交候选供应商公示',
      '灵泉东路路灯节能改造工程第一包成交结果公告',
      '云南鼎信招标代理有限公司关于灵泉东路路灯节能改造工程的更正公告',
      '开远市灵泉东路路灯节能改造工程第二次中标结果公示',
      '开远市灵泉东路路灯节能改造工程二次成交公告',
      '开远市灵泉东路路灯节能改造工程（重新）成交公告',
      '开远市灵泉东路路灯节能改造工程推荐中标人公示',
      '[重发公告第1次]灵泉东路路灯节能改造工程 竞争性谈判公告',
      '灵泉东路路灯节能改造工程',
    ]) {
      expect(titleKey(title)).toBe(key);
    }
    expect(titleKey('开远市灵泉西路路灯节能改造工程竞争性谈判公告')).not.toBe(key);
  });

  it('comes out of a hostile title made of kind words, which would hold up a backtracking pattern for ever', () => {
    for (const words of ['文件', '招标公告', '结果公告采购']) {
      expect(projectNameFromTitle(`路灯工程${words.repeat(5000)}x`)).toBe('路灯工程');
    }
  });
});
