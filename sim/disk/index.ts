export { DiskFaults, type DiskFaultRule, type DiskOperationKind } from './disk-faults.js';
export { ProcessDisk } from './process-disk.js';
export type { DiskSettings } from './settings.js';
export { WRITEBACK_MICROS } from './settings.js';
export { SimDisk } from './sim-disk.js';
