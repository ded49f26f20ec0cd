export { MACHINE_LIFECYCLE, type MachineEvent, type MachineState } from './lifecycle.js';
export { Machine, type MachineSurroundings } from './machine.js';
export type { MachineSettings } from './settings.js';
