import { mistaken, parsed, type Parsed } from '../mistake.js';
import { quoted } from '../printable.js';
import { parseQuantity, type Dimension } from '../quantities/index.js';
import type { Source } from '../source.js';

/** Opens a trace file by the name that the scenario gives it. */
export type ReadTrace = (file: string) => Parsed<Source>;

/** Values that one trace may hold. */
export const MAX_TRACE_VALUES = 100_000;

/**
 * Reads recorded values: one a line with its unit (`12.5ms`), in the first column when the line has several. The first
 * line may be a heading; empty lines and those that begin with `#` are left out.
 */
export function parseTrace(file: string, dimension: Dimension, readTrace: ReadTrace): Parsed<readonly number[]> {
  const read = readTrace(file);
  if (!read.ok) return read;
  const source = read.value;
  const values: number[] = [];
  let start = 0;
  for (let line = 1; line <= source.lineCount; line += 1) {
    const text = source.line(line);
    const cell = (text.split(',', 1)[0] as string).trim().replace(/^"(.*)"$/, '$1');
    const isHeading = line === 1 && !/\d/.test(cell);
    if (cell !== '' && !cell.startsWith('#') && !isHeading) {
      const value = parseQuantity(cell, dimension);
      if (!value.ok) {
        return mistaken({ ...value.mistake, code: 'QL_SCENARIO_BAD_TRACE', elsewhere: { source, span: { start, end: start + text.length } } });
      }
      values.push(value.value);
      if (values.length > MAX_TRACE_VALUES) {
        return mistaken({ code: 'QL_SCENARIO_BAD_TRACE', message: `${quoted(file)} has more than ${MAX_TRACE_VALUES} values.` });
      }
    }
    start = source.lineStart(line + 1);
  }
  if (values.length === 0) {
    return mistaken({ code: 'QL_SCENARIO_BAD_TRACE', message: `${quoted(file)} has no values.`, expected: 'one value a line, each with its unit' });
  }
  return parsed(values);
}
