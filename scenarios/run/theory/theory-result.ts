import type { Scenario } from '../../model.js';
import type { TheoryResult } from '../../run-result.js';
import { closedForm, kendall, utilisationOf } from './closed-forms.js';
import { recogniseQueue } from './recognise.js';

const QUANTILES = [['p50', 0.5], ['p90', 0.9], ['p95', 0.95], ['p99', 0.99]] as const;
const MICROS_PER_SECOND = 1_000_000;

/** What theory says of a scenario that is one of its queues; null for any other. */
export function theoryOf(scenario: Scenario): TheoryResult | null {
  const queue = recogniseQueue(scenario);
  if (queue === null) return null;
  const utilisation = utilisationOf(queue);
  const base = { model: kendall(queue), utilisation };
  if (utilisation >= 1) return { ...base, figures: [] };
  const form = closedForm(queue);
  if (form === null) return null;
  const { meanWaitMicros, sojourn } = form;
  const { gapMicros, serviceMicros } = queue;
  return {
    ...base,
    figures: [
      { measure: 'queueWait', aggregate: 'mean', value: meanWaitMicros },
      { measure: 'endToEnd', aggregate: 'mean', value: meanWaitMicros + serviceMicros },
      ...(sojourn === null ? [] : QUANTILES.map(([aggregate, fraction]) => ({ measure: 'endToEnd', aggregate, value: sojourn(fraction) }))),
      // Little's law: what is there on average is the rate times how long it stays.
      { measure: 'backlog', aggregate: 'mean', value: meanWaitMicros / gapMicros },
      { measure: 'inFlight', aggregate: 'mean', value: serviceMicros / gapMicros },
      { measure: 'throughput', aggregate: 'rate', value: MICROS_PER_SECOND / gapMicros },
    ],
  };
}
