import { describe, expect, it } from 'vitest';
import type { Chart } from '../../../reports/charts/chart.js';
import { chartsOfRun } from '../../../reports/charts/charts-of-run.js';
import { drawSvg } from '../../../reports/charts/draw.js';
import type { RunResult } from '../../../reports/run-result.js';
import { brokenRun, emptyRun, heldRun, hostileText, latency, manyDayRun } from '../fixtures.js';

async function svgs(result: RunResult): Promise<Record<string, string>> {
  const drawn: Record<string, string> = {};
  for (const { id, drawing } of chartsOfRun(result)) drawn[id] = 'nothing' in drawing ? drawing.nothing : await drawSvg(drawing);
  return drawn;
}

/** All texts of a drawing. */
const texts = (svg = ''): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] ?? '');

/** Drawing takes most of the time, and other tests run meanwhile. */
const patiently = { timeout: 90_000 };

describe('the charts of a run', patiently, () => {
  it('name their axes with units', async () => {
    const drawn = await svgs(heldRun());
    const { throughput, backlog, 'latency-over-time': overTime, 'latency-distribution': distribution } = drawn;
    expect(texts(throughput)).toEqual(expect.arrayContaining(['messages per second', 'virtual time (seconds)', 'acknowledged', 'offered']));
    expect(texts(drawn['repeated-work'])).toEqual(expect.arrayContaining(['messages per second', 'redelivered', 'duplicates', 'dead-lettered']));
    expect(texts(drawn['send-latency'])).toEqual(expect.arrayContaining(['response, p50', 'service, p99']));
    expect(texts(drawn['utilisation'])).toEqual(expect.arrayContaining(['busy (% of the time)', 'broker disk']));
    expect(texts(drawn['breakdown-over-time'])).toEqual(expect.arrayContaining(['share of the time (%, stacked)', 'earlier deliveries']));
    expect(texts(drawn['time-breakdown'])).toEqual(expect.arrayContaining(['share of the end-to-end latency (%)', 'broker CPU', '20ms (71.9 %)', 'all messages', 'the slowest 1.17 %']));
    expect(texts(drawn['latency-heat'])).toEqual(expect.arrayContaining(['latency (ms to min, log scale)', 'virtual time (seconds)', 'messages']));
    expect(texts(drawn['consumers'])).toEqual(expect.arrayContaining(['messages handled well (count)', 'consumer-1', '350, 12 abandoned']));
    expect(texts(drawn['deliveries'])).toEqual(expect.arrayContaining(['deliveries (count)', '2nd', '80, after 10s']));
    expect(texts(backlog)).toEqual(expect.arrayContaining(['messages', 'virtual time (seconds)', 'ready', 'in flight']));
    expect(texts(overTime)).toEqual(expect.arrayContaining(['latency (ms to min, log scale)', 'p50', 'p99', 'maximum', '100ms', '1s']));
    expect(texts(distribution)).toEqual(expect.arrayContaining(['0%', '90%', '99%', '99.9%', 'end to end', 'percentile of messages (%, each further nine takes the same room)']));
  });

  it('has room beside long numbers on an axis of counts', async () => {
    const run = heldRun();
    const { deliveries } = await svgs({ ...run, measures: { ...run.measures, deliveries: [{ number: 1, count: 109_823, meanGapMicros: 0 }] } });
    const numbers = texts(deliveries).filter((text) => /^[\d,]+$/.test(text));
    expect(numbers).toContain('109,823');
    expect(numbers.length).toBeLessThanOrEqual(5);
  });

  it('has one of attempts to send where some were repeated', async () => {
    const run = heldRun();
    const attempts = [{ number: 1, count: 90, meanGapMicros: 0 }, { number: 2, count: 12, meanGapMicros: 250_000 }];
    expect(texts((await svgs({ ...run, measures: { ...run.measures, attempts } }))['attempts'])).toEqual(expect.arrayContaining(['attempts to send (count)', '2nd', '12, after 250ms']));
    expect((await svgs({ ...run, measures: { ...run.measures, attempts: attempts.slice(0, 1) } }))['attempts']).toBeUndefined();
  });

  it('has one of message groups where there are several in a queue, the one that waits longest first', async () => {
    const group = (name: string, waitMeanMicros: number) => ({ queue: 'jobs', name, placed: 10, received: 10, acknowledged: 9, waitMeanMicros, waitMaxMicros: waitMeanMicros });
    const run = heldRun();
    const { groups } = await svgs({ ...run, measures: { ...run.measures, groups: [group('quiet-1', 30_000), group('noisy', 4_000_000)] } });
    expect(texts(groups)).toEqual(expect.arrayContaining(['mean wait in the queue (s)', 'message group', 'noisy', '4s, up to 4s', 'quiet-1']));
    expect((await svgs(run))['groups']).toBeUndefined();
  });

  it('show faults and the drain on every axis of time', async () => {
    const drawn = await svgs(brokenRun());
    const onTime = chartsOfRun(brokenRun()).filter(({ isOverTime }) => isOverTime).map(({ id }) => id);
    expect(onTime).toHaveLength(9);
    const overTime = Object.fromEntries(onTime.filter((id) => id !== 'latency-heat').map((id) => [id, drawn[id]!]));
    const distribution = drawn['latency-distribution'];
    for (const svg of Object.values(overTime)) {
      expect(texts(svg)).toEqual(expect.arrayContaining(['power loss broker', 'network partition consumer-1, consumer-2', 'pause consumer-1 ×12', 'drain']));
      expect(svg.match(/fill="#e69f01"/g)?.length).toBeGreaterThan(10);
    }
    expect(distribution).not.toContain('#e69f01');
  });

  it('count days in hours and rare messages by the hour', async () => {
    const { throughput, backlog } = await svgs(manyDayRun());
    expect(texts(throughput)).toEqual(expect.arrayContaining(['virtual time (hours)', 'messages per hour', '72']));
    expect(texts(backlog)).toEqual(expect.arrayContaining(['ready in notifications', 'ready in notifications-dead', 'delayed']));
  });

  it('are the same bytes each time, and hold nothing that is no number', async () => {
    const runs = [heldRun(), brokenRun(), emptyRun(), manyDayRun()];
    for (const run of runs) {
      const first = await svgs(run);
      if (run === runs[1]) expect(await svgs(run)).toEqual(first);
      expect(JSON.stringify(first)).not.toMatch(/NaN|Infinity|undefined|clip-path/);
    }
  });
});

describe('a degenerate run', patiently, () => {
  const one = (values: Record<string, readonly number[]>): RunResult => ({ ...heldRun(), series: { stepMicros: 10_000, atMicros: [0], values } });

  it('has words where there is nothing to draw', async () => {
    const { 'latency-over-time': overTime, 'latency-distribution': distribution, throughput } = await svgs(emptyRun());
    expect(overTime).toMatch(/^No message was handled/);
    expect(distribution).toMatch(/^Nothing was measured/);
    expect(throughput).toMatch(/^<svg/);
  });

  it('of no step at all has no charts over time', () => {
    const charts = chartsOfRun({ ...heldRun(), series: { stepMicros: 10_000, atMicros: [], values: {} } });
    expect(charts.filter(({ isOverTime }) => isOverTime).every(({ drawing }) => 'nothing' in drawing)).toBe(true);
  });

  it('draws no latency that was always nothing', async () => {
    const nothing = { ...latency(10, 1_000), quantiles: [{ quantile: 0, micros: 0 }, { quantile: 1, micros: 0 }] };
    const run = heldRun();
    const { latencies } = run.measures;
    const drawn = await svgs({ ...run, measures: { ...run.measures, latencies: { ...latencies, redeliveryDelay: nothing } } });
    expect(texts(drawn['latency-distribution'])).not.toContain('redelivery delay');
    expect(texts(drawn['latency-distribution'])).toContain('1ms');
    expect(texts(drawn['latency-distribution'])).not.toContain('1us');
  });

  it('of one step is drawn as dots', async () => {
    const run = one({ throughput: [7], endToEndP50: [5_000], endToEndP99: [5_000], endToEndMax: [5_000] });
    const drawn = await svgs({ ...run, run: { ...run.run, virtualMicros: 10_000, drainBeganMicros: 10_000 }, schedule: [] });
    for (const id of ['throughput', 'latency-over-time']) expect(drawn[id]).toMatch(/role-mark \S*dot_marks\S*"[^>]*><path/);
    expect(texts(drawn['throughput'])).toContain('virtual time (milliseconds)');
  });
});

it('a fault with a hostile name is text in the drawing', async () => {
  const { drawing } = chartsOfRun(heldRun({ schedule: [{ at: 1_000_000, fault: hostileText, target: 'x', for: 1_000_000 }] }))[0] as Chart;
  if ('nothing' in drawing) throw new Error('nothing was drawn');
  const svg = await drawSvg(drawing);
  expect(svg).not.toContain('<script');
  expect(svg).toContain('&lt;script&gt;');
});
