import type { Scenario } from '../model.js';

/** One setting of a run as a report prints it. */
export interface Setting {
  readonly path: string;
  readonly value: string;
  readonly isDefault: boolean;
}

/** Parts of a scenario that are not settings of the experiment: where it came from, what it expects, what goes wrong. */
const LEFT_OUT = new Set(['name', 'description', 'file', 'sha256', 'expect', 'faults', 'defaults']);

/**
 * Every setting that a run used, as dotted paths in the order of the scenario, with those marked that the file left to
 * their default. Durations and sizes are printed as the file says them where it says them, and as plain numbers otherwise.
 */
export function listSettings(scenario: Scenario): Setting[] {
  const defaults = new Map(scenario.defaults.map((entry) => [entry.path, entry.value]));
  const settings: Setting[] = [];
  for (const [key, value] of Object.entries(scenario)) {
    if (!LEFT_OUT.has(key)) collect(key, value, settings);
  }
  const printed = new Set(settings.map((setting) => setting.path));
  const extra = scenario.defaults.filter((entry) => !printed.has(entry.path));
  return [
    ...settings.map((setting) => {
      const value = defaults.get(setting.path);
      return value === undefined ? setting : { path: setting.path, value, isDefault: true };
    }),
    ...extra.map((entry) => ({ path: entry.path, value: entry.value, isDefault: true })),
  ];
}

function collect(path: string, value: unknown, into: Setting[]): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const name: unknown = isRecord(item) ? item['name'] : undefined;
      collect(`${path}.${typeof name === 'string' ? name : String(index)}`, item, into);
    }
    return;
  }
  if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key !== 'name') collect(`${path}.${key}`, item, into);
    }
    return;
  }
  into.push({ path, value: String(value), isDefault: false });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
