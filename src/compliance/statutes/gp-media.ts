import { STATUTE_BOOK } from '../rules/rule.ts';
import { resultOnMedium } from './media.ts';
import { aboveOpenTender } from './scopes.ts';
import type { Statute } from './statute.ts';

/** 结果须见于指定媒体. */
export const gpMedia: Statute = {
  id: 'GP-MEDIA',
  version: '1',
  title: '政府采购结果在指定媒体公告',
  basis: [
    { text: '《政府采购信息发布管理办法》（财政部令第101号）第八条', checked: true },
    { text: '《中华人民共和国政府采购法实施条例》第八条', checked: true, readIn: STATUTE_BOOK },
  ],
  track: 'procurement',
  methods: '各种政府采购方式',
  category: '达到公开招标数额标准的货物、工程、服务',
  amountLines: [],
  region: null,
  validity: { from: '2020-03-01', to: null },
  kind: 'logic',
  period: null,
  start: null,
  end: null,
  counting: '结果发布满15日而指定媒体完整采集仍没有的',
  severity: 'minor',
  demand: '依据财政部令第101号、《政府采购法实施条例》第八条，政府采购项目信息应当在中国政府采购网或其省级分网发布',
  scope: aboveOpenTender,
  look: resultOnMedium,
};
