import { isScalar, visit, type Document } from 'yaml';
import type { Mistake } from './mistake.js';
import { quoted } from './printable.js';

/** What every JavaScript object has under these names stands in the way of what a scenario, or a chart, would put there. */
const RESERVED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Keys that would be lost, or taken for something else, wherever objects carry the names of a scenario. */
export function reservedKeys(document: Document.Parsed): Mistake[] {
  const mistakes: Mistake[] = [];
  visit(document, {
    Pair: (_index, { key }) => {
      if (!isScalar(key) || typeof key.value !== 'string' || !RESERVED.has(key.value)) return;
      mistakes.push({
        code: 'QL_SCENARIO_BAD_NAME', message: `${quoted(key.value)} cannot be a name: it means something else to JavaScript.`, expected: 'another name',
        span: { start: key.range?.[0] ?? 0, end: key.range?.[1] ?? 0 },
      });
    },
  });
  return mistakes;
}
