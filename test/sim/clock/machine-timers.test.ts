import { describe, expect, it } from 'vitest';
import { MachineClock, MachineTimers } from '../../../sim/clock/index.js';
import { Kernel } from '../../../sim/index.js';
import { Process } from '../../../sim/process/index.js';

function timersOf(driftPpm = 0): { kernel: Kernel; clock: MachineClock; process: Process; timers: MachineTimers } {
  const kernel = new Kernel();
  const clock = new MachineClock(kernel, { driftPpm });
  const process = new Process(1, null);
  const timers = new MachineTimers(kernel, clock, process);
  clock.whenRateChanges(() => timers.retime());
  return { kernel, clock, process, timers };
}

describe('MachineTimers', () => {
  it('a fast clock fires early and a slow one late, by true time', () => {
    const firings = [100_000, -100_000].map((drift) => {
      const { kernel, timers } = timersOf(drift);
      let firedAt = -1;
      timers.create(() => (firedAt = kernel.now)).arm(1_000_000);
      kernel.run();
      return firedAt;
    });
    expect(firings).toEqual([909_091, 1_111_112]);
  });

  it('a drift that begins or ends moves the deadlines of armed timers', () => {
    const { kernel, clock, timers } = timersOf();
    let firedAt = -1;
    timers.create(() => (firedAt = kernel.now)).arm(1000);
    kernel.runUntil(500);
    const drift = clock.beginDrift(1_000_000);
    kernel.runUntil(600);
    expect(firedAt).toBe(-1);
    clock.endDrift(drift);
    kernel.run();
    expect(firedAt).toBe(900);
  });

  it('what falls due while the process is paused fires at the resume, in the order of the deadlines', () => {
    const { kernel, process, timers } = timersOf();
    const fired: string[] = [];
    timers.create(() => fired.push(`late ${kernel.now}`)).arm(200);
    timers.create(() => fired.push(`soon ${kernel.now}`)).arm(100);
    process.pause();
    kernel.runUntil(5000);
    expect(fired).toEqual([]);
    process.resume();
    expect(fired).toEqual(['soon 5000', 'late 5000']);
  });

  it('a held firing does nothing once the timer was disarmed or armed again', () => {
    const { kernel, process, timers } = timersOf();
    const fired: string[] = [];
    const second = timers.create(() => fired.push(`second ${kernel.now}`));
    const third = timers.create(() => fired.push('third'));
    const first = timers.create(() => {
      expect(second.armed).toBe(true);
      second.arm(50);
      third.disarm();
    });
    first.arm(1);
    second.arm(2);
    third.arm(3);
    process.pause();
    kernel.runUntil(100);
    process.resume();
    kernel.run();
    expect(fired).toEqual(['second 150']);
  });

  it('leaves nothing behind in the kernel when the process ends', () => {
    const { kernel, process, timers } = timersOf();
    for (let delay = 0; delay < 20; delay++) timers.create(() => expect.unreachable()).arm(delay);
    process.end();
    timers.end();
    expect(kernel.pending).toBe(0);
    const late = timers.create(() => expect.unreachable());
    late.arm(1);
    expect(late.armed).toBe(false);
    expect(kernel.pending).toBe(0);
  });

  it('refuses a delay that lies in the past', () => {
    const { timers } = timersOf();
    expect(() => timers.create(() => undefined).arm(-1)).toThrow(expect.objectContaining({ code: 'QL_SIM_SETTING' }));
  });
});
