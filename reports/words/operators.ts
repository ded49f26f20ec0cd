import { formatInstant } from '../../history/index.js';
import type { RunResult } from '../run-result.js';
import { counted } from './numbers.js';

const DONE: Readonly<Record<string, string>> = { redrive: 'moves back what is in', purge: 'empties', configure: 'changes the settings of', setPolicy: 'sets the policy', clearPolicy: 'clears the policy', cancelRedrive: 'stops the redrive of' };

/** What operators saw and did, one line each, in the order of time; empty for a run without. */
export function operatorLines({ operators }: RunResult): string[] {
  if (operators === undefined) return [];
  const alerts = operators.alerts.map(({ atMicros, operator, queue, depth }) => ({
    atMicros, text: `alert: ${queue} holds ${counted(depth, 'message')}, which ${operator} watches, at ${formatInstant(atMicros)}`,
  }));
  const actions = operators.actions.map(({ atMicros, operator, action, queue, outcome }) => ({
    atMicros, text: `${operator} ${DONE[action] ?? action} ${queue} at ${formatInstant(atMicros)}: ${outcome}`,
  }));
  return [...alerts, ...actions].sort((left, right) => left.atMicros - right.atMicros).map(({ text }) => text);
}
