export { FAULTS } from './catalogue.js';
export { FaultScheduleError } from './errors.js';
export { expandSchedule, type ExpansionOptions, MAX_EXPLICIT_FAULTS } from './explicit-schedule.js';
export type { FaultContext, FaultDefinition, FaultFamily, FaultParameter, FaultUnit } from './fault-definition.js';
export { FaultSchedule, type FaultScene } from './fault-schedule.js';
export type { FaultSpec, FaultValue } from './fault-spec.js';
export { COMMON_FAULT_KEYS, type FaultProblem, validateFault } from './validate-fault.js';
