/**
 * Thrown when a part of the world is given a number that it cannot work with. Scenario files are checked before: what gets
 * here is a program's mistake.
 */
export class SettingError extends Error {
  readonly code = 'QL_SIM_SETTING';
  /** Name of the setting, as the program wrote it. */
  readonly setting: string;
  readonly value: number;

  constructor(setting: string, value: number, least: number, most: number) {
    super(`${setting} is ${value}, but must be ${most === Infinity ? `at least ${least}` : `from ${least} to ${most}`}.`);
    this.name = 'SettingError';
    this.setting = setting;
    this.value = value;
  }
}

/** Returns the value when it lies in its range, both ends included. Throws `SettingError`. */
export function inRange(setting: string, value: number, least: number, most = Infinity): number {
  if (value >= least && value <= most) return value;
  throw new SettingError(setting, value, least, most);
}
