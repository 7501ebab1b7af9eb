import { hash } from 'node:crypto';

import type { Calendar } from '../compliance/calendar.ts';
import { canonical } from '../model/canonical.ts';
import type { Policy } from '../model/policy.ts';

/** 48 bits (of a calendar, 72): told apart are the few settings that one operator ever had. */
const LENGTH = 12;

const known = new WeakMap<Policy, string>();

/** Names the operator's decisions (config/rules.yaml) that a judgement was made under: equal names, equal settings. */
export function settingsVersion(policy: Policy): string {
  const version = known.get(policy) ?? hash('sha256', canonical(policy), 'hex').slice(0, LENGTH);
  known.set(policy, version);
  return version;
}

/** Names the calendar of a judgement, down to the words it uses of a day. */
export function calendarMark({ digest }: Pick<Calendar, 'digest'>): string {
  return digest.slice(0, LENGTH);
}
