import { expect, it } from 'vitest';
import { keyFigures } from '../../../reports/words/key-figures.js';
import { heldRun } from '../fixtures.js';

it('throughput is what was acknowledged while messages came: one that straggles after a fault makes it no less than what was offered', () => {
  const run = heldRun();
  const drainBeganMicros = 10 * run.series.stepMicros;
  // 100 a second for as long as they came, and then half an hour in which one message waits for its lease to end.
  const straggling = {
    ...run, run: { ...run.run, drainBeganMicros },
    measures: { ...run.measures, rates: { ...run.measures.rates, offered: 100, throughput: 0.5 } },
    series: { ...run.series, values: { ...run.series.values, throughput: run.series.atMicros.map((at) => (at < drainBeganMicros ? 100 : 0)) } },
  };
  expect(keyFigures(straggling).find(({ label }) => label === 'Throughput')).toMatchObject({ value: '100/s', note: 'while messages came; 100/s offered' });
});
