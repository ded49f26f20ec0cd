export { FAULT_KINDS, FAULT_SHAPES, FAULTS } from './catalogue.js';
export { FaultScheduleError } from './errors.js';
export { expandSchedule, type ExpansionOptions, MAX_EXPLICIT_FAULTS } from './explicit-schedule.js';
export type { FaultContext, FaultDefinition, FaultFamily, FaultKind, FaultParameter, FaultUnit } from './fault-definition.js';
export { FaultSchedule, type FaultScene } from './fault-schedule.js';
export type { FaultSpec, FaultValue } from './fault-spec.js';
export type { FaultProblem } from './fault-problem.js';
export type { FaultShape } from './fault-shape.js';
export { COMMON_FAULT_KEYS, validateFault } from './validate-fault.js';
