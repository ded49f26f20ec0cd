export { chromeTrace } from './chrome-trace.js';
export { hgrmOf } from './hgrm.js';
export { mermaidOf } from './mermaid.js';
