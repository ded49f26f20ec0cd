import { describe, expect, it } from 'vitest';
import { Kernel, KernelError } from '../../../sim/kernel/index.js';

const codeOf = (action: () => void): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof KernelError) return error.code;
    throw error;
  }
  return 'no error';
};

/** A kernel, and a handler that logs `word@time`. */
function logging(options = {}): { kernel: Kernel; log: string[]; write: (word: string) => void } {
  const kernel = new Kernel(options);
  const log: string[] = [];
  return { kernel, log, write: (word) => log.push(`${word}@${kernel.now}`) };
}

describe('order', () => {
  it('fires by time, and by sequence of scheduling among equal times', () => {
    const { kernel, log, write } = logging();
    kernel.schedule(20, write, 'c');
    kernel.schedule(10, write, 'a');
    kernel.schedule(20, write, 'd');
    kernel.schedule(10, write, 'b');
    kernel.run();
    expect(log).toEqual(['a@10', 'b@10', 'c@20', 'd@20']);
  });

  it('fires an event scheduled for now after those that were queued for now', () => {
    const { kernel, log, write } = logging();
    kernel.schedule(5, () => kernel.schedule(5, write, 'nested'), null);
    kernel.schedule(5, write, 'queued');
    kernel.run();
    expect(log).toEqual(['queued@5', 'nested@5']);
  });

  it('keeps the order of ten thousand events of one instant', () => {
    const kernel = new Kernel();
    const fired: number[] = [];
    const add = (n: number): void => void fired.push(n);
    for (let n = 0; n < 10_000; n++) kernel.schedule(1_000, add, n);
    kernel.run();
    expect(fired).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
  });

  it('crosses idle years in one step', () => {
    const { kernel, log, write } = logging();
    const year = 365 * 24 * 3_600_000_000;
    kernel.schedule(200 * year, write, 'far');
    kernel.schedule(Number.MAX_SAFE_INTEGER, write, 'last');
    kernel.schedule(1, write, 'near');
    kernel.run();
    expect(log).toEqual(['near@1', `far@${200 * year}`, `last@${Number.MAX_SAFE_INTEGER}`]);
    expect(kernel.executed).toBe(3);
  });
});

describe('schedule', () => {
  it('refuses the past and what is no time', () => {
    const kernel = new Kernel();
    kernel.runUntil(100);
    const at = (time: number) => (): unknown => kernel.schedule(time, () => undefined, null);
    expect(codeOf(at(99))).toBe('QL_SIM_PAST_EVENT');
    for (const time of [100.5, NaN, Infinity, Number.MAX_SAFE_INTEGER + 1, -1, -0.5]) {
      expect(codeOf(at(time)), String(time)).toBe('QL_SIM_BAD_TIME');
    }
    expect(kernel.pending).toBe(0);
    expect(codeOf(at(100))).toBe('no error');
  });

  it('says which time was refused and what now is', () => {
    const kernel = new Kernel();
    kernel.runUntil(100);
    expect(() => kernel.schedule(99, () => undefined, null)).toThrow('99 µs lies before now, 100 µs');
  });
});

describe('cancel', () => {
  it('takes an event back once', () => {
    const { kernel, log, write } = logging();
    const id = kernel.schedule(10, write, 'gone');
    kernel.schedule(10, write, 'kept');
    expect(kernel.cancel(id)).toBe(true);
    expect(kernel.cancel(id)).toBe(false);
    kernel.run();
    expect(log).toEqual(['kept@10']);
  });

  it('answers false for events that fired, also when their slot is used again', () => {
    const { kernel, log, write } = logging();
    const id = kernel.schedule(10, write, 'first');
    kernel.run();
    const next = kernel.schedule(20, write, 'second');
    expect(next).not.toBe(id);
    expect(kernel.cancel(id)).toBe(false);
    kernel.run();
    expect(log).toEqual(['first@10', 'second@20']);
  });

  it('answers false for ids that never were', () => {
    const kernel = new Kernel();
    kernel.schedule(1, () => undefined, null);
    for (const id of [0, 1, 12345, -1, 0.5, NaN, Infinity, 2 ** 52]) expect(kernel.cancel(id)).toBe(false);
    expect(kernel.pending).toBe(1);
  });

  it('cannot take back the event that is firing', () => {
    const kernel = new Kernel();
    const answers: boolean[] = [];
    const id = kernel.schedule(1, () => answers.push(kernel.cancel(id)), null);
    kernel.run();
    expect(answers).toEqual([false]);
  });

  it('leaves nothing behind: a million cancelled timers hold no more memory than those that live', () => {
    const kernel = new Kernel();
    const nothing = (): void => undefined;
    const before = kernel.memoryBytes;
    const leases: number[] = [];
    for (let n = 0; n < 1_000_000; n++) {
      kernel.runUntil(n * 10);
      leases[n % 100] = kernel.schedule(n * 10 + 30_000_000, nothing, null);
      if (n >= 99 && !kernel.cancel(leases[(n + 1) % 100]!)) expect.fail(`lease ${n - 99} was not there`);
    }
    expect(kernel.pending).toBe(99);
    expect(kernel.memoryBytes).toBeLessThanOrEqual(before);
  });

  it('holds memory for the most that were pending together', () => {
    const kernel = new Kernel();
    const ids = Array.from({ length: 10_000 }, (_, n) => kernel.schedule(n * 1_000, () => undefined, null));
    const peak = kernel.memoryBytes;
    for (const id of ids) kernel.cancel(id);
    for (let n = 0; n < 10_000; n++) kernel.schedule(n * 1_000, () => undefined, null);
    expect(kernel.memoryBytes).toBe(peak);
    expect(peak).toBeLessThan(10_000 * 200);
  });
});

describe('runUntil', () => {
  it('fires what lies at the boundary and not what lies behind it, and sets now to it', () => {
    const { kernel, log, write } = logging();
    for (const time of [9, 10, 11]) kernel.schedule(time, write, 'event');
    kernel.runUntil(10);
    expect(log).toEqual(['event@9', 'event@10']);
    expect(kernel.now).toBe(10);
    expect(kernel.pending).toBe(1);
  });

  it('moves time when nothing waits', () => {
    const kernel = new Kernel();
    kernel.runUntil(1_000_000);
    expect(kernel.now).toBe(1_000_000);
  });

  it('allows events between the boundary and the next event afterwards', () => {
    const { kernel, log, write } = logging();
    for (let n = 0; n < 100; n++) kernel.schedule(1_000_000 + n, write, 'far');
    kernel.runUntil(999_000);
    kernel.schedule(999_001, write, 'between');
    kernel.runUntil(1_000_000);
    expect(log).toEqual(['between@999001', 'far@1000000']);
  });

  it('refuses to go back', () => {
    const kernel = new Kernel();
    kernel.runUntil(10);
    expect(codeOf(() => kernel.runUntil(9))).toBe('QL_SIM_PAST_EVENT');
    expect(codeOf(() => kernel.runUntil(10.5))).toBe('QL_SIM_BAD_TIME');
    expect(codeOf(() => kernel.runUntil(NaN))).toBe('QL_SIM_BAD_TIME');
  });
});

describe('step, stop and nextTime', () => {
  it('steps one event at a time', () => {
    const { kernel, log, write } = logging();
    kernel.schedule(1, write, 'a');
    kernel.schedule(2, write, 'b');
    expect([kernel.nextTime(), kernel.step(), kernel.nextTime(), kernel.step(), kernel.step(), kernel.nextTime()]).toEqual([
      1, true, 2, true, false, Infinity,
    ]);
    expect(log).toEqual(['a@1', 'b@2']);
  });

  it('stops after the current event, with time at it, and goes on from there', () => {
    const { kernel, log, write } = logging();
    kernel.schedule(1, () => kernel.stop(), null);
    kernel.schedule(1, write, 'same instant');
    kernel.schedule(2, write, 'later');
    kernel.runUntil(10);
    expect([kernel.now, kernel.pending, log.length]).toEqual([1, 2, 0]);
    kernel.run();
    expect(log).toEqual(['same instant@1', 'later@2']);
  });

  it('knows the next time after a cancelled one, however many wait', () => {
    const kernel = new Kernel();
    const ids = Array.from({ length: 500 }, (_, n) => kernel.schedule(10_000_000 + n * 7, () => undefined, null));
    for (let n = 0; n < 500; n++) {
      expect(kernel.nextTime()).toBe(10_000_000 + n * 7);
      kernel.cancel(ids[n]!);
    }
    expect(kernel.nextTime()).toBe(Infinity);
  });

  it('survives a handler that throws', () => {
    const { kernel, log, write } = logging();
    kernel.schedule(1, () => {
      throw new Error('handler');
    }, null);
    kernel.schedule(2, write, 'after');
    expect(() => kernel.run()).toThrow('handler');
    kernel.run();
    expect(log).toEqual(['after@2']);
    expect(kernel.executed).toBe(2);
  });

  it('refuses a run inside a run', () => {
    const kernel = new Kernel();
    const codes: string[] = [];
    kernel.schedule(1, () => codes.push(codeOf(() => kernel.run()), codeOf(() => kernel.step()), codeOf(() => kernel.runUntil(5))), null);
    kernel.schedule(2, () => undefined, null);
    kernel.run();
    expect(codes).toEqual(['QL_SIM_NESTED_RUN', 'QL_SIM_NESTED_RUN', 'QL_SIM_NESTED_RUN']);
  });
});

describe('limits', () => {
  it('stops before one event too many', () => {
    const { kernel, log, write } = logging({ maxEvents: 2 });
    for (const time of [1, 2, 3]) kernel.schedule(time, write, 'event');
    expect(codeOf(() => kernel.run())).toBe('QL_SIM_EVENT_LIMIT');
    expect(log).toEqual(['event@1', 'event@2']);
    expect(codeOf(() => kernel.step())).toBe('QL_SIM_EVENT_LIMIT');
  });

  it('stops before one event too many at one time, and counts anew when time goes on', () => {
    const kernel = new Kernel({ maxEventsAtOnce: 3 });
    let left = 0;
    const again = (): void => {
      if (left-- > 0) kernel.schedule(kernel.now, again, null);
    };
    const inCircles = (atMicros: number, times: number): void => {
      left = times - 1;
      kernel.schedule(atMicros, again, null);
      kernel.run();
    };
    inCircles(1, 3);
    inCircles(2, 3);
    expect(codeOf(() => inCircles(3, 4))).toBe('QL_SIM_STANDSTILL');
    expect([kernel.now, kernel.executed]).toEqual([3, 9]);
  });

  it('lets exactly as many events happen', () => {
    const { kernel, write } = logging({ maxEvents: 2 });
    for (const time of [1, 2]) kernel.schedule(time, write, 'event');
    expect(codeOf(() => kernel.run())).toBe('no error');
    expect(codeOf(() => kernel.runUntil(10))).toBe('no error');
  });

  it('stops before an event beyond the time limit, and allows cancelling there', () => {
    const { kernel, log, write } = logging({ maxTimeMicros: 100 });
    kernel.schedule(100, write, 'at the limit');
    const beyond = kernel.schedule(101, write, 'beyond');
    expect(codeOf(() => kernel.run())).toBe('QL_SIM_TIME_LIMIT');
    expect(log).toEqual(['at the limit@100']);
    expect(kernel.now).toBe(100);
    expect(codeOf(() => kernel.step())).toBe('QL_SIM_TIME_LIMIT');
    kernel.cancel(beyond);
    expect(codeOf(() => kernel.run())).toBe('no error');
  });

  it('runs until the limit and no further', () => {
    const kernel = new Kernel({ maxTimeMicros: 100 });
    kernel.schedule(101, () => undefined, null);
    expect(codeOf(() => kernel.runUntil(100))).toBe('no error');
    expect(codeOf(() => kernel.runUntil(101))).toBe('QL_SIM_TIME_LIMIT');
    expect(codeOf(() => new Kernel({ maxTimeMicros: 0.5 }))).toBe('QL_SIM_BAD_TIME');
  });
});
