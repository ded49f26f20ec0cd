import { describe, expect, it } from 'vitest';
import { seriesCsv } from '../../../reports/csv/series-csv.js';
import { createReporter } from '../../../reports/index.js';
import { emptyRun, heldRun, manyDayRun } from '../fixtures.js';
import { keptContext } from '../streams.js';

const rows = (text: string): string[][] => text.trimEnd().split('\n').map((line) => line.split(','));

describe('seriesCsv', () => {
  it('has a row per step, in seconds, with every series', () => {
    const run = heldRun();
    const [header = [], first = [], second = []] = rows(seriesCsv([run]));
    expect(header).toEqual(['scenario', 'seed', 'at_seconds', ...Object.keys(run.series.values)]);
    expect([first[2], second[2]]).toEqual(['0', '0.08']);
    expect(Number(second[header.indexOf('offered')])).toBe(run.series.values['offered']?.[1]);
    expect(rows(seriesCsv([run]))).toHaveLength(1 + run.series.atMicros.length);
  });

  it('leaves empty what a run does not have', () => {
    const [header = [], first = [], ...rest] = rows(seriesCsv([heldRun(), manyDayRun()]));
    const column = header.indexOf('backlog:notifications');
    expect(first[column]).toBe('');
    expect(rest[rest.length - 1]?.[column]).toMatch(/^\d+$/);
  });

  it('quotes names and disarms formulas', () => {
    const run = emptyRun();
    const text = seriesCsv([{ ...run, scenario: { ...run.scenario, name: '=1+1,"x"' } }]);
    expect(text).toContain(`"'=1+1,""x""",7,0,`);
  });
});

it('the reporter writes only the table to stdout', async () => {
  const context = keptContext();
  await (await createReporter({ name: 'csv', file: null }, context)).finish([heldRun()]);
  expect(context.stdout.text).toBe(seriesCsv([heldRun()]));
});
