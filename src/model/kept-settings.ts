import type { Policy } from './policy.ts';

/** What findings rest on beside pages and coverage: the operator's decisions and the calendar, as the files gave them. */
export interface JudgingSettings {
  policy: Policy;
  /** Parsed content of config/calendar.json and config/calendar-local.yaml. */
  calendar: { national: unknown; local: unknown };
}

/** Settings that some judging applied, kept so that what was found under them can be found again. */
export interface KeptSettings extends JudgingSettings {
  /** SHA-256 of policy and calendar: whoever changes a word of them gives them away. */
  id: string;
  /** By which findings name the policy, and the calendar. */
  policyVersion: string;
  calendarVersion: string;
  /** Epoch ms at which they were put in force, ascending: again where the operator went back to them. Never empty. */
  appliedAt: number[];
}
