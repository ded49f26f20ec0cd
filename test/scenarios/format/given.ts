import { mistaken } from '../../../scenarios/format/mistake.js';
import { parseScenario } from '../../../scenarios/format/parse-scenario.js';
import { ScenarioError } from '../../../scenarios/format/scenario-error.js';
import { Source } from '../../../scenarios/format/source.js';
import type { Scenario } from '../../../scenarios/model.js';

/** A scenario in order, to make mistakes in. */
export const GOOD = `name: demo
queues:
  orders:
    visibilityTimeout: 30s
    deadLetter: { queue: orders-dead, maxReceiveCount: 3 }
  orders-dead: {}
producers:
  web:
    queue: orders
    rate: 10/s
consumers:
  worker:
    queue: orders
    count: 2
faults:
  - at: 5s
    fault: crash
    target: worker-1
    for: 10s
expect:
  acked-send-not-lost: holds
  thresholds:
    - p99(endToEnd) < 50ms
`;

/** Reads a text as the scenario file `demo.yaml`. */
export function parse(text: string, overrides: readonly string[] = []): Scenario {
  const readTrace = () => mistaken({ code: 'QL_SCENARIO_BAD_TRACE', message: 'There are no trace files here.' } as const);
  return parseScenario(new Source('demo.yaml', text), { sha256: '', overrides, readTrace });
}

/** The mistakes of a text, as people see them. */
export function mistakesOf(text: string, overrides: readonly string[] = []): string {
  return errorOf(() => parse(text, overrides)).message;
}

export function errorOf(read: () => unknown): ScenarioError {
  try {
    read();
  } catch (error) {
    if (error instanceof ScenarioError) return error;
    throw error;
  }
  throw new Error('The scenario was read.');
}

/** GOOD with a part replaced; the part must be there. */
export function goodWith(part: string, replacement: string): string {
  if (!GOOD.includes(part)) throw new Error(`${part} is not in the scenario.`);
  return GOOD.replace(part, replacement);
}
