import { describe, expect, it } from 'vitest';
import { createReporter, type ReporterContext } from '../../../reports/index.js';
import type { RunResult } from '../../../reports/run-result.js';
import { brokenRun, emptyRun, heldRun, manyDayRun } from '../fixtures.js';
import { keptContext } from '../streams.js';

async function shown(results: readonly RunResult[], over: Partial<ReporterContext> = {}): Promise<string> {
  const context = keptContext(over);
  await (await createReporter({ name: 'pretty', file: null }, context)).finish(results);
  return context.stdout.text;
}

const names = { ...brokenRun().scenario, name: 'broker-power-loss', description: '' };

const droppingRun = (): RunResult => {
  const { measures } = heldRun();
  const counts = { ...measures.counts, 'dropped': 1_800, 'dropped-length': 800, 'dropped-expired': 600, 'dropped-delivery-limit': 400 };
  return heldRun({ measures: { ...measures, counts, rates: { throughput: 1_234.5, offered: 123_456.7 } } });
};

describe('the text of a run', () => {
  it('has the answer, the verdicts, the figures, the faults and what it takes to run it again', async () => {
    const text = await shown([heldRun()]);
    expect(text).toMatch(/^✓ HELD {2}consumer-crash {2}seed 7\n/);
    expect(text).toMatch(/✓ acked-send-not-lost +holds +holds +1,200 +0\n/);
    expect(text).toMatch(/\n {2}Not exercised: (.*, )?dlq-exact-trigger[,.]/);
    expect(text).toMatch(/end to end +1,200 +17\.2ms/);
    expect(text).toMatch(/✓ p99\(endToEnd\) < 15s +met +10\.212s\n/);
    expect(text).toContain('crash consumer-1 at 5s, for 10s');
    expect(text).toContain('0123456789abcdef0123456789abcdef');
    expect(text).toMatch(/run it again +queuelab run scenarios\/consumer-crash\.yaml --seed 7\n$/);
  });

  it('tells what operators saw and did, in the order of time, and how clients guarded themselves', async () => {
    const operators = {
      alerts: [{ atMicros: 20_000_000, operator: 'on-call', queue: 'orders-dead', depth: 8 }],
      actions: [
        { atMicros: 10_000_000, operator: 'on-call', action: 'configure', queue: 'orders', outcome: 'ok' },
        { atMicros: 30_000_000, operator: 'on-call', action: 'redrive', queue: 'orders-dead', outcome: 'UnsupportedOperation' },
      ],
    } as const;
    const counts = { ...heldRun().measures.counts, 'retries-refused': 1, 'breaker-opened': 2, 'breaker-refused': 30, 'buffer-full': 0, pauses: 4 };
    const text = await shown([heldRun({ operators, measures: { ...heldRun().measures, counts } })]);
    expect(text).toContain([
      '  Operators',
      '    on-call changes the settings of orders at 10.000s: ok',
      '    alert: orders-dead holds 8 messages, which on-call watches, at 20.000s',
      '    on-call moves back what is in orders-dead at 30.000s: UnsupportedOperation',
      '',
      '  Clients',
      '    1 retry refused: the retry budget was used up',
      '    circuit breakers opened 2 times, and refused 30 sends',
      '    consumers paused 4 times: their buffer was full',
      '',
    ].join('\n'));
  });

  it('has no such lines for a run without', async () => {
    const text = await shown([heldRun()]);
    expect(text).not.toMatch(/ {2}(Operators|Clients)\n/);
  });

  it('tells so many lines of operators and then how many are left', async () => {
    const alerts = Array.from({ length: 20 }, (_, index) => ({ atMicros: index, operator: 'on-call', queue: 'orders', depth: 1 }));
    const text = await shown([heldRun({ operators: { alerts, actions: [] } })]);
    expect(text.match(/alert: orders holds 1 message,/g)).toHaveLength(12);
    expect(text).toContain('and 8 more lines');
  });

  it('tells the first violation and the life of its message', async () => {
    const text = await shown([brokenRun()]);
    expect(text).toMatch(/First violation {2}12\.000s\n {4}The send of message 118 was acknowledged/);
    expect(text).toMatch(/Life of message 118\n +3\.000s {2}producer-1 sends message 118/);
  });

  it('says of the first anomaly what allows it', async () => {
    const broken = brokenRun();
    const verdicts = broken.verdicts.filter(({ verdict }) => verdict !== 'anomaly').map((verdict) => (verdict.verdict === 'violated' ? { ...verdict, verdict: 'anomaly' as const, contract: 'A setting allows it.' } : verdict));
    expect(await shown([{ ...broken, verdicts }])).toMatch(/First anomaly {2}.*\n(?: {4}.*\n)+? {4}What allows it: A setting allows it\.\n/);
    expect(await shown([broken])).not.toContain('What allows it');
  });

  it('tells a long life in part', async () => {
    const step = { event: 'lease-grant', actor: 'broker', text: 'leases it once more.' };
    const text = await shown([brokenRun({ story: Array.from({ length: 500 }, (_, index) => ({ atMicros: index, ...step })) })]);
    expect(text.match(/leases it once more/g)).toHaveLength(22);
    expect(text).toContain('478 more steps');
  });

  it('fits 80 columns, but for commands, which must stay whole to be copied', async () => {
    for (const run of [heldRun(), brokenRun({ scenario: names }), emptyRun(), manyDayRun(), droppingRun()]) {
      const lines = (await shown([run])).split('\n').filter((line) => !line.includes('run it again'));
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
    }
  });

  it('puts what finds no room beside a figure below it', async () => {
    expect(await shown([droppingRun()])).toMatch(/\n {2}Dropped {18}1,800 {2}800 over the length of their queue, 600 time\n {27}to live over, 400 over the delivery limit\n/);
  });

  it('sums up several runs', async () => {
    expect(await shown([heldRun(), brokenRun({ scenario: names }), emptyRun()])).toMatch(
      /\n✗ broker-power-loss, seed 7: 1 promise was broken\.\n! empty, seed 7: This run gives no answer\.\n✗ 2 of 3 runs did not turn out as expected\.\n$/,
    );
    expect(await shown([heldRun(), heldRun()])).toMatch(/\n✓ All 2 runs turned out as expected\.\n$/);
  });

  it('shows a run when it is over, and only once', async () => {
    const context = keptContext();
    const reporter = await createReporter({ name: 'pretty', file: null }, context);
    const run = heldRun();
    reporter.onRunDone?.(run);
    await reporter.finish([run]);
    expect(context.stdout.text.match(/HELD/g)).toHaveLength(1);
  });
});

describe('the terminal', () => {
  const escape = '\u001B';

  it('gets colours only when it may', async () => {
    expect(await shown([brokenRun()])).not.toContain(escape);
    expect(await shown([brokenRun()], { color: true })).toContain(`${escape}[31m`);
  });

  it('gets ASCII where it shows nothing else', async () => {
    expect(await shown([brokenRun(), heldRun(), emptyRun()], { unicode: false })).toMatch(/^[\n -~]*$/);
  });

  it('is not steered by names or stories', async () => {
    const hostile = `a${escape}[2Jb\u009Bc\rd\u202Ee`;
    const text = await shown([brokenRun({
      scenario: { ...names, name: hostile }, seed: hostile, replay: hostile,
      story: [{ atMicros: 0, event: 'x', actor: hostile, text: hostile }], thresholds: [{ expression: hostile, actual: hostile, met: true }],
    })]);
    // eslint-disable-next-line no-control-regex
    expect(text.match(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/g)).toBeNull();
  });

  it('leaves stdout to a report when told so', async () => {
    const context = keptContext({ textTo: 'stderr' });
    await (await createReporter({ name: 'pretty', file: null }, context)).finish([heldRun()]);
    expect(context.stdout.text).toBe('');
    expect(context.stderr.text).toContain('HELD');
  });
});

describe('progress', () => {
  const progress = { scenario: 'a-long-run', virtualMicros: 15 * 60_000_000, totalMicros: 3_600_000_000, events: 1_234_567, stage: 'run' as const };

  it('is drawn over again on stderr and erased before a result', async () => {
    const context = keptContext({ isTTY: true });
    const reporter = await createReporter({ name: 'pretty', file: null }, context);
    reporter.onProgress?.(progress);
    reporter.onProgress?.({ ...progress, virtualMicros: 3_600_000_000 });
    reporter.onRunDone?.(heldRun());
    await reporter.finish([]);
    expect(context.stderr.text.split('\r\u001B[2K')).toEqual([
      '', '[#####---------------]  25 %  a-long-run  15min of 1h  1,234,567 events', '[####################] 100 %  a-long-run  1h of 1h  1,234,567 events', '',
    ]);
    expect(context.stdout.text).not.toContain('25 %');
  });

  it('is not shown where a line cannot be drawn over', async () => {
    const context = keptContext();
    (await createReporter({ name: 'pretty', file: null }, context)).onProgress?.(progress);
    expect(context.stderr.text).toBe('');
  });
});
