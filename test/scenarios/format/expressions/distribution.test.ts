import { describe, expect, it } from 'vitest';
import { DISTRIBUTION_EXAMPLES, parseDistribution } from '../../../../scenarios/format/expressions/distribution.js';
import type { ReadTrace } from '../../../../scenarios/format/expressions/trace.js';
import { mistaken, parsed } from '../../../../scenarios/format/mistake.js';
import { DURATION, SIZE } from '../../../../scenarios/format/quantities/index.js';
import { Source } from '../../../../scenarios/format/source.js';

const files: Readonly<Record<string, string>> = {
  'file.csv': 'latency,host\n12ms,a\n\n# slow\n"1.5s",b\n',
  'bad.csv': '1ms\n2 parsecs\n',
  'none.csv': 'latency\n',
};
const readTrace: ReadTrace = (file) => {
  const text = files[file];
  return text === undefined ? mistaken({ code: 'QL_SCENARIO_BAD_TRACE', message: 'There is no such file.' }) : parsed(new Source(file, text));
};
const read = (text: string) => parseDistribution(text, DURATION, readTrace);
const mistakeOf = (text: string) => {
  const result = read(text);
  if (result.ok) throw new Error(`${text} was read`);
  return result.mistake;
};

describe('parseDistribution', () => {
  it.each([
    ['10ms', { kind: 'constant', value: 10_000 }],
    ['constant(10ms)', { kind: 'constant', value: 10_000 }],
    ['uniform(1ms, 5ms)', { kind: 'uniform', min: 1_000, max: 5_000 }],
    ['uniform(max: 5ms, min: 1ms)', { kind: 'uniform', min: 1_000, max: 5_000 }],
    [' exponential( 20ms ) ', { kind: 'exponential', mean: 20_000 }],
    ['exponential(mean: 20ms)', { kind: 'exponential', mean: 20_000 }],
    ['lognormal(p50: 20ms, p99: 200ms)', { kind: 'lognormal', p50: 20_000, p99: 200_000 }],
    ['pareto(min: 5ms, shape: 1.5)', { kind: 'pareto', min: 5_000, shape: 1.5 }],
    ['trace(file.csv)', { kind: 'trace', file: 'file.csv', values: [12_000, 1_500_000] }],
  ])('reads %s', (text, value) => {
    expect(read(text)).toEqual({ ok: true, value });
  });

  it('reads every example that it shows', () => {
    expect(DISTRIBUTION_EXAMPLES.map((example) => [example, read(example).ok])).toEqual(DISTRIBUTION_EXAMPLES.map((example) => [example, true]));
  });

  it('reads sizes as well', () => {
    expect(parseDistribution('uniform(1KiB, 2KiB)', SIZE, readTrace)).toEqual({ ok: true, value: { kind: 'uniform', min: 1_024, max: 2_048 } });
  });

  it.each([
    ['exponental(20ms)', '"exponental" is not a distribution.', 'exponential', { start: 0, end: 10 }],
    ['lognormal(p50: 20ms, p9: 200ms)', 'lognormal() has no argument "p9".', 'p99', { start: 21, end: 23 }],
    ['lognormal(p50: 20ms)', 'lognormal() needs p99.', null, undefined],
    ['lognormal()', 'lognormal() needs p50 and p99.', null, undefined],
    ['uniform(1ms, 2ms, 3ms)', 'uniform() takes no argument 3.', null, { start: 18, end: 21 }],
    ['uniform(1ms, min: 2ms)', 'uniform() is given "min" twice.', null, { start: 18, end: 21 }],
    ['uniform(5ms, 1ms)', 'uniform() cannot be: min is above max.', null, undefined],
    ['exponential(0ms)', 'exponential() cannot be: its mean must be above 0.', null, undefined],
    ['lognormal(p50: 0s, p99: 1s)', 'lognormal() cannot be: p50 must be above 0.', null, undefined],
    ['lognormal(p50: 2s, p99: 1s)', 'lognormal() cannot be: p50 is above p99.', null, undefined],
    ['pareto(min: 1ms, shape: 0)', 'pareto() cannot be: shape must be at least 0.1.', null, undefined],
    ['uniform(1ms, 5m)', '"m" is not a unit of duration.', 'min', { start: 14, end: 15 }],
    ['exponential(20)', '"20" has no unit.', null, { start: 12, end: 14 }],
    ['exponential(20ms', '"exponential(20ms" has no closing parenthesis.', null, undefined],
    ['trace(gone.csv)', 'There is no such file.', null, { start: 6, end: 14 }],
    ['trace(none.csv)', '"none.csv" has no values.', null, { start: 6, end: 14 }],
  ])('explains what is wrong with %s', (text, message, nearest, span) => {
    const mistake = mistakeOf(text);
    expect([mistake.message, mistake.nearest ?? null, mistake.span]).toEqual([message, nearest, span]);
  });

  it('points into the trace file', () => {
    const { code, elsewhere } = mistakeOf('trace(bad.csv)');
    expect(code).toBe('QL_SCENARIO_BAD_TRACE');
    expect([elsewhere?.source.name, elsewhere?.source.position(elsewhere.span.start)]).toEqual(['bad.csv', { line: 2, column: 1 }]);
  });
});
