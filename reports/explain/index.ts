export { explainText } from './explain-text.js';
export { type Explanation, explanationOf, messagesToExplain } from './explanation.js';
