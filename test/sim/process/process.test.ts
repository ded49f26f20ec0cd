import { describe, expect, it } from 'vitest';
import { Process } from '../../../sim/process/index.js';

describe('Process', () => {
  it('lets calls through while it runs, holds them while it is paused, and forgets them once it has ended', () => {
    const process = new Process(3, null);
    const calls: string[] = [];
    const call = (name: string): void => void calls.push(name);
    process.enter(call, 'running');
    process.pause();
    process.enter(call, 'held first');
    process.enter(call, 'held second');
    expect(calls).toEqual(['running']);
    process.resume();
    expect(calls).toEqual(['running', 'held first', 'held second']);
    process.pause();
    process.enter(call, 'held in vain');
    process.end();
    process.resume();
    process.enter(call, 'too late');
    expect(calls).toHaveLength(3);
    expect(process.hasEnded).toBe(true);
    expect(process.incarnation).toBe(3);
  });

  it('a held call that ends the process keeps those behind it from running', () => {
    const process = new Process(1, null);
    const calls: number[] = [];
    process.pause();
    process.enter(() => process.end(), 0);
    process.enter((value: number) => calls.push(value), 1);
    process.resume();
    expect(calls).toEqual([]);
  });

  it('a held call that pauses it again holds those behind it once more, in order', () => {
    const process = new Process(1, null);
    const calls: number[] = [];
    const call = (value: number): void => void calls.push(value);
    process.pause();
    process.enter(() => process.pause(), 0);
    process.enter(call, 1);
    process.enter(call, 2);
    process.resume();
    process.enter(call, 3);
    expect(calls).toEqual([]);
    process.resume();
    expect(calls).toEqual([1, 2, 3]);
  });
});
