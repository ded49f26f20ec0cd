/** Thrown when a clock would be set outside of its limits. Scenario files are checked before: this is a program's mistake. */
export class ClockError extends Error {
  readonly code = 'QL_SIM_CLOCK_RANGE';

  constructor(what: string, value: number, least: number, most: number) {
    super(`${what} is ${value}, but must be from ${least} to ${most}.`);
    this.name = 'ClockError';
  }
}
