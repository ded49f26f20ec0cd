import { describe, expect, it } from 'vitest';
import { describeParting, readRecording, recordingJson, recordRun, replay, type Reproduction } from '../../../campaign/index.js';
import { aProducer, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';

const scenario = aScenario({ producers: [aProducer({ messages: 800, interval: constant(5 * MILLISECOND) })] });
/** As if another version were slower in handling what comes late. */
const other = aScenario({ producers: scenario.producers, faults: [{ at: 2 * SECOND, fault: 'crash', target: 'consumer-1', for: SECOND }] });

const recordingOf = async (given = scenario): Promise<Reproduction> => (await recordRun(given)).reproduction;

describe('a replay that comes out differently', { timeout: 60_000 }, () => {
  it('says at which event, with what was expected and what was seen, far into the run', async () => {
    const recorded = await recordingOf();
    const { lines } = (await recordingOf(other)).events;
    const index = lines.findIndex((line, at) => line !== recorded.events.lines[at]);
    expect(index).toBeGreaterThan(5_000);
    const { parting, isSame } = await replay(other, { ...recorded, version: '0.0.1' });
    expect(isSame).toBe(false);
    expect(parting).toEqual({ index, expected: JSON.parse(recorded.events.lines[index]!), seen: JSON.parse(lines[index]!) });
  });

  it('says at which event also where the recorded events are too many to be kept', async () => {
    const { events, ...recorded } = await recordingOf();
    const { parting: exact } = await replay(other, { ...recorded, events });
    const { parting } = await replay(other, { ...recorded, events: { ...events, lines: events.lines.slice(0, 100) } });
    expect(parting).toEqual({ ...exact, expected: 'not-kept' });
    expect(describeParting(parting!)[1]).toContain('expected  (that far only');
  });

  it('says which of the two had no more events', async () => {
    const { events, ...recorded } = await recordingOf();
    const fingerprint = '0'.repeat(32);
    const count = events.lines.length;
    const cut = { lines: events.lines.slice(0, -1), marks: events.marks.subarray(0, -1), count: count - 1 };
    expect((await replay(scenario, { ...recorded, fingerprint, events: cut })).parting).toMatchObject({ index: count - 1, expected: 'no-more', seen: { index: count - 1 } });
    const more = { lines: [...events.lines, events.lines[0]!], marks: Uint32Array.of(...events.marks, 7), count: count + 1 };
    expect((await replay(scenario, { ...recorded, fingerprint, events: more })).parting).toMatchObject({ index: count, expected: { index: 0 }, seen: 'no-more' });
  });
});

describe('a recording', { timeout: 60_000 }, () => {
  it('is read as it was written, and refused when it was changed', async () => {
    const recorded = await recordingOf();
    const text = recordingJson(recorded);
    expect(text.length).toBeLessThan(recorded.events.lines.join('\n').length / 5);
    expect(readRecording(JSON.parse(text))).toEqual(recorded);
    const changed = { ...(JSON.parse(text) as object), fingerprint: '0'.repeat(32) };
    expect(readRecording(changed)).toMatch(/changed after queuelab wrote it/);
    const { digest: _, ...undigested } = changed as { digest?: string };
    expect(readRecording(undigested)).toEqual({ ...recorded, fingerprint: '0'.repeat(32) });
    expect(readRecording({ ...undigested, events: 'abcd' })).toBe('it is damaged (events)');
    expect(readRecording({ ...undigested, marks: '?' })).toBe('it is damaged (marks)');
  });

  it('of an older version is compared as far as it goes', async () => {
    const { events: { lines }, traces: _, ...rest } = await recordingOf();
    const rows = lines.slice(0, 5_000).map((line) => JSON.parse(line) as object);
    const older = readRecording({ ...rest, schema: 'queuelab/reproduction/1', events: rows, digests: [] }) as Reproduction;
    expect((await replay(other, older)).parting).toBeNull();
    const early = { ...older.events, lines: older.events.lines.with(100, JSON.stringify({ ...rows[100], timeMicros: 7 })) };
    expect((await replay(other, { ...older, events: early })).parting).toEqual({ index: 100, expected: { ...rows[100], timeMicros: 7 }, seen: rows[100] });
  });
});

describe('where two runs part, in words', () => {
  const event = { index: 100, timeMicros: 700_123, event: 'poll-end', actor: 'worker', copies: 2 };
  it('shows a difference of microseconds, and names what differs', () => {
    expect(describeParting({ index: 100, expected: event, seen: { ...event, timeMicros: 700_130, copies: 3 } })).toEqual([
      'The runs part at event 100:',
      '  expected  0.700123s  worker  poll-end  copies 2',
      '  seen      0.700130s  worker  poll-end  copies 3',
      '  differs   timeMicros: expected 700123, seen 700130',
      '            copies: expected 2, seen 3',
    ]);
  });

  it('of two kinds of event compares what both have', () => {
    const seen = { index: 100, timeMicros: 700_123, event: 'crash', actor: 'broker', reason: 'fault' };
    expect(describeParting({ index: 100, expected: event, seen }).slice(3)).toEqual(['  differs   event: expected poll-end, seen crash', '            actor: expected worker, seen broker']);
    expect(describeParting({ index: 100, expected: 'no-more', seen }).slice(1)).toEqual(['  expected  no more events', '  seen      0.700123s  broker  crash  reason fault']);
  });
});
