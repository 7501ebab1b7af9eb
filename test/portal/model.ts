import type { LocalDay, LocalMoment } from '../../src/model/day.ts';
import type { NoticeKind } from '../../src/model/notice.ts';
import type { PlantedFault, TruthProject } from './truth.ts';

export const SITE_IDS = ['landchina', 'yn_ccgp', 'yn_ggzy', 'ky_gov', 'hh_finance'] as const;
export type SiteId = (typeof SITE_IDS)[number];

/** A county of Honghe, as the sites name it. */
export interface County {
  name: string;
  short: string;
  code: string;
}

/** A purchaser, tenderer or agency with what a notice prints of it. */
export interface Party {
  name: string;
  address: string;
  contact: string;
  phone: string;
}

/** Wording and formal habits of a project's notices. */
export interface Habits {
  /** How amounts are printed. */
  unit: '元' | '万元';
  /** 2026年03月16日 · 2026年3月16日 · 2026-03-16 */
  dates: 'padded' | 'short' | 'iso';
  /** 包 · 标段 */
  lotWord: '包' | '标段';
}

export interface Lot {
  /** "1", "2" … */
  id: string;
  /** What this lot buys. */
  scope: string;
  /** Yuan. */
  budget: number | null;
}

export interface Candidate {
  rank: number;
  firm: string;
  /** Yuan. */
  price: number;
  score: number;
}

/** A publicity period as the page prints it. */
export interface PrintedPeriod {
  words: string;
  /** The stated end as a machine field may carry it. */
  end: LocalMoment;
}

export interface Award {
  lot: string | null;
  /** Null: this lot failed inside the result. */
  firm: string | null;
  firmAddress: string;
  /** Yuan. */
  price: number;
}

export interface Parcel {
  /** 开2026-05号 */
  code: string;
  location: string;
  areaSqm: number;
  use: string;
  years: number;
  /** 万元 */
  start: number;
  deposit: number;
  step: number;
  deal: number;
  winner: string | null;
  /** 电子监管号 */
  supervision: string;
}

/** What a notice says beyond its project's own facts, by the form it is written in. */
export type Body =
  | { form: 'plan'; expected: string }
  | { form: 'tender'; opening: LocalMoment; documentsFrom: LocalDay; documentsTo: LocalDay }
  | {
      form: 'candidate';
      lists: { lot: string | null; candidates: Candidate[] }[];
      opened: LocalDay;
      period: PrintedPeriod;
    }
  | {
      form: 'result';
      awards: Award[];
      determined: LocalDay;
      letter: LocalDay | null;
      /** Reason printed for passing over the first candidate. */
      skipReason: string | null;
      /** "公示期内未收到异议", with the dates of the earlier publicity. */
      quoted: string | null;
    }
  | { form: 'award_letter'; award: Award; issued: LocalDay }
  | { form: 'contract'; award: Award; signed: LocalDay; number: string; term: string }
  | {
      form: 'correction';
      ofTitle: string;
      ofDay: LocalDay;
      subject: '采购公告' | '采购文件' | '采购结果' | '候选人公示' | '招标公告';
      /** Empty: the content stands in the attachment. */
      items: { what: string; before: string; after: string }[];
    }
  | { form: 'failed'; reason: string; lots: string[] }
  | { form: 'terminated'; reason: string }
  | { form: 'single_source'; firm: string; firmAddress: string; reason: string; period: PrintedPeriod }
  | {
      form: 'land_offer';
      parcels: Parcel[];
      number: string;
      applyFrom: LocalMoment;
      applyTo: LocalMoment;
      listFrom: LocalMoment;
      listTo: LocalMoment;
    }
  | { form: 'land_supplement'; number: string; ofDay: LocalDay; text: string }
  | { form: 'land_deal'; parcels: Parcel[]; number: string; deadline: LocalDay }
  | { form: 'land_supply'; parcel: Parcel; signed: LocalDay; approver: string }
  | { form: 'asset_listing'; price: number; yearly: boolean; deposit: number; from: LocalDay; to: LocalDay }
  | { form: 'asset_result'; price: number; yearly: boolean; winner: string; dealt: LocalDay };

/** What hangs on pages: most are PDF, some are written in Word, some want the bidding system's own viewer. */
export const FILE_ENDINGS = ['pdf', 'docx', 'ZCZBJ'] as const;
export type FileEnding = (typeof FILE_ENDINGS)[number];

/** One publication of a notice on one site. */
export interface Page {
  site: SiteId;
  /** The list it stands in, as the site's module names it. */
  channel: string;
  externalId: string;
  title: string;
  /** Publication as the site prints it; the page is not there before. */
  at: LocalMoment;
  /** Brackets full-width or half-width, code as the site prints it. */
  brackets: 'full' | 'half';
  codeStyle: 'plain' | 'fullwidth';
  /** Only "详见附件": the ending of the file that holds the notice. */
  attachmentOnly: false | FileEnding;
  notice: WorldNotice;
}

/** One notice, however often it is published. */
export interface WorldNotice {
  project: WorldProject;
  kind: NoticeKind;
  round: number;
  /** Ids of the lots it speaks of; empty in a project without lots. */
  lots: string[];
  /** The name this notice gives the project: renamed projects change theirs. */
  name: string;
  /** The code it prints: offices add a round's mark to it, or come to use their own. Null = the family prints none. */
  code: string | null;
  day: LocalDay;
  body: Body;
  pages: Page[];
}

export type Family = 'construction' | 'municipal' | 'purchase' | 'single_source' | 'land' | 'asset';

export interface WorldProject {
  id: string;
  family: Family;
  track: TruthProject['track'];
  county: County;
  name: string;
  code: string | null;
  purchaser: Party;
  agency: Party | null;
  /** 公开招标 · 竞争性谈判 … */
  method: string;
  category: '工程' | '货物' | '服务' | '土地' | '资产';
  /** 市政工程 · 房屋修缮 …; null where the form has no such line. */
  subtype: string | null;
  funding: string;
  /** Yuan; null = stated nowhere. */
  budget: number | null;
  ceiling: number | null;
  need: string;
  qualification: string;
  term: string;
  lots: Lot[];
  habits: Habits;
  /** Stands beside another project of its buyer that differs in one telling word only. */
  siblingOf?: string;
  notices: WorldNotice[];
  planted: PlantedFault[];
  nearMiss: string | null;
}
