import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventKind } from '../../history/index.js';
import { RowStore } from '../../history/row-store.js';
import { CHUNK_ROWS, emitRows, recording } from './recording.js';

describe('History', () => {
  it('keeps exactly the last so many rows, with their positions in the run', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 0, max: 14_000 }), (last, count) => {
        const { recorder, time } = recording({ last });
        emitRows(recorder, time, count);
        const history = recorder.history();
        const kept = [...history.rows()];
        expect(kept.length).toBe(Math.min(last, count));
        expect(history.endIndex).toBe(count);
        expect(history.firstIndex).toBe(count - kept.length);
        kept.forEach((row, i) => {
          expect(row.index).toBe(history.firstIndex + i);
          expect(row.message).toBe(row.index + 1);
        });
      }),
      { numRuns: 15, examples: [[CHUNK_ROWS, CHUNK_ROWS], [CHUNK_ROWS, CHUNK_ROWS + 1], [1, 3 * CHUNK_ROWS]] },
    );
  });

  it('that is held on to sees what was handed out since, and nothing that was not', () => {
    const { recorder, time } = recording({ last: 10 });
    const history = recorder.history();
    emitRows(recorder, time, 3 * CHUNK_ROWS + 5);
    expect(history.endIndex).toBe(3 * CHUNK_ROWS);
    expect([...history.rows()].map((row) => row.index)).toEqual(Array.from({ length: 10 }, (_, i) => 3 * CHUNK_ROWS - 10 + i));
  });

  it('keeps nothing when told so', () => {
    const { recorder, time } = recording('off');
    emitRows(recorder, time, CHUNK_ROWS + 5);
    expect([...recorder.history().rows()]).toEqual([]);
    expect(recorder.history().endIndex).toBe(CHUNK_ROWS + 5);
  });

  it('reads the rows of one message and of one of its copies', () => {
    const { recorder } = recording('all');
    recorder.emit(EventKind.accept, 1, 0, 2, 7, 70, 0, 0, 0);
    recorder.emit(EventKind.accept, 1, 0, 2, 8, 80, 0, 0, 0);
    recorder.emit(EventKind.accept, 1, 0, 2, 7, 71, 0, 0, 0);
    const history = recorder.history();
    expect([...history.rowsOf(7)].map((row) => row.index)).toEqual([0, 2]);
    expect([...history.rowsOfCopy(7, 71)].map((row) => row.index)).toEqual([2]);
  });

  it('ends a run that would fill the memory, with an error that says what to do', () => {
    const store = new RowStore('all', 2 * CHUNK_ROWS);
    for (let i = 0; i < 3; i++) store.next().length = CHUNK_ROWS;
    expect(() => store.next()).toThrow(expect.objectContaining({ code: 'QL_HISTORY_FULL', limitRows: 2 * CHUNK_ROWS }));
    expect(() => store.next()).toThrow(/Keep the last ones/);
  });
});
