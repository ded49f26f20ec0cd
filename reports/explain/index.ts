export { breachesText } from './breaches-text.js';
export { explainText } from './explain-text.js';
export { brokenPromises, type Explanation, explanationOf, messagesToExplain } from './explanation.js';
