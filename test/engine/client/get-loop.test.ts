import { expect, it } from 'vitest';
import { InstantWorld } from '../../../bench/instant/instant-world.js';
import { GetLoop } from '../../../engine/client/get-loop.js';

function aLoop() {
  const world = new InstantWorld();
  const seen = { asked: 0, hasPlace: true };
  const loop = new GetLoop({ host: world.host('consumer'), everyMicros: 1_000, wants: () => seen.hasPlace, ask: () => void (seen.asked += 1) });
  return { world, seen, loop };
}

it('asks for one at a time, and for the next when it came', () => {
  const { seen, loop } = aLoop();
  loop.look();
  loop.look();
  expect(seen.asked).toBe(1);
  loop.got();
  expect(seen.asked).toBe(2);
});

it('asks when a place is free, and not before', () => {
  const { seen, loop } = aLoop();
  loop.look();
  seen.hasPlace = false;
  loop.got();
  expect(seen.asked).toBe(1);
  seen.hasPlace = true;
  loop.look();
  expect(seen.asked).toBe(2);
});

it('waits when there was nothing, and for nobody when its channel is gone', () => {
  const { world, seen, loop } = aLoop();
  loop.look();
  loop.empty();
  loop.look();
  world.pass(999);
  expect(seen.asked).toBe(1);
  world.pass(1);
  expect(seen.asked).toBe(2);
  loop.empty();
  loop.stop();
  world.pass(5_000);
  expect(seen.asked).toBe(2);
});
