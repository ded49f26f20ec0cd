import { expect, it } from 'vitest';
import { breachesText, explainText, type Explanation, explanationOf, messagesToExplain } from '../../../reports/explain/index.js';
import { brokenRun, verdict } from '../fixtures.js';

const plain = { color: false, unicode: false, columns: 200 };
const breach = (message: number, atMicros: number) => ({ atMicros, message, queue: 'jobs', text: `message ${message} twice` });

/** Three of five breaches are listed. */
const breaches = [breach(7, 1_000_000), breach(9, 1_500_000), breach(7, 2_000_000)];
const broken = brokenRun({
  verdicts: [
    verdict('effect-once', 'Every message has its effect once.', { verdict: 'violated', count: 5, met: false, first: breaches[0]!, breaches }),
    verdict('lost', 'None is lost.', { verdict: 'anomaly', count: 1, first: breach(8, 500_000) }),
    verdict('kept', 'All is kept.'),
  ],
});

const told = (message: number): string => explainText(explanationOf(broken, message, []), plain);

it('says of how many breaches of a promise a message is which', () => {
  expect(told(9)).toContain('  Every message has its effect once. (effect-once): broken 5 times, and this is number 2\n');
  expect(told(7)).toContain('  Every message has its effect once. (effect-once): broken 5 times, here as numbers 1, 3\n');
  expect(told(8)).toContain('  None is lost. (lost)\n');
  const first: Explanation = { ...explanationOf(broken, 9, []), violations: [{ ...explanationOf(broken, 9, []).violations[0]!, number: 1 }] };
  expect(explainText(first, plain)).toContain('broken 5 times, and this is the first\n');
});

it('lists the messages of each promise that was broken more than once, and how many are not listed', () => {
  expect(messagesToExplain(broken)).toEqual([8, 7]);
  const text = breachesText(broken, plain);
  expect(text).toContain('  effect-once: broken 5 times\n    message 7 at 1.000s, message 9 at 1.500s, message 7 at 2.000s, and 2 more\n');
  expect(text).not.toContain('lost');
  expect(breachesText(brokenRun({ verdicts: [] }), plain)).toBe('');
});
