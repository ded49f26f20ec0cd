export { type ClockSettings, WALL_EPOCH_MICROS } from './clock/index.js';
export type { DistributionSpec } from './distribution-spec.js';
export { type DiskSettings, WRITEBACK_MICROS } from './disk/index.js';
export { WorldError, type WorldErrorCode } from './errors.js';
export {
  COMMON_FAULT_KEYS,
  expandSchedule,
  type ExpansionOptions,
  type FaultDefinition,
  type FaultFamily,
  type FaultParameter,
  type FaultProblem,
  FAULT_KINDS,
  type FaultKind,
  type FaultShape,
  FAULT_SHAPES,
  FAULTS,
  type FaultScene,
  FaultSchedule,
  FaultScheduleError,
  type FaultSpec,
  type FaultUnit,
  type FaultValue,
  MAX_EXPLICIT_FAULTS,
  validateFault,
} from './faults/index.js';
export * from './kernel/index.js';
export { Machine, MACHINE_LIFECYCLE, type MachineEvent, type MachineSettings, type MachineState } from './machine/index.js';
export { DEFAULT_RETRANSMISSION, type NetworkSettings, type PassageObserver } from './network/index.js';
export type { CostProfile } from './process/index.js';
export { SettingError } from './setting-error.js';
export { NondeterminismError, type TrapTargets, withTrap } from './trap.js';
export { MAX_MACHINES, World, type WorldOptions } from './world.js';
export {
  type BufferSettings, CONSUMER_STEPS, type ConsumerStep, type CrashPoint, Database, PRODUCER_STEPS, type ProducerStep, type WriteSettings,
  type ConsumerContext, type ConsumerSettings, ConsumerWorkload, type HandlerSettings, type HandlingFate, Handlings, type ListedSend, type LoggedSend, MIN_BODY_BYTES,
  type ActionTime, type Alert, type OperatorContext, type OperatorLog, type OperatorSettings, OperatorWorkload, type PerformedAction, type PlannedAction,
  type ProducerContext, type ProducerSettings, ProducerWorkload, type PublishSettings, Sink, type SubscriptionSettings, TraceCounter, type WorkloadLog,
} from './workload/index.js';
