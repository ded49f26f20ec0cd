import { beforeAll, describe, expect, it } from 'vitest';
import { type Board, EventKind, type NameTable, type Recording, RecordingWindow } from '../../../history/index.js';
import { Player } from '../../../reports/timeline/player.js';
import { whereabouts, type Whereabouts } from '../../../reports/timeline/whereabouts.js';
import { runScenario } from '../../../scenarios/index.js';
import { aProducer, aScenario, constant, MILLISECOND } from '../../scenarios/a-scenario.js';

let recording: Recording;

beforeAll(() => {
  let window: RecordingWindow | null = null;
  runScenario(aScenario({ producers: [aProducer({ messages: 20, interval: constant(50 * MILLISECOND) })] }), {
    observers: [(names: NameTable) => (window ??= new RecordingWindow({ names, limitRows: 100_000, aroundMicros: 0 }))],
  });
  recording = (window as unknown as RecordingWindow).recording();
});

const rowsOf = (message: number): number[] => recording.rows.flatMap((row, index) => (row.message === message ? [index] : []));

function at(position: number, message: number, { runEvents = recording.runEvents } = {}): Whereabouts {
  const player = new Player(recording.rows, recording.start);
  player.seek(position);
  const board: Board = player.board;
  return whereabouts({ message, rows: recording.rows, own: rowsOf(message), position, board, atMicros: player.row?.timeMicros ?? 0, nameOf: (id) => recording.names[id] ?? '', runEvents });
}

const after = (message: number, kind: EventKind): number => rowsOf(message).find((index) => recording.rows[index]!.kind === kind)! + 1;

describe('a message that is followed', () => {
  it('is told where it is: in a queue, at a consumer', () => {
    expect(at(after(7, EventKind.accept), 7).text).toMatch(/^Message 7 at this instant: copy 7 is ready in orders\.$/);
    const working = at(after(7, EventKind.handleStart), 7);
    expect(working.text).toMatch(/^Message 7 at this instant: copy 7 is leased to consumer-\d in orders; consumer-\d works on it since \d\.\d{3}s\.$/);
    expect(working.jumps).toEqual([]);
  });

  it('that is not there yet is told when it will be, and leads there', () => {
    const first = rowsOf(7)[0]!;
    const { text, jumps } = at(0, 7);
    expect(text).toMatch(/^Message 7 is not there yet\. Its first event here is at \d\.\d{3}s: producer: send invoke, message 7 in orders/);
    expect(jumps).toEqual([{ label: 'Go to its first event', position: first + 1 }]);
  });

  it('that is over is told what was the last of it, and leads there', () => {
    const last = rowsOf(7).at(-1)!;
    const { text, jumps } = at(recording.rows.length, 7);
    expect(text).toMatch(/^Message 7 is in no queue and at no consumer at this instant\. The last of it was at \d\.\d{3}s: consumer-\d: ack ok, message 7 in orders; nothing follows here\.$/);
    expect(jumps).toEqual([{ label: 'Go to its last event', position: last + 1 }]);
  });

  it('that is on its way leads to what was before and what comes next', () => {
    const sent = after(7, EventKind.sendInvoke);
    const [, second] = rowsOf(7);
    const { text, jumps } = at(sent, 7);
    expect(text).toMatch(/The last of it was at .*send invoke.*; the next is at .*\.$/);
    expect(jumps).toEqual([{ label: 'Go to its event before', position: sent }, { label: 'Go to its next event', position: second! + 1 }]);
  });

  it('that is not recorded leads to the nearest one, and says when only a part of the run is here', () => {
    expect(at(10, 4000)).toEqual({ text: 'No event of message 4000 is recorded here. The nearest that is recorded is message 20.', jumps: [{ label: 'Follow message 20', message: 20 }] });
    expect(at(10, 4000, { runEvents: 1e6 }).text).toContain('A part of the run is recorded here: it may be in the rest.');
  });
});
