import { describe, expect, it } from 'vitest';
import {
  AGGREGATES, evaluate, findMeasure, formatFigure, isAggregate, MEASURES, THRESHOLD_OPERATORS, type ThresholdOperator, UnknownMeasureError, unitOf,
} from '../../measures/index.js';
import { Stage } from './stage.js';

/** Ten messages a second; the first takes 1 ms end to end, the second 2 ms … and the last three are dead-lettered. */
function figures() {
  const stage = new Stage();
  for (let i = 1; i <= 10; i++) {
    stage.at(i * 100_000).send(i).accept(i).sendOk(i).grant(i).deliver(i).start(i).at(i * 100_000 + i * 1000).end(i);
    if (i <= 7) stage.settle(i);
    else stage.deadLetter(i);
  }
  return stage.result();
}

const measured = figures();
const check = (aggregate: string, measure: string, operator: ThresholdOperator, limit: number) => evaluate(measured, { aggregate, measure, operator, limit });

describe('evaluate', () => {
  it.each([
    ['min', 'endToEnd', '==', 1000, '1ms', true],
    ['mean', 'endToEnd', '==', 5500, '5.5ms', true],
    ['max', 'endToEnd', '<', 10_000, '10ms', false],
    ['max', 'endToEnd', '<=', 10_000, '10ms', true],
    ['p50', 'endToEnd', '<', 5_010, '5.003ms', true],
    ['p99', 'endToEnd', '<', 50_000, '10ms', true],
    ['p999', 'endToEnd', '>', 50_000, '10ms', false],
    ['count', 'endToEnd', '==', 10, '10', true],
    ['count', 'dead-lettered', '==', 3, '3', true],
    ['count', 'dead-lettered', '==', 4, '3', false],
    ['ratio', 'dead-lettered', '<=', 0.3, '0.3', true],
    ['ratio', 'duplicates', '==', 0, '0', true],
    ['rate', 'offered', '>=', 10, '10/s', true],
    ['rate', 'throughput', '>', 1000, '11.5321/s', false],
    ['max', 'inFlight', '==', 1, '1', true],
    ['max', 'backlog', '<', 3, '3', false],
    ['max', 'delayed', '==', 0, '0', true],
  ] as const)('%s(%s) %s %d: %s, %s', (aggregate, measure, operator, limit, actual, met) => {
    expect(check(aggregate, measure, operator, limit)).toMatchObject({ actual, met });
  });

  it('is not met when nothing was measured, whatever the operator', () => {
    for (const operator of THRESHOLD_OPERATORS) {
      expect(check('p99', 'redeliveryDelay', operator, 0)).toEqual({ value: null, actual: 'nothing measured', met: false });
      expect(check('ratio', 'empty-polls', operator, 0)).toEqual({ value: null, actual: 'nothing measured', met: false });
    }
    expect(check('count', 'redeliveryDelay', '==', 0)).toEqual({ value: 0, actual: '0', met: true });
  });

  it('answers an unknown measure, or an aggregate that a measure does not have, with what there is', () => {
    expect(() => check('p99', 'endToend', '<', 1)).toThrow(expect.objectContaining({ code: 'QL_MEASURE_UNKNOWN', measure: 'endToend' }));
    expect(() => check('p99', 'endToend', '<', 1)).toThrow(/There is no p99\(endToend\).*endToEnd.*dead-lettered/);
    expect(() => check('p99', 'dead-lettered', '<', 1)).toThrow(/There is no p99\(dead-lettered\)\. Known here: count, ratio\./);
    expect(() => check('ratio', 'sent', '<', 1)).toThrow(UnknownMeasureError);
    expect(() => check('constructor', 'endToEnd', '<', 1)).toThrow(UnknownMeasureError);
  });

  it('can evaluate every aggregate of every measure of the catalogue', () => {
    for (const { name, aggregates } of MEASURES) {
      for (const aggregate of aggregates) {
        const { value, actual } = check(aggregate, name, '>=', 0);
        expect(value === null ? actual === 'nothing measured' : Number.isFinite(value), `${aggregate}(${name})`).toBe(true);
      }
    }
  });
});

describe('the catalogue', () => {
  it('names each measure once: counts in kebab-case, all else in camelCase, each with a sentence', () => {
    const names = MEASURES.map((measure) => measure.name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, family, meaning } of MEASURES) {
      expect(name).toMatch(family === 'count' ? /^[a-z]+(-[a-z]+)*$/ : /^[a-z]+([A-Z][a-z]+)*$/);
      expect(meaning).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('lists what a result holds, and a result holds what it lists', () => {
    const { counts, rates, latencies, gauges } = measured;
    const inResult = Object.values({ counts, rates, latencies, gauges }).flatMap((group) => Object.keys(group));
    expect(inResult.sort()).toEqual(MEASURES.map((measure) => measure.name).sort());
  });

  it('finds a measure by its name and by nothing else', () => {
    expect(findMeasure('endToEnd')?.family).toBe('latency');
    expect(findMeasure('toString')).toBeNull();
    expect(isAggregate('p999')).toBe(true);
    expect(isAggregate('p42')).toBe(false);
  });

  it('gives every aggregate a unit that decides how its limits are read', () => {
    expect(unitOf('latency', 'p99')).toBe('micros');
    expect(unitOf('latency', 'count')).toBe('number');
    expect(unitOf('rate', 'rate')).toBe('per-second');
    for (const aggregate of AGGREGATES) if (aggregate !== 'rate') expect(unitOf('count', aggregate)).toBe('number');
    expect(unitOf('gauge', 'max')).toBe('number');
  });
});

describe('formatFigure', () => {
  it.each([
    [41_205, 'micros', '41.205ms'], [1234.56, 'per-second', '1234.6/s'], [1000, 'per-second', '1000/s'], [3, 'number', '3'], [0.0125, 'number', '0.0125'],
    [0.123456, 'number', '0.1235'], [99.98765, 'number', '99.9877'],
  ] as const)('shows %d %s as %s', (value, unit, text) => {
    expect(formatFigure(value, unit)).toBe(text);
  });
});
