export { chromeTrace } from './chrome-trace.js';
export { eventsCsv } from './events-csv.js';
export { hgrmOf } from './hgrm.js';
export { mermaidOf } from './mermaid.js';
