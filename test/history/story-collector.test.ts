import { describe, expect, it } from 'vitest';
import { EventKind, MAX_STORY_ROWS, StoryCollector } from '../../history/index.js';
import { CHUNK_ROWS, recording } from './recording.js';

function collecting() {
  const { recorder, time } = recording('off');
  const collector = new StoryCollector(7);
  recorder.subscribe(collector);
  const emit = (kind: EventKind, message: number, a = 0, actor = 1): void => {
    time.now++;
    recorder.emit(kind, actor, 0, 0, message, 0, a, 0, 0);
  };
  return { recorder, time, collector, emit };
}

describe('StoryCollector', () => {
  it('keeps the rows of its message and the circumstances, with their positions in the run, over any number of chunks', () => {
    const { recorder, collector, emit } = collecting();
    for (let i = 0; i < CHUNK_ROWS + 10; i++) emit(EventKind.sendOk, 6);
    emit(EventKind.accept, 7);
    recorder.flush();
    emit(EventKind.nodeStop, 0);
    emit(EventKind.ledger, 0);
    emit(EventKind.settle, 7);
    recorder.flush();
    expect(collector.rows().map((row) => row.index)).toEqual([CHUNK_ROWS + 10, CHUNK_ROWS + 11, CHUNK_ROWS + 13]);
  });

  it('keeps of the syncs of a broker only the first that covers what it journalled about the message', () => {
    const { recorder, time, collector, emit } = collecting();
    const sync = (coveredMicrosAgo: number, actor = 1): void => {
      time.now += 10;
      recorder.emit(EventKind.fsync, actor, 0, 0, 0, 0, 100, 5, coveredMicrosAgo);
    };
    sync(1);
    emit(EventKind.accept, 7);
    // This one began before the message came, the next is another broker's, the last has nothing new.
    sync(11);
    sync(1, 2);
    sync(10 + 10 + 1);
    sync(1);
    emit(EventKind.settle, 7);
    sync(1);
    recorder.flush();
    expect(collector.rows().map((row) => row.index)).toEqual([1, 4, 6, 7]);
  });

  it('remembers of the time before its message only what is still in force', () => {
    const { recorder, collector, emit } = collecting();
    for (let fault = 0; fault < 3 * MAX_STORY_ROWS; fault++) {
      emit(EventKind.faultBegin, 0, fault);
      if (fault !== 5) emit(EventKind.faultEnd, 0, fault);
      emit(EventKind.nodeStop, 0, 1, 2);
      emit(EventKind.nodeStart, 0, 2, 2);
    }
    emit(EventKind.nodeStop, 0, 1, 3);
    emit(EventKind.accept, 7);
    recorder.flush();
    expect(collector.rows().map((row) => row.kind)).toEqual([EventKind.faultBegin, EventKind.nodeStop, EventKind.accept]);
    expect(collector.rows()[0]!.a).toBe(5);
    expect(collector.droppedRows).toBe(0);
  });

  it('has a limit, and says how much went beyond it', () => {
    const { recorder, collector, emit } = collecting();
    for (let i = 0; i < MAX_STORY_ROWS + 3; i++) emit(EventKind.leaseExtend, 7);
    for (let i = 0; i < MAX_STORY_ROWS + 4; i++) emit(EventKind.nodeStop, 0);
    recorder.flush();
    expect(collector.rows()).toHaveLength(2 * MAX_STORY_ROWS);
    expect(collector.droppedRows).toBe(7);
  });
});
