import { describe, expect, it } from 'vitest';
import { type FaultSpec, validateFault } from '../../../sim/index.js';

function problemsOf(spec: Record<string, unknown>): string[] {
  const whole = { at: 0, target: 'a', ...spec } as unknown as FaultSpec;
  return validateFault(whole, ['a', 'b', 'c']).map(({ key, message }) => `${key} ${message}`);
}

describe('validateFault', () => {
  it('finds nothing wrong with what can be carried out', () => {
    expect(problemsOf({ fault: 'crash' })).toEqual([]);
    expect(problemsOf({ fault: 'crash', target: ['a', 'b'], for: 5, every: 10, times: 3, until: 100 })).toEqual([]);
    expect(problemsOf({ fault: 'clock-jump', by: -5 })).toEqual([]);
    expect(problemsOf({ fault: 'network-partition', target: ['a', 'b'], peers: 'c' })).toEqual([]);
  });

  it.each([
    [{ fault: 'meteor' }, "fault 'meteor' is no kind of fault"],
    [{ fault: 'crash', at: 1.5 }, 'at is 1.5, but must be a whole number'],
    [{ fault: 'crash', for: 0 }, 'for is 0, but must be at least 1'],
    [{ fault: 'bit-rot', for: 5 }, 'for does not go with bit-rot, which is over at once'],
    [{ fault: 'crash', times: 3 }, 'times needs `every`'],
    [{ fault: 'crash', every: 0 }, 'every is 0, but must be at least 1'],
    [{ fault: 'crash', target: 'nobody' }, "target 'nobody' is no machine"],
    [{ fault: 'crash', target: [] }, 'target names no machine'],
    [{ fault: 'crash', target: 7 }, 'target must name machines'],
    [{ fault: 'crash', target: ['a', 'a'] }, 'target names a machine twice'],
    [{ fault: 'crash', force: 3 }, 'force is no parameter of crash'],
    [{ fault: 'packet-loss', probability: 1.2 }, 'probability is 1.2, but must be from 0 to 0.99'],
    [{ fault: 'disk-error', probability: 1.2 }, 'probability is 1.2, but must be from 0 to 1'],
    [{ fault: 'disk-error', probability: 'often' }, "probability is 'often', but must be a number"],
    [{ fault: 'disk-error', operation: 'seek' }, "operation is 'seek', but must be one of read, write, sync, all"],
    [{ fault: 'disk-error', count: 2.5 }, 'count is 2.5, but must be a whole number'],
    [{ fault: 'bit-rot', file: 3 }, 'file must be text'],
    [{ fault: 'clock-drift' }, 'drift is missing'],
    [{ fault: 'clock-drift', drift: -900_000 }, 'drift is -900000, but must be from -500000 to 1000000'],
    [{ fault: 'network-partition', peers: 'a' }, "peers 'a' is on both sides"],
    [{ fault: 'network-partition', peers: 'nobody' }, "peers 'nobody' is no machine"],
    [{ fault: 'network-partition', peers: 3 }, 'peers must name machines'],
    [{ fault: 'network-partition', target: ['a', 'b', 'c'] }, 'target leaves no machine for the other side'],
    [{ fault: 'slow-down', factor: 0 }, 'factor is 0, but must be from 0.001 to 1000000'],
  ])('%j: %s', (spec, expected) => {
    expect(problemsOf(spec)).toEqual([expected]);
  });

  it('offers the names that would have been right', () => {
    const spec = { at: 0, fault: 'crash', target: 'd' };
    expect(validateFault(spec, ['a', 'b'])[0]!.expected).toEqual(['a', 'b']);
    expect(validateFault({ ...spec, fault: 'crsh' }, ['a'])[0]!.expected).toContain('crash');
  });
});
