import type { Connection, ConnectionHandler } from '../../engine/index.js';
import type { Front } from '../front/index.js';
import type { Process } from '../process/index.js';

export type Accept = (connection: Connection) => ConnectionHandler;

/** What a machine asks of its connections when its process ends. */
export interface LivingEnd {
  /** The process is gone. `isSilent`: and so is the machine, nobody tells the peer. */
  die(isSilent: boolean): void;
}

/** A machine as the network knows it. */
export class NetworkNode<End extends LivingEnd = LivingEnd> {
  readonly name: string;
  isPowered = true;
  process: Process | null = null;
  /** What the process does with incoming connections; null while it listens to none. */
  accept: Accept | null = null;
  /** What stands before its process; null: nothing. */
  front: Front | null = null;
  /** Its sides of all connections that have not ended, oldest first. */
  readonly ends = new Set<End>();

  constructor(name: string) {
    this.name = name;
  }

  begin(process: Process): void {
    this.process = process;
  }

  /** The process has ended: by a kill the peers see a reset, by a loss of power silence. */
  end(isSilent: boolean): void {
    this.process = null;
    this.accept = null;
    for (const end of this.ends) end.die(isSilent);
    this.ends.clear();
  }
}
