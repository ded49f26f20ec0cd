import type { Scenario } from '../model.js';

const MICROS_PER_SECOND = 1_000_000;

/** By their names at the API, in whole seconds. */
type Attribute = 'VisibilityTimeout' | 'DelaySeconds' | 'MessageRetentionPeriod';

/** Every value that a setting of an SQS queue may have in a run: the declared one, and those that operators give it. */
export function valuesInTime({ operators = [] }: Scenario, queue: string, attribute: Attribute, declaredMicros: number): number[] {
  const given = operators.flatMap(({ actions }) => actions.flatMap(({ action }) => {
    const value = action.kind === 'configure' && action.queue === queue ? action.attributes[attribute] : undefined;
    return value === undefined ? [] : [Number(value) * MICROS_PER_SECOND];
  }));
  return [...new Set([declaredMicros, ...given])];
}
