export type * from './host.js';
export { DiskError } from './host.js';
export * from './mutants/index.js';
export * from './queue/index.js';
export * from './broker/index.js';
export * from './client/index.js';
export * from './exchange/index.js';
export * from './personality/index.js';
