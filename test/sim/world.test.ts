import { describe, expect, it } from 'vitest';
import { Recorder } from '../../history/index.js';
import { type FaultSpec, World } from '../../sim/index.js';
import { connect, listen } from '../conformance/network-rules.js';
import { constant, nodeOf, quickDisk, quickNetwork, TestWorld } from './a-world.js';

const SECOND = 1_000_000;

/** Machines that write, sync and talk to b all the time, each by its own timer, whatever happens elsewhere. */
function busyWorld(names: readonly string[], faults: readonly FaultSpec[], seed = '7'): TestWorld {
  const test = new TestWorld(names, {
    seed,
    network: { latency: { kind: 'exponential', mean: 500 }, loss: 0.1 },
    machine: () => ({
      disk: { ...quickDisk, writeLatency: { kind: 'exponential', mean: 50 }, syncLatency: { kind: 'lognormal', p50: 200, p99: 2000 } },
    }),
    boot: (host, machine) => {
      if (machine.name === 'b') {
        host.network.listen(() => ({ onOpen: () => undefined, onMessage: () => undefined, onClose: () => undefined }));
        return;
      }
      const connection = host.network.connect('b', { onOpen: () => undefined, onMessage: () => undefined, onClose: () => undefined });
      host.disk.open('log', { create: true }, (_, file) => {
        const timer = host.timers.create(() => {
          file!.write(file!.sizeBytes, Uint8Array.of(Math.floor(host.random.nextFloat() * 256)), () => undefined);
          file!.sync(() => undefined);
          connection.send({ operation: 'ping' }, 64);
          timer.arm(10_000);
        });
        timer.arm(10_000);
      });
    },
  });
  test.world.faults.schedule(faults);
  return test.started();
}

/** How far each stream of a machine and of its links has come, and what it will give next. */
function streamsOf(test: TestWorld, name: string): unknown[] {
  const names = [`machine/${name}`, `disk/${name}/write`, `disk/${name}/sync`, `disk/${name}/read`, `link/${name}-b`, `link/b-${name}`, `link/${name}-b/loss`];
  return names.map((stream) => test.world.streams.stream(stream).state());
}

const faults: FaultSpec[] = [
  { at: SECOND, fault: 'disk-error', target: 'c', for: SECOND, probability: 0.5 },
  { at: 2 * SECOND, fault: 'packet-loss', target: 'c', peers: 'b', for: SECOND, probability: 0.5 },
  { at: 3 * SECOND, fault: 'power-loss', target: 'c', for: SECOND },
  { at: 5 * SECOND, fault: 'bit-rot', target: 'c', bits: 5 },
  { at: 6 * SECOND, fault: 'misdirected-write', target: 'd', for: SECOND, count: 0, probability: 0.3 },
];

function codeOf(code: string): Error {
  return expect.objectContaining({ code }) as Error;
}

describe('a world', () => {
  it('is the same for the same seed, and another for another', () => {
    const fingerprint = (seed: string): string => {
      const test = busyWorld(['a', 'b', 'c', 'd'], faults, seed);
      test.pass(10 * SECOND);
      return `${test.fingerprint} ${test.world.kernel.executed} ${JSON.stringify(streamsOf(test, 'c'))}`;
    };
    const first = fingerprint('7');
    expect(fingerprint('7')).toBe(first);
    expect(fingerprint('8')).not.toBe(first);
  });

  it('leaves the draws of a machine as they are when another machine is left out', () => {
    const [all, without] = [['a', 'b', 'c', 'd'], ['a', 'b']].map((names) => {
      const test = busyWorld(names, []);
      test.pass(10 * SECOND);
      return streamsOf(test, 'a');
    });
    expect(without).toEqual(all);
  });

  it('leaves the draws of everybody else as they are when a fault is left out, whichever it is', () => {
    const drawsOf = (schedule: readonly FaultSpec[]): Map<string, unknown> => {
      const test = busyWorld(['a', 'b', 'c', 'd'], schedule);
      test.pass(10 * SECOND);
      const streams = ['a', 'c', 'd'].map((name): [string, unknown] => [name, streamsOf(test, name)]);
      for (const { fault, target, at } of schedule) {
        const name = `fault/${fault}/${target as string}/${at}`;
        streams.push([name, test.world.streams.stream(name).state()]);
      }
      return new Map(streams);
    };
    const all = drawsOf(faults);
    for (const left of faults) {
      const others = drawsOf(faults.filter((fault) => fault !== left));
      for (const [name, state] of others) {
        const isStruck = name === left.target || name.includes(`/${left.target as string}/`);
        if (!isStruck) expect([name, state]).toEqual([name, all.get(name)]);
      }
    }
  });

  it('draws nothing for a fault that never begins', () => {
    const test = busyWorld(['a', 'b'], [{ at: 100 * SECOND, fault: 'power-loss', target: 'a' }]);
    test.pass(SECOND);
    const state = test.world.streams.stream(`fault/power-loss/a/${100 * SECOND}`).state();
    expect(state).toEqual(new TestWorld(['a']).world.streams.stream(`fault/power-loss/a/${100 * SECOND}`).state());
  });

  it('refuses two machines of a name, machines that come too late, and names that nobody has', () => {
    const world = new World({ seed: '1', network: quickNetwork, createSink: (time) => new Recorder({ time, keep: 'off' }) });
    const settings = { name: 'a', cores: 1, costs: null, disk: quickDisk, boot: () => undefined };
    world.addMachine(settings);
    expect(() => world.addMachine(settings)).toThrow(codeOf('QL_SIM_DUPLICATE_MACHINE'));
    expect(() => world.machine('b')).toThrow(codeOf('QL_SIM_UNKNOWN_MACHINE'));
    world.start();
    expect(() => world.addMachine({ ...settings, name: 'b' })).toThrow(codeOf('QL_SIM_STARTED'));
    expect(() => world.start()).toThrow(codeOf('QL_SIM_STARTED'));
  });

  it('keeps the limits of its kernel', () => {
    const limits = { maxTimeMicros: 5 * SECOND };
    const world = new World({ seed: '1', network: quickNetwork, limits, createSink: (time) => new Recorder({ time, keep: 'off' }) });
    world.addMachine({
      name: 'a', cores: 1, costs: null, disk: quickDisk,
      boot: (host) => {
        const timer = host.timers.create(() => timer.arm(SECOND));
        timer.arm(SECOND);
      },
    });
    world.start();
    expect(() => world.runUntil(10 * SECOND)).toThrow(codeOf('QL_SIM_TIME_LIMIT'));
  });

  it.each([
    ['loss', { network: { loss: 1 } }],
    ['bandwidthBytesPerSecond', { network: { bandwidthBytesPerSecond: 0 } }],
    ['retransmitMinMicros', { network: { retransmitMinMicros: 0 } }],
    ['retransmitMaxMicros', { network: { retransmitMaxMicros: 5 } }],
    ['giveUpMicros', { network: { giveUpMicros: Number.NaN } }],
    ['capacityBytes', { machine: () => ({ disk: { ...quickDisk, capacityBytes: -1 } }) }],
    ['writebackMicros', { machine: () => ({ disk: { ...quickDisk, writebackMicros: 0 } }) }],
    ['driftPpm', { machine: () => ({ clock: { driftPpm: 5_000_000 } }) }],
  ])('refuses a setting that nothing could work with: %s', (setting, options) => {
    expect(() => new TestWorld(['a'], options)).toThrow(expect.objectContaining({ code: 'QL_SIM_SETTING', setting }));
  });

  it('lets a connection between machines live through the faults of a third', () => {
    const test = new TestWorld(['a', 'b', 'c'], { network: { latency: constant(100) } });
    test.world.faults.schedule([{ at: 10, fault: 'network-partition', target: 'c' }, { at: 20, fault: 'power-loss', target: 'c' }]);
    test.started();
    const accepted = listen(nodeOf(test, 'b'));
    const party = connect(nodeOf(test, 'a'), 'b');
    party.send(1);
    test.pass(SECOND);
    expect(accepted[0]!.numbers).toEqual(['number 1']);
  });
});
