import type { ReactNode } from 'react';

import type { FieldName } from '../../../src/model/notice.ts';
import type { NoticeDetailReply } from '../../../src/api/schemas.ts';
import { AMOUNT_KIND, CATEGORY, FIELD, METHOD, TRACK } from '../words.ts';
import { Fact, Facts } from './Facts.tsx';
import { Money } from './Money.tsx';
import { Origin } from './Origin.tsx';
import { Stated } from './When.tsx';

type Row = [field: FieldName, value: ReactNode | null, always: boolean];

const words = (text: string | null) => text ?? null;
const day = (at: string | null) => (at === null ? null : <Stated at={at} />);
const money = (yuan: number | null) => (yuan === null ? null : <Money yuan={yuan} />);

/** What was read in a notice. Main fields are listed even where the page does not state them. */
function rows(notice: NoticeDetailReply): Row[] {
  return [
    ['projectName', words(notice.projectName), true],
    ['projectCode', words(notice.projectCode), true],
    ['codes', notice.codes.length > 1 ? notice.codes.join('、') : null, false],
    ['purchaser', words(notice.purchaser), true],
    ['agency', words(notice.agency), true],
    ['track', notice.track && TRACK[notice.track], true],
    ['method', notice.method && METHOD[notice.method], true],
    ['category', notice.category && CATEGORY[notice.category], true],
    ['region', words(notice.region), true],
    ['amount', money(notice.amount), true],
    ['amountKind', notice.amountKind && AMOUNT_KIND[notice.amountKind], false],
    ['budget', money(notice.budget), false],
    ['ceiling', money(notice.ceiling), false],
    ['suppliers', notice.suppliers.length > 0 ? notice.suppliers.join('、') : null, false],
    ['publishDate', day(notice.publishDate), true],
    ['publicity', publicity(notice), false],
    ['openingDate', day(notice.openingDate), false],
    ['awardLetterDate', day(notice.awardLetterDate), false],
    ['contractDate', day(notice.contractDate), false],
    ['round', notice.round > 1 ? `第${notice.round}次` : null, false],
  ];
}

function publicity({ publicityStart, publicityEnd, publicityWords }: NoticeDetailReply): ReactNode | null {
  if (publicityStart === null && publicityEnd === null) return publicityWords;
  return (
    <>
      <Stated at={publicityStart} /> 至 <Stated at={publicityEnd} />
    </>
  );
}

export function NoticeFacts({ notice, originsOpen }: { notice: NoticeDetailReply; originsOpen: boolean }) {
  return (
    <Facts>
      {rows(notice)
        .filter(([, value, always]) => always || value !== null)
        .map(([field, value]) => (
          <Fact key={field} name={FIELD[field]}>
            {value ?? <span className="quiet">未载明</span>}{' '}
            <Origin origin={notice.origins[field]} field={FIELD[field]} open={originsOpen} />
          </Fact>
        ))}
    </Facts>
  );
}
