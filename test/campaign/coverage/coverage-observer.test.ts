import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reachable, runObserved, sceneOf, UNIVERSE, UNIVERSE_SIZE } from '../../../campaign/index.js';
import { loadScenario, runScenario, type Scenario } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';

const few = aProducer({ messages: 40 });

/** The names of the points that a run reaches, by group. */
function reachedIn(scenario: Scenario, group: string): string[] {
  const { hits } = runObserved(scenario);
  const placed = UNIVERSE.find((candidate) => candidate.group.id === group)!;
  return placed.group.points.filter((_, point) => hits[placed.base + point] === 1);
}

describe('what a run reaches', () => {
  it('is noted without changing the run', () => {
    const scenario = aScenario({ producers: [few], faults: [{ at: 300 * MILLISECOND, fault: 'crash', target: 'broker', for: SECOND }] });
    const { firedEvents, ...outcome } = runObserved(scenario).result;
    expect(runScenario(scenario)).toMatchObject(outcome);
    expect(firedEvents).toBeGreaterThan(outcome.run.events);
  });

  it('has the moment at which each point was reached first, and none for what was not', () => {
    const scenario = aScenario({ producers: [few], faults: [{ at: 300 * MILLISECOND, fault: 'crash', target: 'broker', for: SECOND }] });
    const { hits, moments } = runObserved(scenario);
    const momentOf = (id: string, name: string): number => {
      const { group, base } = UNIVERSE.find((placed) => placed.group.id === id)!;
      return moments[base + group.points.indexOf(name)]!;
    };
    expect(momentOf('fault', 'crash of a broker × node-stop')).toBe(300 * MILLISECOND);
    expect(momentOf('recovery', 'after a crash: a clean journal')).toBeGreaterThanOrEqual(1300 * MILLISECOND);
    expect(momentOf('life', 'accept → lease')).toBeLessThan(momentOf('life', 'lease → settle'));
    expect(momentOf('recovery', 'after a power loss: a clean journal')).toBeNaN();
    expect([...moments.keys()].filter((point) => hits[point] === 0).every((point) => Number.isNaN(moments[point]))).toBe(true);
  });

  it('of a calm run is the short life of its messages', () => {
    const life = reachedIn(aScenario({ producers: [few] }), 'life');
    expect(life).toEqual(['ready × lease', 'leased × settle', 'accept → lease', 'lease → settle']);
    expect(reachedIn(aScenario({ producers: [few] }), 'fault')).toEqual([]);
    expect(reachedIn(aScenario({ producers: [few] }), 'recovery')).toEqual([]);
  });

  it('of failing handlers are releases, expiries and dead letters', () => {
    const life = reachedIn(aScenario({
      queues: [aQueue('orders', { visibilityTimeoutMicros: SECOND, deadLetter: { queue: 'dead', maxReceiveCount: 2 } }), aQueue('dead')],
      producers: [few],
      consumers: [aConsumer('consumer-1', { handler: { poisonEvery: 5 } }), aConsumer('consumer-2', { handler: { poisonEvery: 5 }, onFailure: { kind: 'release' } })],
    }), 'life');
    expect(life).toEqual(expect.arrayContaining(['leased × expire', 'leased × release', 'ready × move', 'expire → move', 'release → lease']));
  });

  it('of a delay are its end and the receive after it', () => {
    expect(reachedIn(aScenario({ queues: [aQueue('orders', { delayMicros: SECOND })], producers: [few] }), 'life'))
      .toEqual(expect.arrayContaining(['delayed × mature', 'accept → mature', 'mature → lease']));
  });

  it('of a retry that a quorum queue delays is that the message is set aside', () => {
    const crypt = loadScenario(join(import.meta.dirname, '../../../scenarios/rabbitmq/crypt.yaml'), { overrides: ['consumers.guard.handler.failure=50%'] });
    expect(reachedIn(crypt, 'life')).toEqual(expect.arrayContaining(['ready × setAside', 'setAside → mature']));
    const marks = reachable(sceneOf(crypt));
    const { group, base } = UNIVERSE.find((placed) => placed.group.id === 'life')!;
    expect(marks[base + group.points.indexOf('ready × setAside')]).toBe(1);
  });

  it('of a stopped broker are its recovery, by cause, and the fault with what happens meanwhile', () => {
    const scenario = aScenario({
      producers: [few],
      consumers: [aConsumer('consumer-1', { handler: { time: constant(5 * SECOND) } })],
      faults: [
        { at: 400 * MILLISECOND, fault: 'crash', target: 'broker', for: SECOND },
        { at: 3 * SECOND, fault: 'power-loss', target: 'broker', for: SECOND },
      ],
    });
    expect(reachedIn(scenario, 'recovery')).toEqual(expect.arrayContaining([
      'after a crash: a clean journal', 'after a crash: leased messages', 'after a power loss: leased messages', 'after a power loss: messages delivered before',
    ]));
    expect(reachedIn(scenario, 'fault')).toEqual(expect.arrayContaining(['crash of a broker × node-stop', 'power-loss of a broker × recover-begin']));
  });

  it('of faults that overlap are their pair, and those that strike a recovery', () => {
    const faults = reachedIn(aScenario({
      producers: [few],
      faults: [
        { at: 300 * MILLISECOND, fault: 'crash', target: 'broker', for: SECOND },
        { at: 200 * MILLISECOND, fault: 'disk-slow', target: 'broker', for: 5 * SECOND, factor: 100 },
      ],
    }), 'fault');
    expect(faults).toEqual(expect.arrayContaining(['crash and disk-slow at a time', 'disk-slow while the broker recovers']));
  });

  it('of promises are those that it put to the test, and the clauses that it made use of', () => {
    const scenario = aScenario({
      broker: { flush: 'never' }, producers: [aProducer({ messages: 200 })], consumers: [aConsumer('consumer-1', { startMicros: 6 * SECOND })],
      faults: [{ at: 4 * SECOND, fault: 'power-loss', target: 'broker', for: SECOND }],
    });
    const verdicts = reachedIn(scenario, 'verdict');
    expect(verdicts).toContain('no-phantom holds');
    expect(verdicts.some((point) => point.startsWith('acked-send-not-lost gives way: ') && point.includes('power loss'))).toBe(true);
  });
});

describe('the universe', () => {
  it('has a name for every point, and none twice in a group', () => {
    expect(UNIVERSE.reduce((size, { group }) => size + group.points.length, 0)).toBe(UNIVERSE_SIZE);
    for (const { group } of UNIVERSE) expect(new Set(group.points).size, group.id).toBe(group.points.length);
  });

  it('holds no hope for what a scene cannot reach', () => {
    const scenario = aScenario();
    const marks = reachable(sceneOf(scenario, { mayStrike: (kind, side) => kind === 'crash' && side === 'consumer', mayLose: false }));
    const possible = UNIVERSE.flatMap(({ group, base }) => group.points.filter((_, point) => marks[base + point] === 1));
    expect(possible.filter((point) => point.includes('×') && point.includes(' of a '))).toEqual(possible.filter((point) => point.startsWith('crash of a consumer')));
    expect(possible.some((point) => point.startsWith('after a '))).toBe(false);
    expect(possible.some((point) => /→ move|× move$/.test(point))).toBe(false);
    expect(possible.some((point) => point.includes('setAside'))).toBe(false);
  });
});
