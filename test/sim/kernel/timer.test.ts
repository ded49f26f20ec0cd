import { describe, expect, it } from 'vitest';
import { Kernel, Timer } from '../../../sim/kernel/index.js';

function timerWithLog(): { kernel: Kernel; timer: Timer; fired: number[] } {
  const kernel = new Kernel();
  const fired: number[] = [];
  return { kernel, fired, timer: new Timer(kernel, () => fired.push(kernel.now)) };
}

describe('timer', () => {
  it('fires once at its deadline', () => {
    const { kernel, timer, fired } = timerWithLog();
    timer.armAt(10);
    expect([timer.armed, timer.deadline]).toEqual([true, 10]);
    kernel.run();
    expect(fired).toEqual([10]);
    expect([timer.armed, timer.deadline]).toEqual([false, Infinity]);
  });

  it('has one deadline: arming again replaces it', () => {
    const { kernel, timer, fired } = timerWithLog();
    timer.armAt(10);
    kernel.runUntil(5);
    timer.armAfter(20);
    expect(kernel.pending).toBe(1);
    kernel.run();
    expect(fired).toEqual([25]);
  });

  it('does not fire after it was disarmed', () => {
    const { kernel, timer, fired } = timerWithLog();
    timer.armAt(10);
    timer.disarm();
    timer.disarm();
    expect([timer.armed, kernel.pending]).toEqual([false, 0]);
    kernel.run();
    expect(fired).toEqual([]);
  });

  it('can be armed again by its own callback', () => {
    const kernel = new Kernel();
    const fired: number[] = [];
    const timer = new Timer(kernel, () => {
      fired.push(kernel.now);
      if (fired.length < 3) timer.armAfter(7);
    });
    timer.armAt(0);
    kernel.run();
    expect(fired).toEqual([0, 7, 14]);
  });

  it('keeps its deadline when a new one is refused', () => {
    const { kernel, timer, fired } = timerWithLog();
    kernel.runUntil(10);
    timer.armAt(20);
    expect(() => timer.armAt(5)).toThrow('before now');
    kernel.run();
    expect(fired).toEqual([20]);
  });
});
