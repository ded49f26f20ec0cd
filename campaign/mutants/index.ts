export { renderMutants } from './render-mutants.js';
