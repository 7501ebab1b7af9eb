import { reprintOn } from '../rules/rule.ts';
import { resultOnMedium } from './media.ts';
import { mustBeTendered, TENDER_LINES } from './scopes.ts';
import type { Statute } from './statute.ts';

/** 结果须见于法定媒介. */
export const tbMedia: Statute = {
  id: 'TB-MEDIA',
  version: '2',
  title: '依法必须招标项目的结果在法定媒介发布',
  basis: [
    {
      text: '《招标公告和公示信息发布管理办法》（国家发展改革委令第10号）第八条',
      checked: true,
      readIn: reprintOn('lawtime.cn'),
    },
  ],
  track: 'construction',
  methods: '公开招标、邀请招标',
  category: '工程及与工程建设有关的货物、服务',
  amountLines: TENDER_LINES,
  region: null,
  validity: { from: '2018-01-01', to: null },
  kind: 'logic',
  period: null,
  start: null,
  end: null,
  counting: '结果发布满15日而法定媒介完整采集仍没有的',
  severity: 'minor',
  demand: '依据国家发展改革委令第10号第八条，依法必须招标项目的公告和公示信息应当在省级以上法定媒介发布',
  scope: mustBeTendered,
  look: resultOnMedium,
};
