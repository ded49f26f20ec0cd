import { describe, expect, it } from 'vitest';
import { DueQueue } from '../../../engine/client/due-queue.js';
import { Kernel, Timer } from '../../../sim/index.js';

function aQueue() {
  const kernel = new Kernel();
  let timers = 0;
  const host = {
    clock: { monotonicMicros: () => kernel.now, wallMicros: () => kernel.now },
    timers: {
      create: (callback: () => void) => {
        timers += 1;
        const timer = new Timer(kernel, callback);
        return { arm: (delay: number) => timer.armAfter(delay), disarm: () => timer.disarm(), get armed() { return timer.armed; } };
      },
    },
  };
  return { kernel, queue: new DueQueue(host), timerCount: () => timers };
}

describe('what waits for its time', () => {
  it('runs in order of time and then of arrival, on one timer', () => {
    const { kernel, queue, timerCount } = aQueue();
    const ran: string[] = [];
    const add = (delay: number, name: string) => queue.add(delay, { run: () => ran.push(`${name} at ${kernel.now}`) });
    for (const [delay, name] of [[50, 'c'], [10, 'a'], [50, 'd'], [70, 'e'], [20, 'b']] as const) add(delay, name);
    expect(queue.size).toBe(5);
    kernel.run();
    expect(ran).toEqual(['a at 10', 'b at 20', 'c at 50', 'd at 50', 'e at 70']);
    expect(timerCount()).toBe(1);
  });

  it('an entry may add others, and clear forgets everything', () => {
    const { kernel, queue } = aQueue();
    const ran: number[] = [];
    queue.add(10, { run: () => { ran.push(kernel.now); queue.add(5, { run: () => ran.push(kernel.now) }); } });
    kernel.run();
    expect(ran).toEqual([10, 15]);
    queue.add(5, { run: () => ran.push(-1) });
    queue.clear();
    kernel.run();
    expect(ran).toEqual([10, 15]);
  });
});
