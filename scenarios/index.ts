export type * from './model.js';
export * from './format/index.js';
export * from './run/index.js';
export * from './explicit/index.js';
export type * from './run-result.js';
export { VERSION } from './version.js';
