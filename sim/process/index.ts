export type { CostProfile } from './cost-profile.js';
export { Cpu, type CpuOptions } from './cpu.js';
export { Process } from './process.js';
