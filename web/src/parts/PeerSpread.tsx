import type { LeadReply } from '../../../src/api/schemas.ts';
import { count } from '../numbers.ts';

/** Where a lead lies among its peers: bars for the eye, figures for everyone. */
export function PeerSpread({ peers }: { peers: LeadReply['peers'] }) {
  const most = Math.max(...peers.spread.map((step) => step.count), 1);
  return (
    <figure className="peers">
      <figcaption className="under">
        比较范围：{peers.words}，共 <span className="num">{count(peers.count)}</span> 个（含本条）
      </figcaption>
      <ul>
        {peers.spread.map((step) => (
          <li key={step.label} className={step.here ? 'peers-here' : undefined}>
            <span className="peers-label">
              {step.label}
              {step.here && <b>（本条）</b>}
            </span>
            <span className="peers-bar" aria-hidden="true">
              <span style={{ width: `${(100 * step.count) / most}%` }} />
            </span>
            <span className="num">{count(step.count)}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
