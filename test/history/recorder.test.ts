import { describe, expect, it } from 'vitest';
import { EventKind, Recorder } from '../../history/index.js';
import { CHUNK_ROWS, emitRows, recording, Witness } from './recording.js';

describe('Recorder', () => {
  it('writes every column of an event, with the time of its source', () => {
    const { recorder, time } = recording('all');
    time.now = 2 ** 52 + 1;
    recorder.emit(EventKind.leaseGrant, 1, 2, 3, 4, 5, 6 * 2 ** 40, 7.5, -8);
    expect([...recorder.history().rows()]).toEqual([
      { index: 0, timeMicros: 2 ** 52 + 1, kind: EventKind.leaseGrant, actor: 1, peer: 2, dest: 3, message: 4, copy: 5, a: 6 * 2 ** 40, b: 7.5, c: -8 },
    ]);
  });

  it('shows each observer every row once, in order, whole chunks by itself and the rest on flush', () => {
    const { recorder, time } = recording('off');
    const witness = new Witness();
    recorder.subscribe(witness);
    emitRows(recorder, time, 10);
    recorder.flush();
    recorder.flush();
    emitRows(recorder, time, 2 * CHUNK_ROWS);
    expect(witness.stretches).toEqual([{ from: 0, to: 10 }, { from: 10, to: CHUNK_ROWS }, { from: 0, to: CHUNK_ROWS }]);
    recorder.flush();
    expect(witness.rows.map((row) => row.message)).toEqual(Array.from({ length: 2 * CHUNK_ROWS + 10 }, (_, i) => i + 1));
  });

  it('calls observers in the order of their subscription', () => {
    const { recorder, time } = recording('off');
    const calls: string[] = [];
    recorder.subscribe({ onChunk: () => calls.push('first') });
    recorder.subscribe({ onChunk: () => calls.push('second') });
    emitRows(recorder, time, 1);
    recorder.flush();
    expect(calls).toEqual(['first', 'second']);
  });

  it('counts events whether they were flushed or not', () => {
    const { recorder, time } = recording({ last: 5 });
    emitRows(recorder, time, CHUNK_ROWS + 7);
    expect(recorder.eventCount).toBe(CHUNK_ROWS + 7);
    recorder.flush();
    expect(recorder.eventCount).toBe(CHUNK_ROWS + 7);
  });

  it('has a fingerprint that depends neither on what is kept nor on when it is flushed', () => {
    const prints = (['off', 'all', { last: 3 }] as const).map((keep) => {
      const { recorder, time } = recording(keep);
      recorder.name('broker');
      emitRows(recorder, time, 3000);
      if (keep === 'all') recorder.flush();
      recorder.name('late');
      emitRows(recorder, time, 3000);
      return recorder.fingerprint();
    });
    expect(new Set(prints).size).toBe(1);
  });

  it('has a fingerprint that depends on every name and on their order', () => {
    const printOf = (...names: string[]): string => {
      const { recorder, time } = recording('off');
      for (const name of names) recorder.name(name);
      emitRows(recorder, time, 3);
      return recorder.fingerprint();
    };
    const prints = [printOf(), printOf('a'), printOf('b'), printOf('a', 'b'), printOf('b', 'a'), printOf('ab'), printOf('a', 'b', 'c')];
    expect(new Set(prints).size).toBe(prints.length);
  });

  it('goes on after its fingerprint was read', () => {
    const { recorder, time } = recording('off');
    emitRows(recorder, time, 5);
    const early = recorder.fingerprint();
    expect(recorder.fingerprint()).toBe(early);
    emitRows(recorder, time, 5);
    const whole = recording('off');
    emitRows(whole.recorder, whole.time, 10);
    expect(recorder.fingerprint()).toBe(whole.recorder.fingerprint());
    expect(recorder.fingerprint()).not.toBe(early);
  });

  it.each([0, -1, 1.5, Number.NaN, 10_000_001])('refuses to keep the last %s events', (last) => {
    expect(() => new Recorder({ time: { now: 0 }, keep: { last } })).toThrow(expect.objectContaining({ code: 'QL_HISTORY_OPTION' }));
  });
});
