import type { NoticeDetailReply } from '../../../src/api/schemas.ts';
import { Block } from './Block.tsx';
import { DataTable } from './DataTable.tsx';
import { Money } from './Money.tsx';

type Notice = Pick<NoticeDetailReply, 'lots' | 'candidates' | 'parcels'>;

const area = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 });
const unstated = <span className="quiet">未载明</span>;

/** Lots, ranked candidates and parcels of a notice, each where there are any. */
export function NoticeTables({ notice }: { notice: Notice }) {
  return (
    <>
      {notice.lots.length > 0 && (
        <Block title="标段（包）">
          <DataTable
            caption="标段（包）"
            rows={notice.lots}
            rowKey={(lot) => lot.id}
            columns={[
              { name: '标段（包）', as: 'title', cell: (lot) => `${lot.id} ${lot.name ?? ''}` },
              { name: '预算（万元）', as: 'num', cell: (lot) => <Money yuan={lot.budget} unit={false} /> },
              { name: '成交（万元）', as: 'num', cell: (lot) => <Money yuan={lot.amount} unit={false} /> },
              { name: '中标（成交）人', as: 'wide', cell: (lot) => lot.suppliers.join('、') || unstated },
              { name: '结果', cell: (lot) => (lot.failed ? '废标（流标）' : '—') },
            ]}
          />
        </Block>
      )}
      {notice.candidates.length > 0 && (
        <Block title="候选人">
          <DataTable
            caption="候选人及排序"
            rows={notice.candidates}
            rowKey={(candidate) => `${candidate.lot ?? ''} ${candidate.rank} ${candidate.name}`}
            columns={[
              { name: '排序', cell: (candidate) => `第${candidate.rank}名` },
              { name: '候选人', as: 'title', cell: (candidate) => candidate.name },
              { name: '报价（万元）', as: 'num', cell: (candidate) => <Money yuan={candidate.price} unit={false} /> },
              { name: '标段（包）', as: 'wide', cell: (candidate) => candidate.lot ?? '—' },
            ]}
          />
        </Block>
      )}
      {notice.parcels.length > 0 && (
        <Block title="宗地">
          <DataTable
            caption="宗地"
            rows={notice.parcels}
            rowKey={(parcel) => parcel.code}
            columns={[
              { name: '宗地编号', as: 'title', cell: (parcel) => parcel.code },
              { name: '位置', as: 'wide', cell: (parcel) => parcel.location ?? unstated },
              {
                name: '面积（㎡）',
                as: 'num',
                cell: (parcel) => (parcel.areaSqm === null ? unstated : area.format(parcel.areaSqm)),
              },
              { name: '用途', cell: (parcel) => parcel.use ?? unstated },
              { name: '起始价（万元）', as: 'num', cell: (parcel) => <Money yuan={parcel.startPrice} unit={false} /> },
              { name: '成交价（万元）', as: 'num', cell: (parcel) => <Money yuan={parcel.dealPrice} unit={false} /> },
              { name: '竞得人', cell: (parcel) => parcel.winner ?? unstated },
            ]}
          />
        </Block>
      )}
    </>
  );
}
