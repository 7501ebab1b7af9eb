/** What goes wrong with one command on its way. */
type FaultKind =
  /** The connection is closed and the command never reaches the engine. */
  | 'drop-before'
  /** The command is executed and the connection is closed before its reply. */
  | 'drop-after'
  /** NotWritablePrimary (10107), as from a member that lost an election; not executed. */
  | 'not-primary'
  /** Executed, and answered `ms` later. */
  | 'slow'
  /** The engine is killed (`kill -9`) and started again; the command never reached it. */
  | 'crash-before'
  /** The command is executed, then the engine is killed and started again; no reply. */
  | 'crash-after';

export interface Fault {
  kind: FaultKind;
  /** Names on the wire, as `insert`, `update`, `findAndModify`, `commitTransaction`. Left out: every one that reads or writes data. Greetings (`hello`) are never struck. */
  commands?: string[];
  /** Of this collection only. */
  collection?: string;
  /** This many matching commands pass first. */
  skip?: number;
  /** How often it strikes: 1 unless told. */
  times?: number;
  /** For `slow`: 200 unless told. */
  ms?: number;
  /** Decides further, as by a seeded random number. */
  when?: (command: string, collection: string | null) => boolean;
}

export interface ArmedFault {
  /** How often it struck. */
  readonly hits: number;
  lift(): void;
}

/** Commands of the connection itself; a fault strikes them only by name. */
const HOUSEKEEPING = new Set(['ping', 'endSessions', 'buildInfo', 'killCursors']);

export class Faults {
  readonly #armed = new Set<{ fault: Fault; passed: number; hits: number }>();

  arm(fault: Fault): ArmedFault {
    const armed = { fault, passed: 0, hits: 0 };
    this.#armed.add(armed);
    return {
      get hits() {
        return armed.hits;
      },
      lift: () => void this.#armed.delete(armed),
    };
  }

  /** The fault that strikes this command, the earliest armed first. */
  strike(command: string, collection: string | null): Fault | null {
    for (const armed of this.#armed) {
      const { fault } = armed;
      if (fault.commands ? !fault.commands.includes(command) : HOUSEKEEPING.has(command)) continue;
      if (fault.collection !== undefined && fault.collection !== collection) continue;
      if (fault.when && !fault.when(command, collection)) continue;
      if (armed.passed++ < (fault.skip ?? 0)) continue;
      if (++armed.hits >= (fault.times ?? 1)) this.#armed.delete(armed);
      return fault;
    }
    return null;
  }
}
