import { hash } from 'node:crypto';

import { canonical } from '../model/canonical.ts';
import type { Policy } from '../model/policy.ts';

/** 48 bits: told apart are the few settings that one operator ever had. */
const LENGTH = 12;

const known = new WeakMap<Policy, string>();

/** Names the operator's decisions (config/rules.yaml) that a judgement was made under: equal names, equal settings. */
export function settingsVersion(policy: Policy): string {
  const version = known.get(policy) ?? hash('sha256', canonical(policy), 'hex').slice(0, LENGTH);
  known.set(policy, version);
  return version;
}
