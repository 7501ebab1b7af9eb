import { useOverview } from '../queries.ts';

/** Above everything that was judged: the operator's edit is not in it yet. */
export function SettingsHeld() {
  const held = useOverview().data?.settingsHeld ?? null;
  if (held === null) return null;
  return (
    <p className="banner banner-attention" role="status">
      {held}
    </p>
  );
}
