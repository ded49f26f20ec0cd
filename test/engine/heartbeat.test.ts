import { describe, expect, it } from 'vitest';
import { InstantWorld } from '../../bench/instant/instant-world.js';
import { agreedHeartbeat, Heartbeat } from '../../engine/heartbeat.js';

const SECOND = 1_000_000;

/** One end with a timeout of ten seconds: when it sent heartbeats, and when it took the peer for dead. */
function anEnd(timeoutMicros = 10 * SECOND) {
  const world = new InstantWorld();
  const beats: number[] = [];
  const silences: number[] = [];
  const heartbeat = new Heartbeat(world.host('end').timers, { beat: () => void beats.push(world.now / SECOND), onSilence: () => void silences.push(world.now / SECOND) });
  heartbeat.begin(timeoutMicros);
  return { world, heartbeat, beats, silences };
}

describe('an end of a connection', () => {
  it('sends a heartbeat each half of the timeout when it says nothing else', () => {
    const { world, heartbeat, beats } = anEnd();
    for (let seconds = 0; seconds < 30; seconds += 1) {
      heartbeat.heard();
      world.pass(SECOND);
    }
    expect(beats).toEqual([5, 10, 15, 20, 25, 30]);
  });

  it('sends none where it has said something', () => {
    const { world, heartbeat, beats } = anEnd();
    world.pass(12 * SECOND);
    heartbeat.sent();
    world.pass(6 * SECOND);
    expect(beats).toEqual([5, 10]);
  });

  it('takes the peer for dead after two timeouts of silence, once', () => {
    const { world, silences } = anEnd();
    world.pass(100 * SECOND);
    expect(silences).toEqual([20]);
  });

  it('and before a third is over, when the last sign came in between', () => {
    const { world, heartbeat, silences } = anEnd();
    world.pass(SECOND);
    heartbeat.heard();
    world.pass(100 * SECOND);
    expect(silences).toEqual([30]);
  });

  it('never does as long as something comes in one of two timeouts', () => {
    const { world, heartbeat, silences } = anEnd();
    for (let passed = 0; passed < 200; passed += 19) {
      world.pass(19 * SECOND);
      heartbeat.heard();
    }
    expect(silences).toEqual([]);
  });

  it('neither sends nor misses anything without a timeout, or after its end', () => {
    const without = anEnd(0);
    const ended = anEnd();
    ended.heartbeat.end();
    for (const { world } of [without, ended]) world.pass(1_000 * SECOND);
    expect([without.beats, without.silences, ended.beats, ended.silences]).toEqual([[], [], [], []]);
    expect(without.world.armedTimers).toBe(0);
  });
});

it.each([
  [60, null, 60], [60, 10, 10], [60, 580, 60], [60, 0, 0], [0, null, 0], [0, 30, 30], [0, 0, 0],
])('of %d s that the broker proposes and %s that the client wants, %d count', (proposed, wanted, agreed) => {
  expect(agreedHeartbeat(proposed * SECOND, wanted === null ? null : wanted * SECOND)).toBe(agreed * SECOND);
});
