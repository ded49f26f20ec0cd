import { describe, expect, it } from 'vitest';
import { expandSchedule, type FaultSpec, validateFault } from '../../../sim/index.js';

const machineNames = ['broker', 'a', 'b', 'c', 'd'];
const expand = (spec: FaultSpec): FaultSpec[] => expandSchedule([spec], { machineNames, untilMicros: 100 });
const cuts = (spec: FaultSpec): unknown[] => expand(spec).map(({ target, peers }) => [target, peers]);
const problems = (spec: FaultSpec): string[] => validateFault(spec, machineNames).map(({ key, message }) => `${key} ${message}`);

/** Whether the expanded schedule lets one machine reach another. */
function reaches(schedule: readonly FaultSpec[], from: string, to: string): boolean {
  return !schedule.some(({ target, peers }) => {
    const [side, others] = [[target].flat(), [peers as string | readonly string[]].flat()];
    return (side.includes(from) && others.includes(to)) || (side.includes(to) && others.includes(from));
  });
}

describe('a partition with a shape', () => {
  it('is written out as plain network partitions with its times, and is its own expansion then', () => {
    const schedule = expand({ at: 5, fault: 'network-partition-ring', target: ['a', 'b', 'c', 'd'], for: 10, every: 40, times: 2 });
    expect(schedule).toEqual([5, 5, 45, 45].map((at, index) => ({
      at, fault: 'network-partition', target: index % 2 === 0 ? 'a' : 'b', for: 10, peers: index % 2 === 0 ? ['c'] : ['d'],
    })));
    expect(expandSchedule(schedule, { machineNames, untilMicros: 100 })).toEqual(schedule);
  });

  it('bridge: both sides reach the targets and not each other', () => {
    expect(cuts({ at: 0, fault: 'network-partition-bridge', target: 'broker' })).toEqual([[['a', 'b'], ['c', 'd']]]);
    expect(cuts({ at: 0, fault: 'network-partition-bridge', target: 'broker', left: 'a' })).toEqual([['a', ['b', 'c', 'd']]]);
    expect(cuts({ at: 0, fault: 'network-partition-bridge', target: 'broker', right: ['a', 'd'] })).toEqual([[['b', 'c'], ['a', 'd']]]);
    const schedule = expand({ at: 0, fault: 'network-partition-bridge', target: ['broker', 'd'], left: 'a', right: 'b' });
    for (const end of ['a', 'b', 'c']) for (const bridge of ['broker', 'd']) expect(reaches(schedule, end, bridge)).toBe(true);
    expect([reaches(schedule, 'a', 'b'), reaches(schedule, 'a', 'c')]).toEqual([false, true]);
  });

  it('ring: each machine reaches its neighbours and no other of the ring', () => {
    const ring = machineNames;
    const schedule = expand({ at: 0, fault: 'network-partition-ring', target: ring });
    for (const [index, from] of ring.entries()) {
      const reached = ring.filter((to) => to !== from && reaches(schedule, from, to));
      expect(reached.sort()).toEqual([ring[(index + 1) % 5], ring[(index + 4) % 5]].sort());
    }
  });

  it('client side: a share of the clients loses the targets', () => {
    expect(cuts({ at: 0, fault: 'network-partition-client-side', target: 'broker' })).toEqual([[['a', 'b'], ['broker']]]);
    expect(cuts({ at: 0, fault: 'network-partition-client-side', target: 'broker', clients: ['c', 'd'], share: 0 })).toEqual([['c', ['broker']]]);
    expect(cuts({ at: 0, fault: 'network-partition-client-side', target: ['broker', 'a'], share: 1 })).toEqual([[['b', 'c', 'd'], ['broker', 'a']]]);
  });

  it.each<[string, FaultSpec, string]>([
    ['a ring of three', { at: 0, fault: 'network-partition-ring', target: ['a', 'b', 'c'] }, 'target names 3 machines, but a ring takes at least 4'],
    ['a bridge to nobody', { at: 0, fault: 'network-partition-bridge', target: ['broker', 'a', 'b', 'c'] }, 'target leaves no machine for one of the sides'],
    ['a machine on both sides', { at: 0, fault: 'network-partition-bridge', target: 'broker', left: ['a', 'b'], right: ['b', 'c'] }, "left 'b' is in two places of the bridge"],
    ['a bridge on a side', { at: 0, fault: 'network-partition-bridge', target: 'broker', right: ['broker', 'c'] }, "right 'broker' is in two places of the bridge"],
    ['a client that is a target', { at: 0, fault: 'network-partition-client-side', target: 'broker', clients: ['broker'] }, "clients 'broker' is on both sides"],
    ['an unknown machine', { at: 0, fault: 'network-partition-bridge', target: 'broker', left: 'z' }, "left 'z' is no machine"],
    ['a share above all', { at: 0, fault: 'network-partition-client-side', target: 'broker', share: 1.2 }, 'share is 1.2, but must be from 0 to 1'],
  ])('refuses %s', (_what, spec, message) => {
    expect(problems(spec)).toEqual([message]);
  });
});
