import { describe, expect, it } from 'vitest';
import { type NameTable, RecordingWindow } from '../../../history/index.js';
import { chromeTrace, eventsCsv, hgrmOf, mermaidOf } from '../../../reports/index.js';
import { retell, runScenario } from '../../../scenarios/index.js';
import { aProducer, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { heldRun, hostileText } from '../fixtures.js';

const scenario = aScenario({
  producers: [aProducer({ messages: 50, interval: constant(20 * MILLISECOND) })],
  faults: [{ at: 300 * MILLISECOND, fault: 'crash', target: 'consumer-1', for: SECOND }],
});

interface TraceEvent { readonly ph: string; readonly name: string; readonly id?: string | number; readonly ts?: number; readonly args?: Record<string, unknown> }

describe('the Chrome trace', () => {
  it('is JSON with a process a machine, a counter a queue, slices that are balanced, and a flow a message', () => {
    let window: RecordingWindow | null = null;
    const result = runScenario(scenario, { observers: [(names: NameTable) => (window ??= new RecordingWindow({ names, limitRows: 100_000, aroundMicros: 0 }))] });
    const { traceEvents } = JSON.parse([...chromeTrace((window as unknown as RecordingWindow).recording())].join('')) as { traceEvents: TraceEvent[] };
    const processes = traceEvents.filter(({ name }) => name === 'process_name').map(({ args }) => args!['name']);
    expect(processes).toEqual(expect.arrayContaining(['broker', 'producer', 'consumer-1', 'consumer-2']));
    const of = (ph: string) => traceEvents.filter((event) => event.ph === ph);
    expect(of('b').length).toBe(of('e').length);
    expect(of('s').length).toBe(50);
    expect(of('f').length).toBe(result.measures.counts['acknowledged']);
    expect(of('C').at(-1)!.args).toEqual({ ready: 0, leased: 0 });
    expect(traceEvents.filter(({ ts }) => ts !== undefined).every(({ ts }) => Number.isInteger(ts))).toBe(true);
  });
});

describe('the events as CSV', () => {
  it('has a row an event, with what its kind tells in the last column', () => {
    let window: RecordingWindow | null = null;
    const { run } = runScenario(scenario, { observers: [(names: NameTable) => (window ??= new RecordingWindow({ names, limitRows: 100_000, aroundMicros: 0 }))] });
    const lines = [...eventsCsv((window as unknown as RecordingWindow).recording())].join('').trim().split('\n');
    expect(lines).toHaveLength(run.events + 1);
    expect(lines[0]).toBe('index,time_micros,event,actor,peer,queue,message,copy,details');
    expect(lines.find((line) => line.includes('lease-grant'))).toMatch(/^\d+,\d+,lease-grant,broker,consumer-\d,orders,1,1,handle=\d+; deliveryCount=1; timeoutMicros=30000000$/);
  });
});

describe('the Mermaid diagram', () => {
  it('has a participant a machine and an arrow a message between them', async () => {
    const { stories } = await retell(scenario, [7]);
    const text = mermaidOf(stories.get(7)!);
    expect(text).toMatch(/^sequenceDiagram\n {2}participant m0 as producer\n {2}participant m1 as broker\n {2}participant m2 as consumer-/);
    expect(text).toMatch(/m0->>m1: 0\.120s starts to send message 7/);
    expect(text).toMatch(/m1->>m2: .*grants lease 1 of message 7/);
    expect(text).toMatch(/m1-->>m2: .*is acknowledged/);
  });

  it('takes no character for a command', () => {
    const text = mermaidOf([{ atMicros: 0, event: 'send-invoke', actor: 'a;b', text: hostileText }]);
    expect(text.split('\n')).toHaveLength(4);
    expect(text).not.toMatch(/<|a;b/);
  });
});

describe('the percentile text', () => {
  it('has a row a point, up to the maximum', () => {
    const text = hgrmOf(heldRun(), 'endToEnd')!;
    const { latencies } = heldRun().measures;
    const rows = text.split('\n').filter((line) => /^\s+[\d.]+\s+[01]\./.test(line));
    expect(rows).toHaveLength(latencies['endToEnd']!.quantiles.length);
    expect(rows.at(-1)).toMatch(/1\.000000000000\s+1200\s+inf$/);
    expect(text).toContain('Total count    =         1200]');
    expect(hgrmOf(heldRun(), 'nothing')).toBeNull();
  });
});
