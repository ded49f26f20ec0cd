import { describe, expect, it } from 'vitest';
import { eventRow, EventKind, jsonLines, MoveReason, OutcomeReason, StopCause } from '../../history/index.js';
import { recording } from './recording.js';

describe('jsonLines', () => {
  it('writes an event a line, names and codes as words, numbers under their names, and nothing that does not apply', () => {
    const { recorder, time } = recording('all');
    const broker = recorder.name('broker');
    const consumer = recorder.name('consumer-1');
    const jobs = recorder.name('jobs');
    const dead = recorder.name('jobs-dlq');
    time.now = 1_500;
    recorder.emit(EventKind.leaseGrant, broker, consumer, jobs, 17, 5, 5_242_881, 1, 30_000_000);
    recorder.emit(EventKind.move, broker, dead, jobs, 17, 5, 3, MoveReason.limit, 0);
    recorder.emit(EventKind.sendInfo, consumer, 0, 0, 18, 0, OutcomeReason.connectionLost, 2, 0);
    recorder.emit(EventKind.nodeStop, broker, 0, 0, 0, 0, StopCause.powerLoss, 0, 0);
    recorder.emit(EventKind.faultBegin, broker, 0, 0, 0, 0, 4, recorder.name('power-loss'), 0);
    recorder.emit(EventKind.drainBegin, 0, 0, 0, 0, 0, 0, 0, 0);
    const lines = [...jsonLines(recorder.history().rows(), recorder.names)];
    expect(lines).toEqual([
      '{"index":0,"timeMicros":1500,"event":"lease-grant","actor":"broker","peer":"consumer-1","dest":"jobs","message":17,"copy":5,"handle":5242881,"deliveryCount":1,"timeoutMicros":30000000}',
      '{"index":1,"timeMicros":1500,"event":"move","actor":"broker","peer":"jobs-dlq","dest":"jobs","message":17,"copy":5,"deliveryCount":3,"moveReason":"limit","letters":0}',
      '{"index":2,"timeMicros":1500,"event":"send-info","actor":"consumer-1","message":18,"outcomeReason":"connection-lost","attempt":2}',
      '{"index":3,"timeMicros":1500,"event":"node-stop","actor":"broker","stopCause":"power-loss"}',
      '{"index":4,"timeMicros":1500,"event":"fault-begin","actor":"broker","faultIndex":4,"faultKind":"power-loss","clockShift":0}',
      '{"index":5,"timeMicros":1500,"event":"drain-begin"}',
    ]);
  });

  it('knows a field for every number that EVENTS names, whatever the kind', () => {
    const { recorder } = recording('all');
    for (const kind of Object.values(EventKind)) recorder.emit(kind, 0, 0, 0, 0, 0, 101, 102, 103);
    for (const raw of recorder.history().rows()) {
      const { index: _index, timeMicros: _time, event: _event, ...fields } = eventRow(raw, recorder.names);
      // A code without a word stays a number; the number of a name that was never given reads as the empty text.
      expect(Object.values(fields).every((value) => value === '' || (typeof value === 'number' && value > 100))).toBe(true);
    }
  });

  it('makes lines one at a time', () => {
    const { recorder } = recording('all');
    for (let i = 0; i < 10_000; i++) recorder.emit(EventKind.drainBegin, 0, 0, 0, 0, 0, 0, 0, 0);
    let read = 0;
    const counting = (function* () {
      for (const row of recorder.history().rows()) {
        read++;
        yield row;
      }
    })();
    expect(jsonLines(counting, recorder.names).next().value).toContain('"index":0');
    expect(read).toBe(1);
  });
});
