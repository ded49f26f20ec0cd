import { expect, it } from 'vitest';
import { Board, CopyState, EventKind, type History, RecordingWindow, type NameTable } from '../../history/index.js';
import { runScenario } from '../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../scenarios/a-scenario.js';

const scenario = aScenario({
  queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND, delayMicros: 30 * MILLISECOND, deadLetter: { queue: 'dead', maxReceiveCount: 2 } }), aQueue('dead')],
  producers: [aProducer({ messages: 200, interval: constant(10 * MILLISECOND) })],
  consumers: [aConsumer('consumer-1', { handler: { poisonEvery: 7 } }), aConsumer('consumer-2')],
  faults: [
    { at: 500 * MILLISECOND, fault: 'crash', target: 'broker', for: SECOND },
    { at: 700 * MILLISECOND, fault: 'pause', target: 'consumer-1', for: 3 * SECOND },
  ],
});

function recorded(limitRows: number, aroundMicros: number | null) {
  let window: RecordingWindow | null = null;
  let history: History | null = null;
  runScenario(scenario, {
    trace: 'all',
    observers: [(names: NameTable) => (window ??= new RecordingWindow({ names, limitRows, aroundMicros }))],
    onHistory: (kept) => { history = kept; },
  });
  return { recording: (window as unknown as RecordingWindow).recording(), history: history as unknown as History };
}

it('the board says what the broker counts itself, whenever it tells', () => {
  const { history } = recorded(10, 0);
  const board = new Board();
  let told = 0;
  for (const row of history.rows()) {
    board.apply(row);
    if (row.kind !== EventKind.ledger) continue;
    told++;
    const count = (state: CopyState): number => [...board.copies.values()].filter((copy) => copy.queue === row.dest && Board.stateAt(copy, row.timeMicros) === state).length;
    expect([count(CopyState.ready), count(CopyState.leased), count(CopyState.delayed)]).toEqual([row.a, row.b, row.c]);
    expect(board.levelsOf(row.dest, row.timeMicros)).toEqual({ ready: row.a, leased: row.b, delayed: row.c });
  }
  expect(told).toBeGreaterThan(0);
  expect([...board.copies.values()].filter(({ queue }) => history.names.text(queue) === 'dead').length).toBeGreaterThan(3);
  expect([board.work.size, board.faults.size, board.down.size]).toEqual([0, 0, 0]);
});

it('a window of a run goes on from what stood where when it began', () => {
  const { recording, history } = recorded(600, null);
  const all = [...history.rows()];
  expect(recording.rows).toHaveLength(600);
  expect(recording.runEvents).toBe(all.length);
  const first = recording.rows[0]!.index;
  expect(recording.rows).toEqual(all.slice(first, first + 600));
  expect(recording.rows.some(({ kind }) => kind === EventKind.faultBegin)).toBe(true);
  const whole = new Board();
  for (const row of all.slice(0, first + 600)) whole.apply(row);
  const fromWindow = Board.from(recording.start);
  for (const row of recording.rows) fromWindow.apply(row);
  expect(fromWindow.data()).toEqual(whole.data());
});

it('a short run is recorded as a whole', () => {
  const { recording, history } = recorded(1_000_000, 0);
  expect([recording.rows.length, recording.rows[0]!.index]).toEqual([history.endIndex, 0]);
  expect(recording.start).toEqual(new Board().data());
});
