export { huntMutant } from './hunt-mutant.js';
