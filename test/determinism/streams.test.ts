import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Experiment, type Scenario } from '../../scenarios/index.js';
import { RandomStream, RandomStreams } from '../../sim/index.js';
import { loadLibrary } from './library.js';

/** What every source of randomness drew in a run, by the name of its stream, and how often each stream was asked for. */
interface Drawn {
  readonly values: ReadonlyMap<string, readonly (number | boolean)[]>;
  readonly asked: ReadonlyMap<string, number>;
}

/** Runs a scenario and looks over the shoulder of every stream. */
function drawnBy(scenario: Scenario): Drawn {
  const values = new Map<string, (number | boolean)[]>();
  const asked = new Map<string, number>();
  const nameOf = new Map<RandomStream, string>();
  const { stream } = RandomStreams.prototype;
  vi.spyOn(RandomStreams.prototype, 'stream').mockImplementation(function (this: RandomStreams, name: string) {
    asked.set(name, (asked.get(name) ?? 0) + 1);
    const found = stream.call(this, name);
    // Two names that share a stream would draw from each other, unseen by what follows.
    expect(nameOf.get(found) ?? name, `the stream of ${name}`).toBe(name);
    nameOf.set(found, name);
    if (!values.has(name)) values.set(name, []);
    return found;
  });
  for (const method of ['nextUint32', 'nextFloat', 'nextInt', 'chance'] as const) {
    const draw = RandomStream.prototype[method] as (this: RandomStream, ...args: unknown[]) => number | boolean;
    vi.spyOn(RandomStream.prototype, method).mockImplementation(function (this: RandomStream, ...args: unknown[]) {
      const value = draw.apply(this, args);
      values.get(nameOf.get(this) ?? '')?.push(value);
      return value as never;
    });
  }
  const experiment = new Experiment(scenario, {});
  while (experiment.advance()) continue;
  vi.restoreAllMocks();
  return { values, asked };
}

afterEach(() => {
  vi.restoreAllMocks();
});

let base: Scenario;
let drawn: Drawn;

beforeAll(() => {
  const scenario = loadLibrary().get('consumer-crash')!;
  const [producer] = scenario.producers;
  const [consumer] = scenario.consumers;
  const random = (mean: number) => ({ kind: 'exponential', mean }) as const;
  base = {
    ...scenario,
    durationMicros: 10_000_000,
    network: { ...scenario.network, latency: random(500), loss: 0.01 },
    broker: { ...scenario.broker, disk: { ...scenario.broker.disk, syncLatency: random(1_000), writeLatency: random(50) } },
    producers: ['left', 'right'].map((name) => ({ ...producer!, name, interval: random(20_000), sizeBytes: { kind: 'uniform', min: 100, max: 2000 }, startMicros: 0, messages: Infinity })),
    consumers: ['one', 'two'].map((name) => ({ ...consumer!, name, handler: { ...consumer!.handler, time: random(10_000), failure: 0.1 } })),
    faults: [
      { at: 2_000_000, fault: 'crash', target: 'one', for: 1_000_000 },
      { at: 4_000_000, fault: 'packet-loss', target: 'right', peers: [scenario.broker.name], probability: 0.3, for: 2_000_000 },
    ],
  };
  drawn = drawnBy(base);
});

/** A run may need more of a stream than another; as far as both went, they must have got the same. */
function expectSameDraws(left: Drawn, right: Drawn): void {
  for (const [name, values] of left.values) {
    const others = right.values.get(name);
    if (others === undefined) continue;
    const both = Math.min(values.length, others.length);
    expect(others.slice(0, both), name).toEqual(values.slice(0, both));
  }
}

const missing = (from: Drawn, than: Drawn): string[] => [...than.values.keys()].filter((name) => !from.values.has(name));
const mentions = (name: string) => (stream: string): boolean => stream.split(/[/-]/).includes(name);

describe('what one part of a scenario draws does not depend on the others', () => {
  it('each source has a stream of its own: producers, handlers, links, disks, faults, machines', () => {
    const { broker } = base;
    for (const name of [
      'left/arrivals', 'right/sizes', 'one/handler-time', 'two/handler-failure', `link/left-${broker.name}`, `link/${broker.name}-two`,
      `link/right-${broker.name}/loss`, `disk/${broker.name}/sync`, `disk/${broker.name}/write`,
    ]) {
      expect(drawn.values.get(name)?.length, name).toBeGreaterThan(50);
    }
    for (const [name, times] of drawn.asked) expect(times, name).toBe(1);
  });

  it.each([0, 1])('deleting fault %i leaves every draw as it was', (deleted) => {
    const without = drawnBy({ ...base, faults: base.faults.filter((_fault, index) => index !== deleted) });
    expectSameDraws(without, drawn);
    expect(missing(without, drawn).filter((name) => !name.startsWith('fault/'))).toEqual([]);
  });

  it('deleting a producer leaves every other source its draws', () => {
    const without = drawnBy({ ...base, producers: base.producers.slice(0, 1), faults: base.faults.slice(0, 1) });
    expectSameDraws(without, drawn);
    expect(missing(without, drawn).filter((name) => !name.startsWith('fault/')).every(mentions('right'))).toBe(true);
    expect(without.values.has('right/arrivals')).toBe(false);
  });

  it('deleting a consumer leaves every other source its draws', () => {
    const without = drawnBy({ ...base, consumers: base.consumers.slice(1), faults: base.faults.slice(1) });
    expectSameDraws(without, drawn);
    expect(missing(without, drawn).filter((name) => !name.startsWith('fault/')).every(mentions('one'))).toBe(true);
    expect(without.values.has('one/handler-time')).toBe(false);
  });
});
