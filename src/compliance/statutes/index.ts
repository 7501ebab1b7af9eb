import { gpBid20d } from './gp-bid-20d.ts';
import { gpCandidate } from './gp-candidate.ts';
import { gpCc10d } from './gp-cc-10d.ts';
import { gpCcDoc5wd } from './gp-cc-doc-5wd.ts';
import { gpCeiling } from './gp-ceiling.ts';
import { gpCn3wd } from './gp-cn-3wd.ts';
import { gpContract30d } from './gp-contract-30d.ts';
import { gpContractMatch } from './gp-contract-match.ts';
import { gpContractPub2wd } from './gp-contract-pub-2wd.ts';
import { gpDoc5wd } from './gp-doc-5wd.ts';
import { gpInq3wd } from './gp-inq-3wd.ts';
import { gpMedia } from './gp-media.ts';
import { gpResult2wd } from './gp-result-2wd.ts';
import { landList10d } from './land-list-10d.ts';
import { landNotice20d } from './land-notice-20d.ts';
import { landResult10wd } from './land-result-10wd.ts';
import type { Statute } from './statute.ts';
import { tbBid20d } from './tb-bid-20d.ts';
import { tbCeiling } from './tb-ceiling.ts';
import { tbContract30d } from './tb-contract-30d.ts';
import { tbContractMatch } from './tb-contract-match.ts';
import { tbDocSale5d } from './tb-doc-sale-5d.ts';
import { tbFirstCandidate } from './tb-first-candidate.ts';
import { tbMedia } from './tb-media.ts';

/** Duties beside the publicity periods, in the order of a project's life. */
export const STATUTES: readonly Statute[] = [
  tbDocSale5d,
  tbBid20d,
  tbCeiling,
  tbFirstCandidate,
  tbMedia,
  tbContract30d,
  tbContractMatch,
  gpDoc5wd,
  gpBid20d,
  gpCn3wd,
  gpInq3wd,
  gpCc10d,
  gpCcDoc5wd,
  gpCandidate,
  gpResult2wd,
  gpCeiling,
  gpMedia,
  gpContract30d,
  gpContractPub2wd,
  gpContractMatch,
  landNotice20d,
  landList10d,
  landResult10wd,
];
