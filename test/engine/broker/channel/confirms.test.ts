import { expect, it } from 'vitest';
import { ChannelStage } from './channel-stage.js';

const SYNC = 1_000;

it.each([
  ['classic', true, false], ['classic', false, true], ['quorum', true, false], ['quorum', false, false],
])('in a %s queue, a message that is persistent (%j) is confirmed before the journal is synced: %j', (type, persistent, isAtOnce) => {
  const stage = new ChannelStage({ flush: 'always' });
  const hand = stage.client('hand');
  hand.queue('jobs', { 'x-queue-type': type });
  hand.say({ operation: 'confirmSelect' });
  stage.disk.syncMicros = SYNC;
  const isConfirmed = (): boolean => hand.heard.some(({ operation }) => operation === 'confirmed');
  hand.publish('1', 'jobs', { persistent });
  stage.world.pass(SYNC / 2);
  expect(isConfirmed()).toBe(isAtOnce);
  stage.world.pass(SYNC);
  expect(isConfirmed()).toBe(true);
});
