import { inflateSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { Board, EventKind, type NameTable, type RawRow, type Recording, RecordingWindow } from '../../../history/index.js';
import { packRecording } from '../../../reports/timeline/pack.js';
import { unpackRows } from '../../../reports/timeline/packed.js';
import { everything, Player } from '../../../reports/timeline/player.js';
import { runScenario } from '../../../scenarios/index.js';
import { aProducer, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { heldRun } from '../fixtures.js';

let recording: Recording;

beforeAll(() => {
  let window: RecordingWindow | null = null;
  runScenario(aScenario({
    producers: [aProducer({ messages: 400, interval: constant(5 * MILLISECOND) })],
    faults: [{ at: SECOND, fault: 'crash', target: 'consumer-1', for: SECOND }],
  }), { observers: [(names: NameTable) => (window ??= new RecordingWindow({ names, limitRows: 100_000, aroundMicros: 0 }))] });
  recording = (window as unknown as RecordingWindow).recording();
});

const player = (): Player => new Player(recording.rows, Board.from(recording.start));
const checksums: Readonly<Partial<Record<EventKind, 'b' | 'c'>>> = { [EventKind.sendInvoke]: 'b', [EventKind.deliver]: 'c' };

describe('a packed recording', () => {
  it('holds every row but its checksums, in a few bytes each', () => {
    const packed = packRecording(recording, heldRun());
    const rows = unpackRows(inflateSync(Buffer.from(packed.rows, 'base64')), packed.count, packed.firstIndex);
    expect(rows).toEqual(recording.rows.map((row) => (checksums[row.kind] === undefined ? row : { ...row, [checksums[row.kind]!]: 0 })));
    expect(packed.rows.length / packed.count).toBeLessThan(12);
    expect(packRecording(recording, heldRun())).toEqual(packed);
  });
});

describe('the player', () => {
  it('stands at every position as a board stands that was led there row by row, forwards and back', () => {
    const stepped = new Board();
    const boards = [JSON.stringify(stepped.data())];
    for (const row of recording.rows) {
      stepped.apply(row);
      boards.push(JSON.stringify(stepped.data()));
    }
    const one = player();
    const end = recording.rows.length;
    for (const position of [end, 0, 777, 776, 775, 1_501, 3, end - 1, 1_499, 1_500, end]) {
      one.seek(position);
      expect([one.position, JSON.stringify(one.board.data())]).toEqual([position, boards[position]]);
    }
  });

  it('steps through what passes the filter, in both directions, and stops at the ends', () => {
    const one = player();
    one.filter = { ...everything, message: 9 };
    const seen: RawRow[] = [];
    while (one.step(1)) seen.push(one.row!);
    expect(seen).toEqual(recording.rows.filter(({ message }) => message === 9));
    const back: RawRow[] = [];
    while (one.step(-1) && one.row !== null) back.push(one.row);
    expect(back).toEqual(seen.slice(0, -1).reverse());
    expect([one.position, one.step(-1)]).toEqual([0, false]);
  });

  it('finds the position of an instant', () => {
    const one = player();
    const at = recording.rows[500]!.timeMicros;
    one.seek(one.positionAt(at));
    expect(one.row!.timeMicros).toBe(at);
    expect(recording.rows[one.position]!.timeMicros).toBeGreaterThan(at);
    expect([one.positionAt(-1), one.positionAt(Number.MAX_SAFE_INTEGER)]).toEqual([0, recording.rows.length]);
  });
});
