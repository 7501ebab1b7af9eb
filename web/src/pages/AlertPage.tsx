import { Button } from 'antd';
import { Link, useParams } from 'react-router';

import type { AlertSummaryReply } from '../../../src/api/schemas.ts';
import { casePath } from '../api.ts';
import { AlertBody } from '../parts/AlertBody.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { useAlert } from '../queries.ts';
import { NATURE } from '../words.ts';

const UP: Record<AlertSummaryReply['nature'], [string, string]> = {
  violation: ['/alerts', '告警'],
  review: ['/alerts?nature=review', '告警'],
  doubt: ['/cases?nature=doubt', '案件'],
};

export default function AlertPage() {
  const { key = '' } = useParams();
  const alert = useAlert(key);
  const title = alert.data ? `${NATURE[alert.data.nature]} ${alert.data.number}` : '告警详情';
  return (
    <div className="page">
      <PageHead
        title={title}
        up={alert.data === undefined ? ['/alerts', '告警'] : UP[alert.data.nature]}
        actions={
          alert.data && (
            <>
              <Link className="no-print" to={casePath(alert.data.number)}>
                办理案件
              </Link>
              <Button className="no-print" onClick={() => window.print()}>
                打印
              </Button>
            </>
          )
        }
      />
      <Loaded query={alert} what="告警">
        {(data) => <AlertBody alert={data} />}
      </Loaded>
    </div>
  );
}
