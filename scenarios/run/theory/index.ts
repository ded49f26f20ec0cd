export { theoryOf } from './theory-result.js';
