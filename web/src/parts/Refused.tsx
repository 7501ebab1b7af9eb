import { ApiFailure } from '../api.ts';

/** Why a change was not made, and what to do; what was typed stays where it is. */
export function Refused({ error }: { error: Error }) {
  return (
    <div className="note note-error" role="alert">
      <p>
        <strong>{error.message}</strong>
      </p>
      {error instanceof ApiFailure && <p>{error.advice}</p>}
    </div>
  );
}
