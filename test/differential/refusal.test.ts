import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ChannelStage, type ChannelHand } from '../engine/broker/channel/channel-stage.js';

/** More than the server reads on for a channel. */
const AT_ONCE = 1_000;
const argumentsOf = (limit: number): object => ({ 'x-queue-type': 'quorum', 'x-max-length': limit, 'x-overflow': 'reject-publish' });

let connection: ChannelModel;
let queues = 0;

beforeAll(async () => {
  connection = await connect(inject('rabbitmqUrl'), { noDelay: true });
});
afterAll(() => connection.close());

/** Publishes so many one by one and then so many at once; what became of each: `+` or `-`. */
async function onServer(limit: number, oneByOne: number, atOnce: number): Promise<string> {
  const channel = await connection.createConfirmChannel();
  const name = `refusal-${++queues}`;
  await channel.assertQueue(name, { durable: true, arguments: argumentsOf(limit) });
  let told = '';
  for (let number = 0; number < oneByOne; number++) told += await confirmOf(channel, name);
  told += (await Promise.all(Array.from({ length: atOnce }, () => confirmOf(channel, name)))).join('');
  await channel.deleteQueue(name);
  await channel.close();
  return told;
}

const confirmOf = (channel: ConfirmChannel, name: string): Promise<string> => new Promise((resolve) => {
  channel.sendToQueue(name, Buffer.from('m'), { persistent: true }, (error: unknown) => resolve(error === null ? '+' : '-'));
});

/** The same; each sync of its log takes until everything that is there was read. */
function inEngine(limit: number, oneByOne: number, atOnce: number): string {
  const hand: ChannelHand = new ChannelStage({ version: '3.10', flush: 'always' }).client('publisher');
  hand.queue('jobs', argumentsOf(limit) as Readonly<Record<string, unknown>>);
  hand.say({ operation: 'confirmSelect' });
  const replies = Array.from({ length: oneByOne }, () => hand.publish('m', 'jobs'));
  replies.push(hand.sayAll(Array.from({ length: atOnce }, () => hand.message('m', 'jobs'))));
  const told: string[] = [];
  for (const reply of replies.flat()) {
    if (reply.operation !== 'confirmed') continue;
    const first = reply.multiple ? 1 : reply.deliveryTag;
    for (let tag = first; tag <= reply.deliveryTag; tag++) told[tag] ??= reply.isAck ? '+' : '-';
  }
  return told.join('');
}

const taken = (told: string): number => told.split('+').length - 1;

describe('a quorum queue that refuses what is beyond its limit', () => {
  it('passes it by one when each publish is confirmed before the next', async () => {
    expect(inEngine(5, 12, 0)).toBe('++++++------');
    expect(await onServer(5, 12, 0)).toBe(inEngine(5, 12, 0));
  });

  // How soon the refusal is heard is a matter of time; how late it can be heard is not.
  it.each([[5, 0], [60, 50], [260, 250]])('takes what comes before its refusal is heard, and no more than its channel has credit for: limit %i, after %i', async (limit, before) => {
    const [ours, theirs] = [inEngine(limit, before, AT_ONCE), await onServer(limit, before, AT_ONCE)];
    for (const told of [ours, theirs]) expect(told).toMatch(/^\++-+$/);
    expect(taken(theirs)).toBeGreaterThan(limit);
    expect(taken(theirs)).toBeLessThanOrEqual(taken(ours));
  });
});
