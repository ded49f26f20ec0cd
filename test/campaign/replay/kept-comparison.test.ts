import { describe, expect, it } from 'vitest';
import { describeParting, recordRun, replay } from '../../../campaign/index.js';
import { type EventRow, type Recording, RecordingWindow } from '../../../history/index.js';
import { packRecording, unpackRecording } from '../../../reports/index.js';
import { judgeScenario, VERSION } from '../../../scenarios/index.js';
import { aProducer, aScenario, SECOND } from '../../scenarios/a-scenario.js';

const scenario = aScenario({ producers: [aProducer({ messages: 100 })] });
const other = aScenario({ producers: scenario.producers, faults: [{ at: SECOND, fault: 'crash', target: 'consumer-1', for: SECOND }] });
const recorded = { seed: '1', mutants: [], version: VERSION, fingerprint: '0'.repeat(32) };

/** What a result keeps of a run: as much as it may, around an instant. */
function historyOf(aroundMicros: number, limitRows = 100_000): Recording {
  let window: RecordingWindow | null = null;
  judgeScenario(scenario, { observers: [(names) => (window = new RecordingWindow({ names, limitRows, aroundMicros }))] });
  return unpackRecording(packRecording(window!.recording()));
}

/** Where the runs part when every event is known. */
const exactly = async () => {
  const { reproduction: { events } } = await recordRun(scenario);
  return (await replay(other, { ...recorded, events })).parting!;
};

describe('a replay of a result that keeps its history', { timeout: 60_000 }, () => {
  it('says at which event it parts, as one of a recorded run does', async () => {
    const { parting } = await replay(other, { ...recorded, history: historyOf(0) });
    const { index, expected } = await exactly();
    const { bodyChecksum: _, ...kept } = expected as EventRow;
    expect(parting).toMatchObject({ index, expected: kept });
    expect(parting!.expected).not.toHaveProperty('bodyChecksum');
    expect(parting).not.toHaveProperty('orBefore');
    expect(describeParting(parting!)[0]).toBe(`The runs part at event ${index}:`);
  });

  it('finds nothing where every event is the same, also in the part that is kept', async () => {
    expect((await replay(scenario, { ...recorded, history: historyOf(0) })).parting).toBeNull();
    expect((await replay(scenario, { ...recorded, history: historyOf(SECOND, 50) })).parting).toBeNull();
  });

  it('says that they may part earlier when not all of the events before are kept', async () => {
    const late = historyOf(2 * SECOND, 50);
    const { parting } = await replay(other, { ...recorded, history: late });
    expect(parting).toMatchObject({ index: late.rows[0]!.index, orBefore: true });
    expect(parting!.index).toBeGreaterThan((await exactly()).index);
    expect(describeParting(parting!)[0]).toContain('or before: not all of the events before it were kept.');
  });

  it('says which of the two had no more events', async () => {
    const whole = historyOf(0);
    const count = whole.rows.length;
    const cut = { ...whole, rows: whole.rows.slice(0, -1), runEvents: count - 1 };
    expect((await replay(scenario, { ...recorded, history: cut })).parting).toMatchObject({ index: count - 1, expected: 'no-more', seen: { event: 'drain-end' } });
    const more = { ...whole, rows: [...whole.rows, { ...whole.rows[0]!, index: count }], runEvents: count + 1 };
    expect((await replay(scenario, { ...recorded, history: more })).parting).toMatchObject({ index: count, seen: 'no-more' });
  });
});
