import { describe, expect, it } from 'vitest';
import { InstantWorld } from '../../../bench/instant/instant-world.js';
import { Alarm } from '../../../engine/queue/alarm.js';

function alarmIn(world: InstantWorld): { alarm: Alarm; rings: number[] } {
  const rings: number[] = [];
  const alarm = new Alarm(world.host('node'), (now) => rings.push(now));
  return { alarm, rings };
}

describe('alarm', () => {
  it('rings at the earliest time it was told of, once', () => {
    const world = new InstantWorld();
    const { alarm, rings } = alarmIn(world);
    for (const at of [300, 100, 200]) alarm.setFor(at, world.now);
    expect(world.armedTimers).toBe(1);
    world.pass(1000);
    expect(rings).toEqual([100]);
  });

  it('rings at once for what is past, and can be set again', () => {
    const world = new InstantWorld();
    const { alarm, rings } = alarmIn(world);
    world.pass(50);
    alarm.setFor(10, world.now);
    world.pass(10);
    alarm.setFor(70, world.now);
    alarm.setFor(Infinity, world.now);
    world.pass(100);
    expect(rings).toEqual([50, 70]);
  });

  it('is silent after cancel', () => {
    const world = new InstantWorld();
    const { alarm, rings } = alarmIn(world);
    alarm.setFor(10, 0);
    alarm.cancel();
    world.pass(100);
    expect(rings).toEqual([]);
  });
});
