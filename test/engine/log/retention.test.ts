import { describe, expect, it } from 'vitest';
import type { Log, LogError } from '../../../engine/log/index.js';
import { ALog, texts } from './a-log.js';
import { WatchedDisk } from './watched-disk.js';

type Outcome = { readonly error: string | null; readonly startPosition: number };

function outcome(log: ALog, start: (log: Log, callback: (error: LogError | null, startPosition: number) => void) => void): Outcome {
  const outcomes: Outcome[] = [];
  start(log.log, (error, startPosition) => outcomes.push({ error: error?.code ?? null, startPosition }));
  log.world.settle();
  expect(outcomes).toHaveLength(1);
  return outcomes[0]!;
}

function aLog(disk = new WatchedDisk()): ALog {
  const log = new ALog({ wrap: disk.wrap });
  for (let start = 0; start < 150; start += 10) {
    log.appendApart(...texts(10, start));
    log.world.pass(1_000_000);
  }
  return log;
}

const basesOf = (log: ALog): number[] => log.names.map((name) => Number(name.slice(0, 16)));

describe('retention', () => {
  it('removes whole closed segments below a position, and the log begins there from then on', () => {
    const log = aLog();
    const bases = basesOf(log);
    expect(bases.length).toBeGreaterThan(3);
    expect(outcome(log, (it, done) => it.removePrefix(bases[2]! + 1, done))).toEqual({ error: null, startPosition: bases[2] });
    expect(basesOf(log)).toEqual(bases.slice(2));
    expect(log.log.startPosition).toBe(bases[2]);
    expect(log.read(bases[2]! - 1).error).toBe('QL_LOG_OUT_OF_RANGE');
    expect(log.read(bases[2]!).texts).toEqual(texts(150 - bases[2]!, bases[2]));
    expect(log.open().texts).toEqual(texts(150 - bases[2]!, bases[2]));
    expect(log.recovery).toMatchObject({ startPosition: bases[2], corrupt: [] });
  });

  it('never removes the open segment', () => {
    const log = aLog();
    const last = basesOf(log).at(-1)!;
    expect(outcome(log, (it, done) => it.removePrefix(1000, done)).startPosition).toBe(last);
    expect(outcome(log, (it, done) => it.applyRetention({ maxBytes: 0, maxAgeMicros: 0 }, done)).startPosition).toBe(last);
    log.appendApart(...texts(1, 150));
    expect(log.open().texts).toEqual(texts(151 - last, last));
  });

  it('by size removes the oldest until the rest fits', () => {
    const log = aLog();
    const sizes = [...log.files.values()].map((bytes) => bytes.length);
    const bases = basesOf(log);
    const lastTwo = sizes.at(-1)! + sizes.at(-2)!;
    expect(outcome(log, (it, done) => it.applyRetention({ maxBytes: lastTwo }, done)).startPosition).toBe(bases.at(-2));
    expect(log.log.sizeBytes).toBe(lastTwo);
    expect(outcome(log, (it, done) => it.applyRetention({ maxBytes: lastTwo }, done)).startPosition).toBe(bases.at(-2));
  });

  it('by age removes what has only old batches, by the wall clock', () => {
    const log = aLog();
    const bases = basesOf(log);
    // Record 10 k is written at second k.
    const isOld = (base: number, seconds: number): boolean => Math.floor((base - 1) / 10) < seconds;
    log.world.now = 15_000_000;
    expect(outcome(log, (it, done) => it.applyRetention({ maxAgeMicros: 8_000_000 }, done)).startPosition)
      .toBe(bases.findLast((base) => base === 0 || isOld(base, 7)));
    log.open();
    log.world.wallOffsetMicros = -3_600_000_000;
    expect(outcome(log, (it, done) => it.applyRetention({ maxAgeMicros: 0 }, done)).startPosition).toBe(basesOf(log)[0]);
    log.world.wallOffsetMicros = 3_600_000_000;
    expect(outcome(log, (it, done) => it.applyRetention({ maxAgeMicros: 60_000_000 }, done)).startPosition).toBe(basesOf(log).at(-1));
  });

  it('makes each removal durable before the next, so that no loss of power leaves a hole', () => {
    const disk = new WatchedDisk();
    const log = aLog(disk);
    disk.calls.length = 0;
    outcome(log, (it, done) => it.removePrefix(1000, done));
    expect(disk.calls.length).toBeGreaterThan(4);
    expect(disk.calls.map((call) => call.split(' ')[0])).toEqual(disk.calls.map((_, index) => (index % 2 === 0 ? 'remove' : 'syncDirectory')));
  });

  it('that fails leaves the log at work; one at a time', () => {
    const disk = new WatchedDisk();
    const log = aLog(disk);
    disk.fail = (call) => (call.startsWith('remove') ? 'EIO' : null);
    expect(outcome(log, (it, done) => it.removePrefix(1000, done))).toEqual({ error: 'QL_LOG_WRITE_FAILED', startPosition: 0 });
    disk.fail = () => null;
    log.appendApart(...texts(1, 150));
    const codes: (string | null)[] = [];
    log.log.removePrefix(1000, (error) => codes.push(error?.code ?? null));
    log.log.removePrefix(1000, (error) => codes.push(error?.code ?? null));
    log.world.settle();
    expect(codes).toEqual(['QL_LOG_BUSY', null]);
  });
});
