import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

import type { FactNotice, ProjectFacts } from '../model/facts.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import type { Policy } from '../model/policy.ts';
import { Calendar } from './calendar.ts';
import { judgeProject } from './judge.ts';
import type { Overall } from './judge.ts';

// For tests only: the shipped calendar, and facts in as few words as a case needs.

const config = (name: string): string => readFileSync(new URL(`../../config/${name}`, import.meta.url), 'utf8');

export const rawNational: unknown = JSON.parse(config('calendar.json'));
export const rawLocal: unknown = parse(config('calendar-local.yaml'));
export const calendar = Calendar.load(rawNational, rawLocal);

/** A must-tender construction project of 6,000,000 yuan in Kaiyuan. */
export const tender: ProjectFacts['project'] = {
  regime: 'construction_tender',
  method: 'open_tender',
  category: 'works',
  stateFunded: true,
  estimate: 6_000_000,
  city: '532502',
  on: '2024-03-04',
};

/** Municipal works for 860,000 yuan bought in Kaiyuan. */
export const localWorks: ProjectFacts['project'] = {
  regime: 'gov_procurement',
  method: 'competitive_negotiation',
  category: 'works',
  subtype: 'municipal',
  budget: 860_000,
  city: '532502',
  on: '2024-03-04',
};

export const singleSource: ProjectFacts['project'] = {
  regime: 'gov_procurement',
  method: 'single_source',
  category: 'goods',
  aboveOpenTenderThreshold: true,
  city: '532502',
  on: '2024-03-04',
};

let serial = 0;

export function notice(
  kind: FactNotice['kind'],
  publishedAt: string | number,
  more: Partial<FactNotice> = {},
): FactNotice {
  serial++;
  return { id: `n${serial}`, title: '某公告', source: 'yn_ggzy', kind, publishedAt, ...more };
}

export const candidate = (at: string | number, more: Partial<FactNotice> = {}): FactNotice =>
  notice('candidate', at, more);
export const result = (at: string | number, more: Partial<FactNotice> = {}): FactNotice => notice('result', at, more);

export function facts(notices: FactNotice[], more: Partial<ProjectFacts> = {}): ProjectFacts {
  return { id: 'p1', project: tender, coverage: 'complete', asOf: null, notices, ...more };
}

export function policyWith(part: Partial<Policy>): Policy {
  return { ...DEFAULT_POLICY, ...part };
}

export function judged(given: ProjectFacts, policy: Partial<Policy> = {}): Overall {
  return judgeProject(given, policyWith(policy), calendar).overall;
}

export function sentenceOf(given: ProjectFacts, policy: Partial<Policy> = {}): string {
  return judgeProject(given, policyWith(policy), calendar).judgements[0]!.sentence;
}
