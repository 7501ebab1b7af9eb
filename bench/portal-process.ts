/** The portal in a process of its own, so that its work is not counted as a crawler's. Told what to build by the parent. */
import { startPortal } from '../test/portal/portal.ts';
import type { PortalOptions } from '../test/portal/portal.ts';

/** What the parent hears once the sites answer. */
export interface PortalReady {
  addresses: Record<string, string>;
  /** The portal's last day. */
  today: string;
}

process.once('message', (options: PortalOptions) => {
  void startPortal(options).then((portal) => {
    process.send!({ addresses: portal.addresses, today: portal.truth.today } satisfies PortalReady);
  });
});
process.once('disconnect', () => process.exit());
