import { inflateSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { Board, type BoardCopy, CopyState, EventKind, type NameTable, type RawRow, type Recording, RecordingWindow } from '../../../history/index.js';
import { packRecording } from '../../../reports/timeline/pack.js';
import { firstCopies } from '../../../reports/timeline/first-copies.js';
import { unpackRows } from '../../../history/index.js';
import { unpackCopies } from '../../../history/index.js';
import { everything, Player } from '../../../reports/timeline/player.js';
import { runScenario } from '../../../scenarios/index.js';
import { aProducer, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';

let recording: Recording;

beforeAll(() => {
  let window: RecordingWindow | null = null;
  runScenario(aScenario({
    producers: [aProducer({ messages: 400, interval: constant(5 * MILLISECOND) })],
    faults: [{ at: SECOND, fault: 'crash', target: 'consumer-1', for: SECOND }],
  }), { observers: [(names: NameTable) => (window ??= new RecordingWindow({ names, limitRows: 100_000, aroundMicros: 0 }))] });
  recording = (window as unknown as RecordingWindow).recording();
});

/** What stands where, in an order of its own: where a copy lies in the board's map says nothing. */
function standing(board: Board): string {
  const { copies, work, faults, down, ...counts } = board.data();
  const sorted = [copies, work, faults, down].map((all) => all.map((one) => JSON.stringify(one)).sort());
  return JSON.stringify([sorted, counts]);
}

const player = (): Player => new Player(recording.rows, recording.start);
const checksums: Readonly<Partial<Record<EventKind, 'b' | 'c'>>> = { [EventKind.sendInvoke]: 'b', [EventKind.deliver]: 'c' };

describe('a packed recording', () => {
  it('holds every row but its checksums, in a few bytes each', () => {
    const packed = packRecording(recording);
    const rows = unpackRows(inflateSync(Buffer.from(packed.rows, 'base64')), packed.count, packed.firstIndex);
    expect(rows).toEqual(recording.rows.map((row) => (checksums[row.kind] === undefined ? row : { ...row, [checksums[row.kind]!]: 0 })));
    expect(packed.rows.length / packed.count).toBeLessThan(12);
    expect(packRecording(recording)).toEqual(packed);
  });
});

describe('the copies of the beginning', () => {
  const copies = (count: number): BoardCopy[] => Array.from({ length: count }, (_, index) => ({
    copy: index + 1, message: index + 7, broker: 1, queue: 2 + (index % 2), state: (index % 3) as CopyState, consumer: index % 5, handle: index % 3 === 1 ? (index + 1) * 1_048_576 + 3 : 0,
    deliveries: index % 4, untilMicros: 40_000_000 + index * 1_000 - (index % 7) * 90, confirmed: index % 11 !== 0,
  }));

  it('come out of the page as they went in, in a few bytes each', () => {
    const all = copies(10_000);
    const packed = packRecording({ ...recording, start: { ...recording.start, copies: all } });
    expect(unpackCopies(inflateSync(Buffer.from(packed.copies, 'base64')), packed.copyCount)).toEqual(all);
    expect(packed.copies.length / all.length).toBeLessThan(8);
  });

  it('are shown from the lowest number on, whoever is followed first, in whatever order they lie', () => {
    const all = copies(1_000).sort((left, right) => (left.copy * 7919) % 1009 - (right.copy * 7919) % 1009);
    const shown = firstCopies(all, { queues: [2, 3], most: 5, followed: 507 });
    expect(shown.get(2)!.map(({ copy }) => copy)).toEqual([501, 1, 3, 5, 7]);
    expect(shown.get(3)!.map(({ copy }) => copy)).toEqual([2, 4, 6, 8, 10]);
  });
});

describe('the player', () => {
  it('stands at every position as a board stands that was led there row by row, forwards and back', () => {
    const stepped = new Board();
    const boards = [standing(stepped)];
    for (const row of recording.rows) {
      stepped.apply(row);
      boards.push(standing(stepped));
    }
    const one = player();
    const end = recording.rows.length;
    for (const position of [end, 0, 777, 776, 775, 1_501, 3, end - 1, 1_499, 1_500, end]) {
      one.seek(position);
      expect([one.position, standing(one.board)]).toEqual([position, boards[position]]);
      const queue = recording.rows.find(({ kind }) => kind === EventKind.accept)!.dest;
      const at = one.row?.timeMicros ?? 0;
      const count = (state: CopyState): number => [...one.board.copies.values()].filter((copy) => copy.queue === queue && Board.stateAt(copy, at) === state).length;
      expect(one.board.levelsOf(queue, at)).toEqual({ ready: count(CopyState.ready), leased: count(CopyState.leased), delayed: count(CopyState.delayed) });
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

  it('goes not back by a step on from beyond the last event that passes', () => {
    const one = player();
    one.filter = { ...everything, message: 9 };
    one.seek(recording.rows.length);
    expect([one.step(1), one.step(3), one.position]).toEqual([false, false, recording.rows.length]);
    one.step(-1);
    expect(one.row).toEqual(recording.rows.filter(({ message }) => message === 9).at(-1));
  });
});
