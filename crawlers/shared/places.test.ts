import { describe, expect, it } from 'vitest';

import { KAIYUAN } from './fixtures.ts';
import { regionByField, regionByPlatform, regionByTitle } from './places.ts';

describe('telling 开远 from its neighbours', () => {
  it.each([
    ['开远市灵泉西路市政道路提升改造工程成交结果公告', true],
    ['蒙自市城市管理局环卫车辆购置项目中标结果公告', false],
    ['昆明市呈贡区第三小学校园安防系统采购项目中标公告', false],
    ['红河州疾病预防控制中心冷链设备采购项目公告', null],
    ['南盘江河口段治理工程招标公告', null],
    ['大理石板材采购公告', null],
  ])('title %s: %s', (title, expected) => {
    expect(regionByTitle(KAIYUAN, title)).toBe(expected);
  });

  it.each([
    ['开远市', '信息化项目采购公告', true],
    ['532502', '信息化项目采购公告', true],
    ['个旧市', '个旧至开远高速公路绿化采购公告', false],
    ['省级', '云南省小龙潭监狱（开远）锅炉采购公告', true],
    ['省级', '云南省农业科学院实验设备采购公告', false],
    ['红河州', '开远市智慧社区平台采购公告', true],
    ['红河州', '蒙自市供水管网工程公告', false],
    ['红河州本级', '冷链设备采购公告', null],
    ['', '冷链设备采购公告', null],
    [null, '冷链设备采购公告', null],
  ])('region field %s with title %s: %s', (field, title, expected) => {
    expect(regionByField(KAIYUAN, field, title)).toBe(expected);
  });

  it.each([
    ['红河州公共资源交易中心开远分中心', '实训楼工程', true],
    ['红河州公共资源交易中心弥勒分中心', '实训楼工程', false],
    ['红河州公共资源交易中心', '实训楼工程', null],
    [null, '实训楼工程', null],
  ])('platform %s: %s', (platform, title, expected) => {
    expect(regionByPlatform(KAIYUAN, platform, title)).toBe(expected);
  });
});
