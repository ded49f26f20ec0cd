import { beforeAll, describe, expect, it } from 'vitest';
import { type EventChunk, EventKind, type EventObserver } from '../../history/index.js';
import { runScenario, type Scenario } from '../../scenarios/index.js';
import { loadLibrary } from './library.js';

/** What each producer drew: when it meant to send, and how much. */
class Draws implements EventObserver {
  readonly ofActor = new Map<number, string[]>();

  onChunk(chunk: EventChunk, from: number, to: number): void {
    for (let row = from; row < to; row += 1) {
      if (chunk.kind[row] !== EventKind.sendInvoke) continue;
      const actor = chunk.actor[row]!;
      const draws = this.ofActor.get(actor) ?? [];
      draws.push(`${chunk.a[row]} ${chunk.c[row]}`);
      this.ofActor.set(actor, draws);
    }
  }
}

function drawsOf(scenario: Scenario): string[][] {
  const draws = new Draws();
  runScenario(scenario, { observers: [draws] });
  return [...draws.ofActor.values()];
}

let base: Scenario;

beforeAll(() => {
  const scenario = loadLibrary().get('consumer-crash')!;
  const interval = { kind: 'exponential', mean: 50_000 } as const;
  const sizeBytes = { kind: 'uniform', min: 100, max: 2000 } as const;
  const [producer] = scenario.producers;
  base = {
    ...scenario,
    durationMicros: 20_000_000,
    producers: ['left', 'right'].map((name) => ({ ...producer!, name, interval, sizeBytes, startMicros: 0, messages: Infinity })),
  };
});

describe('what one part of a scenario draws does not depend on the others', () => {
  it('deleting a fault leaves the draws of all producers as they were', () => {
    expect(base.faults.length).toBeGreaterThan(0);
    const draws = drawsOf(base);
    expect(draws.map((list) => list.length > 100)).toEqual([true, true]);
    expect(drawsOf({ ...base, faults: [] })).toEqual(draws);
  });

  it('deleting a producer leaves the other one its draws', () => {
    const [, right] = drawsOf(base);
    expect(drawsOf({ ...base, producers: base.producers.slice(1) })).toEqual([right]);
  });

  it('deleting a consumer leaves the producers their draws', () => {
    expect(drawsOf({ ...base, consumers: base.consumers.slice(1), faults: [] })).toEqual(drawsOf(base));
  });
});
