import { describe, expect, it } from 'vitest';
import { faultLines, faultSpans, instantKinds, parameterUnits } from '../../../reports/words/faults.js';
import { FAULTS } from '../../../sim/index.js';
import { brokenRun, emptyRun, heldRun } from '../fixtures.js';

describe('faultSpans', () => {
  it('spans from the beginning to the end of each fault, in the order of time', () => {
    expect(faultSpans(heldRun()).map(({ label, fromMicros, toMicros }) => [label, fromMicros, toMicros])).toEqual([
      ['crash consumer-1', 5_000_000, 15_000_000],
      ['slow link broker', 18_000_000, 22_000_000],
      ['connection reset broker', 24_000_000, 24_000_000],
    ]);
  });

  it('has crashes between two steps among them, with the step', () => {
    const crashPoints = [{ at: 2_000_000, fault: 'crash', target: 'shop', for: 1_000_000, after: 'row-committed' }];
    expect(faultLines(heldRun({ schedule: [], crashPoints }))).toEqual(['crash shop at 2s, for 1s (after row-committed)']);
  });

  it('ends a fault without an end when everything is healed, and none after the run', () => {
    const schedule = [{ at: 28_000_000, fault: 'crash', target: 'a', for: 99_000_000 }, { at: 1_000_000, fault: 'disk-slow', target: 'a' }, { at: 90_000_000, fault: 'crash', target: 'never' }];
    expect(faultSpans(heldRun({ schedule })).map(({ fromMicros, toMicros }) => [fromMicros, toMicros])).toEqual([[1_000_000, 30_000_000], [28_000_000, 32_000_000]]);
  });
});

describe('the words for faults', () => {
  const kinds = [...FAULTS.values()];

  it('know which kinds are over at once', () => {
    expect(kinds.filter(({ duration }) => duration === 'instant').map(({ kind }) => kind).sort()).toEqual([...instantKinds].sort());
  });

  it('know which parameters are more than plain numbers', () => {
    const parameters = kinds.flatMap((kind) => Object.entries(kind.parameters));
    const withUnit = parameters.filter(([, { unit }]) => unit === 'duration' || unit === 'probability' || unit === 'ppm');
    expect(new Map(withUnit.map(([name, { unit }]) => [name, unit]))).toEqual(parameterUnits);
    expect(parameters.filter(([name, { unit }]) => parameterUnits.has(name) && parameterUnits.get(name) !== unit)).toEqual([]);
  });

  it('tell parameters in their units', () => {
    const schedule = [
      { at: 0, fault: 'clock-jump', target: 'broker', for: 1_000_000, by: -3_600_000_000 },
      { at: 1, fault: 'packet-loss', target: 'broker', for: 1_000_000, probability: 0.125 },
      { at: 2, fault: 'clock-drift', target: 'broker', for: 1_000_000, drift: 20_000 },
    ];
    expect(faultLines(heldRun({ schedule }))).toEqual(['clock jump broker at 0s, for 1s (by -1h)', 'packet loss broker at 0s, for 1s (probability 12.5 %)', 'clock drift broker at 0s, for 1s (drift 2 %)']);
  });
});

describe('faultLines', () => {
  it('says what, where, when, how long and how', () => {
    expect(faultLines(heldRun())).toEqual([
      'crash consumer-1 at 5s, for 10s', 'slow link broker at 18s, for 4s (delay 20ms, peers consumer-1)', 'connection reset broker at 24s (peers producer-1)',
    ]);
  });

  it('puts what repeats itself in one line', () => {
    expect(faultLines(brokenRun())).toContain('pause consumer-1 12 times from 16s to 27s, for 300ms');
  });

  it('has nothing to say of a run without faults', () => {
    expect(faultLines(emptyRun())).toEqual([]);
  });
});
