import { expect, it } from 'vitest';
import { sameUnit } from '../../../reports/words/same-unit.js';

it.each([
  [[656, 101_000], 'micros', ['0.656ms', '101ms']],
  [[2_000_000, 300], 'micros', ['2s', '0.0003s']],
  [[0.1, 0.33], 'per-second', ['6/min', '19.8/min']],
  [[0.001, 4.2], 'per-second', ['0.001/s', '4.2/s']],
  [[0, 0], 'micros', ['0s', '0s']],
  [[12_345, 0.5], 'per-second', ['12,345/s', '0.5/s']],
  [[1.5, 2], 'number', ['1.5', '2']],
] as const)('%j in one unit', (values, unit, texts) => {
  expect(sameUnit(values, unit)).toEqual(texts);
});
