import type { MeasureUnit } from '../../measures/index.js';
import { countAxis } from './count-axis.js';
import { durationEncoding } from './duration-axis.js';
import type { Unit } from './chart.js';

/** An axis for figures of a unit, in Vega-Lite's words; durations on a logarithmic one. */
export function valueAxis(name: string, unit: MeasureUnit, values: readonly number[]): object {
  const above0 = values.filter((value) => value > 0);
  if (unit === 'micros' && above0.length > 0) return durationEncoding(name, above0);
  return countAxis(unit === 'per-second' ? `${name} (per second)` : unit === 'micros' ? `${name} (us)` : `${name} (number)`, values);
}

const units: Readonly<Record<MeasureUnit, Unit>> = { micros: 'micros', 'per-second': 'per-second', number: 'number' };

/** The same unit, as tables of charts call it. */
export const tableUnit = (unit: MeasureUnit): Unit => units[unit];
