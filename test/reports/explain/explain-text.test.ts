import { expect, it } from 'vitest';
import { explainText, type Explanation } from '../../../reports/explain/index.js';

const told = (count: number): string => {
  const explanation: Explanation = {
    scenario: { name: 'doubling', file: 'doubling.yaml' }, seed: '1', fingerprint: '0', message: 7, steps: [],
    violations: [{ invariant: 'effect-once', promise: 'Every message has its effect once.', verdict: 'violated', count, atMicros: 1_000_000, text: 'twice' }],
  };
  return explainText(explanation, { color: false, unicode: false, columns: 200 });
};

it('says how often the promise was broken of which it tells the first message', () => {
  expect(told(12)).toContain('  Every message has its effect once. (effect-once): broken 12 times, and this is the first\n');
  expect(told(1)).toContain('  Every message has its effect once. (effect-once)\n');
});
