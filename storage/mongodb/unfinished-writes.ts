import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** What of the driver's own connection is touched here; it is no part of what the driver offers. */
interface DriverConnection {
  readonly closed: boolean;
  readonly socket: Socket;
  cleanup(error: Error): void;
}

const { Connection } = createRequire(import.meta.url)('mongodb/lib/cmap/connection.js') as {
  Connection: { prototype: DriverConnection };
};

/**
 * Ends the waiting of a write whose connection is closed under it. Where a message does not go out at once the driver
 * waits for the socket to drain, and a socket that the server ends meanwhile closes without draining and without an
 * error: the operation, and all that waits for it, then stands still past every time-out (driver 7.9.0, seen on
 * 2026-11-25). Once woken, the driver finds the error with which it closed the connection, and throws it.
 */
export function endUnfinishedWrites(): void {
  const { cleanup } = Connection.prototype;
  if (cleanup.name === cleanupAndWake.name) return;
  Connection.prototype.cleanup = cleanupAndWake;

  function cleanupAndWake(this: DriverConnection, error: Error): void {
    const wasOpen = !this.closed;
    cleanup.call(this, error);
    if (wasOpen) this.socket.emit('drain');
  }
}
