export * from './pool/index.js';
export * from './check/index.js';
export * from './coverage/index.js';
export * from './fuzz/index.js';
export * from './shrink/index.js';
export * from './replay/index.js';
export * from './mutants/index.js';
export * from './study/index.js';
