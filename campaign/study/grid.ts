import { StudyError } from './errors.js';

/** A setting with the values that it takes in turn. */
export interface Axis {
  /** As `--set` takes it. */
  readonly path: string;
  readonly values: readonly string[];
}

/** Points that one sweep may have. */
const MAX_POINTS = 1_000;
const FORM = /^\s*([^=\s]+)\s*=(.*)$/s;
const OPENING = '([{';
const CLOSING = ')]}';

/**
 * Reads `path=a,b,c`. A comma within brackets or quotes belongs to its value, as in `exponential(1ms)` or `[a, b]`.
 *
 * @throws StudyError
 */
export function parseAxis(text: string): Axis {
  const [, path = '', list = ''] = FORM.exec(text) ?? [];
  if (path === '') throw new StudyError('QL_STUDY_AXIS', `--set ${text}: write path=value,value,..., such as broker.flush=always,interval.`);
  const values = splitValues(list).map((value) => value.trim());
  if (values.some((value) => value === '')) throw new StudyError('QL_STUDY_AXIS', `--set ${text}: a value is missing.`);
  const again = values.find((value, index) => values.indexOf(value) < index);
  if (again !== undefined) throw new StudyError('QL_STUDY_AXIS', `--set ${text}: the value ${again} is given twice.`);
  return { path, values };
}

function splitValues(text: string): string[] {
  const values = [''];
  let depth = 0;
  let quote = '';
  for (const letter of text) {
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (OPENING.includes(letter)) depth++;
    else if (CLOSING.includes(letter)) depth--;
    if (letter === ',' && depth <= 0 && quote === '') values.push('');
    else values[values.length - 1] += letter;
  }
  return values;
}

/** One point: a value of each axis, in the order of the axes. */
export type Point = readonly string[];

/**
 * All points of a grid, the last axis fastest.
 *
 * @throws StudyError when there are too many, or an axis is there twice
 */
export function pointsOf(axes: readonly Axis[]): Point[] {
  const again = axes.find(({ path }, index) => axes.findIndex((other) => other.path === path) < index);
  if (again !== undefined) throw new StudyError('QL_STUDY_AXIS', `--set ${again.path} is given twice: write its values after one another, with commas.`);
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > MAX_POINTS) throw new StudyError('QL_STUDY_AXIS', `The grid has ${count} points, more than ${MAX_POINTS}: give fewer values.`);
  return axes.reduce<Point[]>((points, { values }) => points.flatMap((point) => values.map((value) => [...point, value])), [[]]);
}

/** The arguments of `--set` that make a point. */
export const overridesOf = (axes: readonly Axis[], point: Point): string[] => axes.map(({ path }, index) => `${path}=${point[index]!}`);
