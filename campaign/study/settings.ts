import type { RunResult } from '../../scenarios/index.js';
import type { SettingDifference } from './comparison.js';

/** The settings in which runs differ, in the order of the format. */
export function differingSettings(results: readonly Pick<RunResult, 'settings'>[]): SettingDifference[] {
  const bySetting = results.map(({ settings }) => new Map(settings.map(({ path, value }) => [path, value])));
  const paths = new Set(results.flatMap(({ settings }) => settings.map(({ path }) => path)));
  return [...paths]
    .map((path) => ({ path, values: bySetting.map((settings) => settings.get(path) ?? null) }))
    .filter(({ path, values }) => path !== 'seed' && values.some((value) => value !== values[0]));
}
