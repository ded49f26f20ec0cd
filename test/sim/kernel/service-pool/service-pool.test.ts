import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel, ServicePool } from '../../../../sim/kernel/index.js';

function poolWithLog(servers: number): { kernel: Kernel; pool: ServicePool; log: string[]; submit: (name: string, micros: number) => void } {
  const kernel = new Kernel();
  const pool = new ServicePool(kernel, servers);
  const log: string[] = [];
  const done = (name: string): void => void log.push(`${name}@${kernel.now}`);
  return { kernel, pool, log, submit: (name, micros) => pool.submit(micros, done, name) };
}

describe('a pool', () => {
  it('serves jobs one after the other with one server', () => {
    const { kernel, pool, log, submit } = poolWithLog(1);
    submit('a', 10);
    submit('b', 5);
    submit('c', 0);
    expect([pool.busy, pool.queued]).toEqual([1, 2]);
    kernel.run();
    expect(log).toEqual(['a@10', 'b@15', 'c@15']);
    expect([pool.busy, pool.queued, pool.completed, pool.busyMicros, pool.jobMicros]).toEqual([0, 0, 3, 15, 40]);
  });

  it('serves as many at once as it has servers, first come first served', () => {
    const { kernel, pool, log, submit } = poolWithLog(2);
    submit('long', 100);
    submit('short', 10);
    submit('third', 20);
    submit('fourth', 1);
    kernel.run();
    expect(log).toEqual(['short@10', 'third@30', 'fourth@31', 'long@100']);
    expect(pool.busyMicros).toBe(131);
  });

  it('never calls a handler inside submit, and has started the next job when it calls', () => {
    const kernel = new Kernel();
    const pool = new ServicePool(kernel, 1);
    const seen: unknown[] = [];
    pool.submit(0, () => seen.push(pool.busy, pool.queued), null);
    pool.submit(7, () => undefined, null);
    expect(seen).toEqual([]);
    kernel.run();
    expect(seen).toEqual([1, 0]);
  });

  it('takes new jobs from a handler, behind those that wait', () => {
    const { kernel, pool, log, submit } = poolWithLog(1);
    pool.submit(1, () => submit('last', 1), null);
    submit('first', 1);
    kernel.run();
    expect(log).toEqual(['first@2', 'last@3']);
  });

  it('refuses impossible service times and a queue that is too long', () => {
    const pool = new ServicePool(new Kernel(), 1, { maxQueued: 1 });
    for (const micros of [-1, 0.5, NaN]) expect(() => pool.submit(micros, () => undefined, null)).toThrow('serviceMicros');
    pool.submit(1, () => undefined, null);
    pool.submit(1, () => undefined, null);
    expect(() => pool.submit(1, () => undefined, null)).toThrow(expect.objectContaining({ code: 'QL_SIM_SERVICE_QUEUE_LIMIT' }));
    expect(() => new ServicePool(new Kernel(), 0)).toThrow('servers');
  });
});

describe('pause and resume', () => {
  it('lets the jobs in service take what they had left', () => {
    const { kernel, pool, log, submit } = poolWithLog(2);
    submit('a', 10);
    submit('b', 25);
    submit('waits', 10);
    kernel.runUntil(4);
    pool.pause();
    kernel.runUntil(1_000);
    submit('late', 1);
    expect([pool.paused, pool.busy, pool.queued, kernel.pending, log.length]).toEqual([true, 2, 2, 0, 0]);
    pool.resume();
    kernel.run();
    expect(log).toEqual(['a@1006', 'waits@1016', 'late@1017', 'b@1021']);
    expect(pool.busyMicros).toBe(46);
  });

  it('starts what was submitted to free servers meanwhile, in order', () => {
    const { kernel, pool, log, submit } = poolWithLog(2);
    pool.pause();
    for (const name of ['a', 'b', 'c']) submit(name, 5);
    expect([pool.busy, pool.queued]).toEqual([0, 3]);
    kernel.runUntil(100);
    pool.resume();
    kernel.run();
    expect(log).toEqual(['a@105', 'b@105', 'c@110']);
    expect(pool.busyMicros).toBe(15);
  });

  it('keeps the order of jobs that end together', () => {
    const { kernel, pool, log, submit } = poolWithLog(3);
    for (const name of ['a', 'b', 'c']) submit(name, name === 'a' ? 3 : 10);
    kernel.runUntil(3);
    submit('d', 7);
    pool.pause();
    pool.resume();
    kernel.run();
    expect(log).toEqual(['a@3', 'b@10', 'c@10', 'd@10']);
  });

  it('does nothing twice', () => {
    const { kernel, pool, log, submit } = poolWithLog(1);
    submit('a', 10);
    pool.pause();
    pool.pause();
    kernel.runUntil(5);
    pool.resume();
    pool.resume();
    kernel.run();
    expect(log).toEqual(['a@15']);
  });
});

describe('slow-down', () => {
  it('multiplies service times, also what is left of a job in service', () => {
    const { kernel, pool, log, submit } = poolWithLog(1);
    submit('a', 10);
    submit('b', 10);
    kernel.runUntil(5);
    pool.setSlowdown(4);
    kernel.runUntil(30);
    pool.setSlowdown(1);
    kernel.run();
    // a: 5 + 5 * 4 = 25; b: 5 of 40 done at 30, the 35 left take 8.75, to the nearest 9.
    expect(log).toEqual(['a@25', 'b@39']);
  });

  it('counts while paused, too', () => {
    const { kernel, pool, log, submit } = poolWithLog(1);
    submit('a', 10);
    kernel.runUntil(2);
    pool.pause();
    pool.setSlowdown(2);
    pool.resume();
    kernel.run();
    expect(log).toEqual(['a@18']);
    expect(() => pool.setSlowdown(0)).toThrow('slow-down');
  });
});

describe('dropAll', () => {
  it('forgets every job and its event, and serves new ones', () => {
    const { kernel, pool, log, submit } = poolWithLog(2);
    for (const name of ['a', 'b', 'c', 'd', 'e']) submit(name, 10);
    kernel.runUntil(3);
    expect(pool.dropAll()).toBe(5);
    expect([pool.busy, pool.queued, kernel.pending]).toEqual([0, 0, 0]);
    submit('new', 4);
    kernel.run();
    expect(log).toEqual(['new@7']);
    expect([pool.completed, pool.busyMicros, pool.jobMicros]).toEqual([1, 10, 19]);
  });

  it('may be called by a handler, and while paused', () => {
    const { kernel, pool, log, submit } = poolWithLog(1);
    pool.submit(1, () => expect(pool.dropAll()).toBe(2), null);
    submit('a', 1);
    submit('b', 1);
    kernel.run();
    submit('c', 1);
    pool.pause();
    expect(pool.dropAll()).toBe(1);
    submit('d', 1);
    pool.resume();
    kernel.run();
    expect(log).toEqual(['d@2']);
  });
});

describe('any sequence of jobs, pauses and slow-downs', () => {
  const action = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('submit' as const), micros: fc.nat({ max: 50 }) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), micros: fc.nat({ max: 60 }) }) },
    { weight: 1, arbitrary: fc.constantFrom({ do: 'pause' as const }, { do: 'resume' as const }) },
  );

  it('completes every job once, in the order of arrival with one server, and accounts for all of its time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(action, { maxLength: 60, size: 'max' }), (servers, actions) => {
        const kernel = new Kernel();
        const pool = new ServicePool(kernel, servers);
        const submitted: number[] = [];
        const completed: number[] = [];
        let sojourns = 0;
        let work = 0;
        const done = (job: number): void => {
          completed.push(job);
          sojourns += kernel.now - submitted[job]!;
        };
        for (const step of actions) {
          if (step.do === 'submit') {
            pool.submit(step.micros, done, submitted.push(kernel.now) - 1);
            work += step.micros;
          } else if (step.do === 'wait') {
            kernel.runUntil(kernel.now + step.micros);
          } else {
            pool[step.do]();
          }
        }
        pool.resume();
        kernel.run();
        const all = submitted.map((_, job) => job);
        expect(servers === 1 ? completed : [...completed].sort((a, b) => a - b)).toEqual(all);
        expect([pool.busyMicros, pool.jobMicros]).toEqual([work, sojourns]);
      }),
      { numRuns: 200 },
    );
  });
});
