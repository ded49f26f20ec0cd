/**
 * `QL_SIM_DUPLICATE_MACHINE`: two machines of one name. `QL_SIM_UNKNOWN_MACHINE`: a name that no machine has.
 * `QL_SIM_MACHINE_LIMIT`: more machines than a world takes. `QL_SIM_STARTED`: a machine is added to a world that runs, or the
 * world is started twice.
 */
export type WorldErrorCode =
  | 'QL_SIM_DUPLICATE_MACHINE'
  | 'QL_SIM_UNKNOWN_MACHINE'
  | 'QL_SIM_MACHINE_LIMIT'
  | 'QL_SIM_STARTED';

/** Thrown when a program puts a world together wrongly. */
export class WorldError extends Error {
  readonly code: WorldErrorCode;
  /** The machine in question, or empty. */
  readonly machine: string;

  constructor(code: WorldErrorCode, message: string, machine = '') {
    super(message);
    this.name = 'WorldError';
    this.code = code;
    this.machine = machine;
  }
}
