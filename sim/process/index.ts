export type { CostProfile } from './cost-profile.js';
export { Cpu } from './cpu.js';
export { Process } from './process.js';
