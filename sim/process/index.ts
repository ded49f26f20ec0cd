export type { CostProfile } from './cost-profile.js';
export { Process } from './process.js';
