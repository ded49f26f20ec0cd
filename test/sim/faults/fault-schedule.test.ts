import { describe, expect, it } from 'vitest';
import { EventKind } from '../../../history/index.js';
import { FAULTS, type FaultParameter, type FaultSpec, type FaultValue, MAX_EXPLICIT_FAULTS } from '../../../sim/index.js';
import { TestWorld } from '../a-world.js';

const SECOND = 1_000_000;

function exampleOf({ unit, default: fallback, choices }: FaultParameter): FaultValue {
  if (fallback !== undefined) return fallback;
  if (unit === 'machines') return ['b'];
  return unit === 'choice' ? choices![0]! : 1000;
}

/** One entry of each kind, with every parameter given. */
const oneOfEach: FaultSpec[] = [...FAULTS.values()].map((definition, index) => ({
  at: (index + 1) * SECOND,
  fault: definition.kind,
  target: 'a',
  ...(definition.duration === 'lasting' ? { for: SECOND / 2 } : {}),
  ...Object.fromEntries(Object.entries(definition.parameters).map(([name, parameter]) => [name, exampleOf(parameter)])),
}));

describe('the catalogue', () => {
  it('lists every kind under its own name', () => {
    expect([...FAULTS].every(([name, { kind }]) => name === kind)).toBe(true);
    expect(FAULTS.size).toBe(22);
  });
});

describe('a schedule', () => {
  it('reports the beginning and the end of every kind, at its time, with its place and kind', () => {
    const test = new TestWorld(['a', 'b']);
    test.world.faults.schedule(oneOfEach);
    test.started().pass(100 * SECOND);
    const reported = test.events.filter(({ kind }) => kind === EventKind.faultBegin || kind === EventKind.faultEnd);
    expect(reported).toEqual(
      oneOfEach.flatMap((spec, index) => {
        const definition = FAULTS.get(spec.fault)!;
        const peer = definition.targets === 'link' ? 'b' : '';
        const row = { actor: 'a', peer, a: index, b: test.world.sink.name(spec.fault) };
        return [
          { time: spec.at, kind: EventKind.faultBegin, ...row },
          { time: spec.at + (spec.for ?? 0), kind: EventKind.faultEnd, ...row },
        ];
      }),
    );
  });

  it('leaves the world as it was when everything has ended', () => {
    const test = new TestWorld(['a', 'b']);
    test.world.faults.schedule(oneOfEach);
    test.started().pass(100 * SECOND);
    const { clock, disk, state } = test.machine('a');
    expect(state).toBe('running');
    expect(clock.driftPpm).toBe(0);
    expect(test.machine('a').serviceMicros(1000)).toBe(1000);
    expect([disk.faults.slowness.product, disk.faults.isFull]).toEqual([1, false]);
    for (const link of [test.world.network.link('a', 'b'), test.world.network.link('b', 'a')]) {
      expect(link.isBlocked).toBe(false);
      expect(link.arrivalMicros(test.now, 100)).toBe(test.now + 1000);
    }
    expect(test.world.faults.activeCount).toBe(0);
    expect(test.world.kernel.pending).toBe(0);
  });

  it('is written out as it was carried out, and does the same again', () => {
    const specs: FaultSpec[] = [
      { at: 5 * SECOND, fault: 'pause', target: ['a', 'b'], for: SECOND },
      { at: SECOND, fault: 'network-partition', target: 'a', for: SECOND, every: 3 * SECOND, times: 3 },
      { at: 2 * SECOND, fault: 'slow-down', target: 'b', every: 4 * SECOND, until: 10 * SECOND, for: SECOND },
      { at: 60 * SECOND, fault: 'crash', target: 'a' },
    ];
    const run = (schedule: readonly FaultSpec[]): TestWorld => {
      const test = new TestWorld(['a', 'b', 'c']);
      test.world.faults.schedule(schedule);
      test.started().pass(30 * SECOND);
      test.world.healAll();
      test.pass(60 * SECOND);
      return test;
    };
    const first = run(specs);
    const written = first.world.faults.carriedOut();
    expect(written).toEqual([
      { at: SECOND, fault: 'network-partition', target: 'a', for: SECOND, peers: ['b', 'c'] },
      { at: 2 * SECOND, fault: 'slow-down', target: 'b', for: SECOND, factor: 10 },
      { at: 4 * SECOND, fault: 'network-partition', target: 'a', for: SECOND, peers: ['b', 'c'] },
      { at: 5 * SECOND, fault: 'pause', target: 'a', for: SECOND },
      { at: 5 * SECOND, fault: 'pause', target: 'b', for: SECOND },
      { at: 6 * SECOND, fault: 'slow-down', target: 'b', for: SECOND, factor: 10 },
      { at: 7 * SECOND, fault: 'network-partition', target: 'a', for: SECOND, peers: ['b', 'c'] },
    ]);
    expect(JSON.parse(JSON.stringify(written))).toEqual(written);
    const second = run(written);
    expect(second.fingerprint).toBe(first.fingerprint);
    expect(second.world.faults.carriedOut()).toEqual(written);
  });

  it('repeats up to the end that it is given', () => {
    const test = new TestWorld(['a']);
    test.world.faults.schedule([{ at: 10, fault: 'bit-rot', target: 'a', every: 10 }], 50);
    expect(test.world.faults.plannedCount).toBe(4);
  });

  it('gives each of two equal faults a stream of its own', () => {
    const rot = { at: 1000, fault: 'bit-rot', target: 'a' };
    const test = new TestWorld(['a']).started();
    const file = test.file('a', 'log');
    test.result((done) => file.write(0, new Uint8Array(1000), done));
    test.result((done) => file.sync(done));
    test.world.faults.schedule([rot, rot]);
    test.pass(1000);
    const states = ['', '/2'].map((suffix) => test.world.streams.stream(`fault/bit-rot/a/1000${suffix}`).state());
    const fresh = ['', '/2'].map((suffix) => new TestWorld([]).world.streams.stream(`fault/bit-rot/a/1000${suffix}`).state());
    expect(states[0]).not.toEqual(fresh[0]);
    expect(states[1]).not.toEqual(fresh[1]);
  });

  it('refuses what cannot be carried out, and says which and why', () => {
    const test = new TestWorld(['a']);
    const schedule = [
      { at: 1, fault: 'crash', target: 'a' },
      { at: -1, fault: 'crash', target: 'b' },
    ];
    expect(() => test.world.faults.schedule(schedule)).toThrow(
      expect.objectContaining({
        code: 'QL_FAULT_INVALID',
        message: "Fault 2 of the schedule: at is -1, but must be at least 0; target 'b' is no machine.",
      }),
    );
    expect(test.world.faults.plannedCount).toBe(0);
  });

  it('refuses more faults than a run takes', () => {
    const test = new TestWorld(['a']);
    const endless = [{ at: 1, fault: 'bit-rot', target: 'a', every: 1 }];
    expect(() => test.world.faults.schedule(endless)).toThrow(expect.objectContaining({ code: 'QL_FAULT_TOO_MANY' }));
    expect(() => test.world.faults.schedule([{ ...endless[0]!, times: MAX_EXPLICIT_FAULTS }])).not.toThrow();
  });
});

describe('healing', () => {
  it('ends what is active, strikes out what is to come, and brings machines back', () => {
    const test = new TestWorld(['a', 'b']);
    test.world.faults.schedule([
      { at: 1, fault: 'power-loss', target: 'a' },
      { at: 2, fault: 'network-partition', target: 'a', for: 100 * SECOND },
      { at: 50, fault: 'crash', target: 'b' },
    ]);
    test.started().pass(10);
    expect(test.world.faults.activeCount).toBe(2);
    test.machine('b').kill();
    test.world.healAll();
    expect([test.machine('a').state, test.machine('b').state]).toEqual(['running', 'running']);
    expect(test.world.network.link('a', 'b').isBlocked).toBe(false);
    expect([test.world.faults.activeCount, test.world.faults.plannedCount]).toEqual([0, 0]);
    expect(test.world.kernel.pending).toBe(0);
    const ends = test.events.filter(({ kind }) => kind === EventKind.faultEnd);
    expect(ends.map(({ time, a }) => [time, a])).toEqual([[10, 0], [10, 1]]);
  });
});
