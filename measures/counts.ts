import { COUNT_NAMES, countDefinitions, type CountName } from './catalogue.js';

/** The counts that more than the event's kind decides. */
export interface SpecialCounts {
  'send-retries': number;
  redelivered: number;
  duplicates: number;
  handled: number;
  'handle-failed': number;
  'handle-abandoned': number;
  effects: number;
  'duplicate-effects': number;
  'suppressed-effects': number;
  'dead-lettered': number;
  redriven: number;
  'empty-polls': number;
  'retries-refused': number;
  'breaker-opened': number;
  'breaker-refused': number;
  'buffer-full': number;
  pauses: number;
  'connections-blocked': number;
  'connections-in-flow': number;
  crashes: number;
  'power-losses': number;
  'storage-stops': number;
}

export function zeroCounts(): SpecialCounts {
  return {
    'send-retries': 0, redelivered: 0, duplicates: 0, handled: 0, 'handle-failed': 0, 'handle-abandoned': 0, effects: 0, 'duplicate-effects': 0,
    'suppressed-effects': 0, 'dead-lettered': 0, redriven: 0, 'empty-polls': 0, 'retries-refused': 0, 'breaker-opened': 0, 'breaker-refused': 0, 'buffer-full': 0, pauses: 0,
    'connections-blocked': 0, 'connections-in-flow': 0, crashes: 0, 'power-losses': 0, 'storage-stops': 0,
  };
}

/** All counts by name: those of a kind from how often the kind was seen, the others as they were counted. */
export function allCounts(ofKind: Float64Array, special: SpecialCounts): Record<CountName, number> {
  const values: Partial<Record<CountName, number>> = { ...special };
  const entries = COUNT_NAMES.map((name): [CountName, number] => {
    const { kind } = countDefinitions[name];
    return [name, kind === null ? (values[name] ?? 0) : ofKind[kind]!];
  });
  return Object.fromEntries(entries) as Record<CountName, number>;
}
