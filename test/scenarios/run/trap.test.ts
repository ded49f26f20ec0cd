import * as fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NondeterminismError, withTrap } from '../../../scenarios/run/trap.js';

const fileSystem = { name: 'fs', object: { readFileSync: fs.readFileSync } as Record<string, unknown> };

const offences: Record<string, () => unknown> = {
  'Date.now': () => Date.now(),
  Date: () => new Date(),
  'Math.random': () => Math.random(),
  setTimeout: () => setTimeout(() => undefined, 0),
  setInterval: () => setInterval(() => undefined, 1000),
  setImmediate: () => setImmediate(() => undefined),
  queueMicrotask: () => queueMicrotask(() => undefined),
  process: () => process.pid,
  'performance.now': () => performance.now(),
  'crypto.randomUUID': () => crypto.randomUUID(),
  'fs.readFileSync': () => (fileSystem.object['readFileSync'] as typeof fs.readFileSync)('/nothing'),
};

describe('while a run steps', () => {
  for (const [api, offend] of Object.entries(offences)) {
    it(`${api} throws an error that names it and its caller`, () => {
      let caught: unknown = null;
      try {
        withTrap([fileSystem], offend);
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(NondeterminismError);
      expect((caught as NondeterminismError).api).toBe(api);
      expect((caught as NondeterminismError).caller).toMatch(/trap\.test\.ts:\d+:\d+/);
      expect((caught as NondeterminismError).message).toContain(api);
    });
  }

  it('a date made from a number is allowed', () => {
    expect(withTrap([], () => new Date(0).toISOString())).toBe('1970-01-01T00:00:00.000Z');
  });
});

describe('afterwards', () => {
  it('everything is as it was, also after an error and when nested', () => {
    const before = [Date, Date.now, Math.random, setTimeout, process, performance.now, fileSystem.object['readFileSync']];
    expect(() => withTrap([fileSystem], () => withTrap([fileSystem], () => Math.random()))).toThrow(NondeterminismError);
    withTrap([fileSystem], () => withTrap([], () => 1));
    expect([Date, Date.now, Math.random, setTimeout, process, performance.now, fileSystem.object['readFileSync']]).toEqual(before);
    expect(Date.now()).toBeGreaterThan(0);
  });

  it('tells a target when its functions were replaced and when they are back', () => {
    const seen: boolean[] = [];
    const object: Record<string, unknown> = { open: () => 1 };
    const original = object['open'];
    withTrap([{ name: 'fs', object, onChange: () => seen.push(object['open'] === original) }], () => undefined);
    expect(seen).toEqual([false, true]);
  });
});
