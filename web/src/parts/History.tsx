import type { AlertDetailReply } from '../../../src/api/schemas.ts';
import { EVENT } from '../words.ts';
import { Observed } from './When.tsx';

/** What happened to an alert, oldest first; `first`: what its beginning is called. */
export function History({ events, first }: { events: AlertDetailReply['history']; first: string }) {
  return (
    <ol className="history">
      {events.map((event, i) => (
        <li key={i}>
          <p className="history-head">
            <Observed at={event.at} /> <strong>{event.event === 'opened' ? first : EVENT[event.event]}</strong>
          </p>
          <p>{event.sentence}</p>
        </li>
      ))}
    </ol>
  );
}
