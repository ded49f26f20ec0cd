import type { FaultProblem } from './fault-problem.js';

/** Thrown when a schedule cannot be carried out. A scenario file is checked before with `validateFault`. */
export class FaultScheduleError extends Error {
  readonly code: 'QL_FAULT_INVALID' | 'QL_FAULT_TOO_MANY';
  /** Place of the entry in the schedule, from 0. */
  readonly index: number;
  readonly problems: readonly FaultProblem[];

  constructor(code: 'QL_FAULT_INVALID' | 'QL_FAULT_TOO_MANY', index: number, problems: readonly FaultProblem[]) {
    const list = problems.map(({ key, message }) => `${key} ${message}`).join('; ');
    super(`Fault ${index + 1} of the schedule: ${list}.`);
    this.name = 'FaultScheduleError';
    this.code = code;
    this.index = index;
    this.problems = problems;
  }
}
