import type { Scenario } from '../model.js';

const MICROS_PER_SECOND = 1_000_000;

/** By their names at the API, in whole seconds. */
type Attribute = 'VisibilityTimeout' | 'DelaySeconds' | 'MessageRetentionPeriod';

/** The declared value, and each that an operator gives the setting, from when on it may count: an alert comes at the start at the earliest. */
export function stepsInTime({ operators = [] }: Scenario, queue: string, attribute: Attribute, declaredMicros: number): { readonly fromMicros: number; readonly micros: number }[] {
  const given = operators.flatMap(({ actions }) => actions.flatMap(({ time, action }) => {
    const value = action.kind === 'configure' && action.queue === queue ? action.attributes[attribute] : undefined;
    return value === undefined ? [] : [{ fromMicros: time.micros, micros: Number(value) * MICROS_PER_SECOND }];
  }));
  return [{ fromMicros: 0, micros: declaredMicros }, ...given];
}

/** Every value that a setting of an SQS queue may have in a run: the declared one, and those that operators give it. */
export function valuesInTime(scenario: Scenario, queue: string, attribute: Attribute, declaredMicros: number): number[] {
  return [...new Set(stepsInTime(scenario, queue, attribute, declaredMicros).map(({ micros }) => micros))];
}
