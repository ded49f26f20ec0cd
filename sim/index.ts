export type { FaultSpec, FaultValue } from './faults/fault-spec.js';
export type { DistributionSpec } from './distribution-spec.js';
export type { DiskSettings } from './disk/settings.js';
export type { NetworkSettings } from './network/settings.js';
export type { CostProfile } from './process/cost-profile.js';
