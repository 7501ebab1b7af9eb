import { MongoClient } from 'mongodb';
import type { CommandStartedEvent } from 'mongodb';
import { vi } from 'vitest';

export interface Watched {
  /** What the driver sent, oldest first. */
  readonly commands: CommandStartedEvent[];
  /** Options of every client that was connected. */
  readonly clients: MongoClient[];
  end(): void;
}

/** Listens to the commands of every client that is connected from now on, whoever makes it. */
export function watchCommands(): Watched {
  const commands: CommandStartedEvent[] = [];
  const clients: MongoClient[] = [];
  const connect = MongoClient.prototype.connect;
  const spy = vi.spyOn(MongoClient.prototype, 'connect').mockImplementation(function (this: MongoClient) {
    if (!clients.includes(this)) {
      clients.push(this);
      // Connections ask for it when they are made, and none is yet.
      Object.assign(this, { monitorCommands: true });
      this.on('commandStarted', (event) => void commands.push(event));
    }
    return connect.call(this);
  });
  return { commands, clients, end: () => spy.mockRestore() };
}
