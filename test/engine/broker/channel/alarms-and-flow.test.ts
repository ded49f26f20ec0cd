import { describe, expect, it } from 'vitest';
import { BlockReason } from '../../../../history/index.js';
import type { CreditSpec } from '../../../../engine/broker/channel/credit-window.js';
import { type ChannelHand, ChannelStage, MEMORY_CHECK, type Method, MILLI, SECOND, textOf } from './channel-stage.js';

const LIMIT = 50_000_000;

describe('an alarm', () => {
  it('is for those who publish while it lasts: who published before it may go on acknowledging', () => {
    const stage = new ChannelStage({ channels: { memoryLimitBytes: 1_000 } });
    const both = stage.client('both');
    both.queue('jobs');
    for (let number = 0; number < 3; number++) both.publish('x'.repeat(400), 'jobs');
    stage.world.pass(MEMORY_CHECK);
    both.consume('jobs');
    both.ack(1);
    expect(stage.broker.queueDepth('jobs').leased).toBe(2);
    expect(both.heard.some(({ operation }) => operation === 'blocked')).toBe(false);
  });

  it('of memory is looked for every 2.5 seconds: meanwhile more comes than there is room for', () => {
    const stage = new ChannelStage({ channels: { memoryLimitBytes: 1_000 } });
    const publisher = stage.client('publisher');
    publisher.queue('jobs');
    stage.world.pass(MEMORY_CHECK - SECOND);
    for (let number = 0; number < 9; number++) expect(publisher.publish('x'.repeat(400), 'jobs')).toEqual([]);
    stage.world.pass(SECOND);
    expect(publisher.publish('late', 'jobs')).toEqual([{ operation: 'blocked' }]);
  });

  it.each([[0, 2_000, false], [736, 2_000, true], [736, 2_300, false]])('of memory counts bodies, and for each message %i bytes beside: three of 20, with a limit of %i', (messageOverheadBytes, memoryLimitBytes, isRaised) => {
    const stage = new ChannelStage({ channels: { memoryLimitBytes, messageOverheadBytes } });
    const publisher = stage.client('publisher');
    publisher.queue('jobs');
    for (let number = 0; number < 3; number++) publisher.publish('x'.repeat(20), 'jobs');
    stage.world.pass(MEMORY_CHECK);
    expect(publisher.publish('late', 'jobs')).toEqual(isRaised ? [{ operation: 'blocked' }] : []);
  });

  it('keeps back the acknowledgements of a connection that publishes and consumes', () => {
    const stage = new ChannelStage({ channels: { memoryLimitBytes: 1_000 } });
    const both = stage.client('both');
    both.queue('jobs');
    for (let number = 0; number < 3; number++) both.publish('x'.repeat(400), 'jobs');
    stage.world.pass(MEMORY_CHECK);
    both.consume('jobs');
    both.publish('late', 'jobs');
    both.ack(0, true);
    stage.world.pass(SECOND);
    // Nobody but itself could end the alarm.
    expect(stage.broker.queueDepth('jobs')).toMatchObject({ leased: 3 });
  });

  it('of the disk is raised when less is free than the limit, and ends when there is more; it is looked for all the time', () => {
    const stage = new ChannelStage();
    const publisher = stage.client('publisher');
    publisher.queue('jobs');
    stage.disk.freeBytes = LIMIT - 1;
    stage.world.pass(10 * SECOND);
    expect(publisher.publish('1', 'jobs')).toEqual([{ operation: 'blocked' }]);
    const consumer = stage.client('consumer');
    expect(consumer.consume('jobs')).toMatchObject([{ method: 'consume' }]);
    stage.disk.freeBytes = LIMIT;
    stage.world.pass(100 * MILLI);
    expect(publisher.heard.at(-1)).toEqual({ operation: 'unblocked' });
    expect(consumer.deliveries.map(textOf)).toEqual(['1']);
    expect(stage.events.of('connection-blocked').map(({ a, b, peer }) => [a, b, peer])).toEqual([[1, BlockReason.disk, 'publisher'], [0, BlockReason.disk, 'publisher']]);
  });

  it('of the disk is looked for sooner when there is less left', () => {
    const stage = new ChannelStage();
    const publisher = stage.client('publisher');
    publisher.queue('jobs');
    stage.disk.freeBytes = LIMIT + 250_000 * 400;
    stage.world.pass(10 * SECOND);
    // 800 ms until the next look.
    stage.disk.freeBytes = 0;
    stage.world.pass(790 * MILLI);
    expect(publisher.publish('1', 'jobs')).toEqual([]);
    stage.world.pass(20 * MILLI);
    expect(publisher.publish('2', 'jobs')).toEqual([{ operation: 'blocked' }]);
  });

  it('of both ends when both are over', () => {
    const stage = new ChannelStage({ channels: { memoryLimitBytes: 1_000 } });
    const publisher = stage.client('publisher');
    publisher.queue('jobs');
    publisher.publish('x'.repeat(2_000), 'jobs');
    stage.disk.freeBytes = 0;
    stage.world.pass(10 * SECOND);
    const other = stage.client('other');
    publisher.publish('held back', 'jobs');
    stage.disk.freeBytes = Infinity;
    stage.world.pass(SECOND);
    // Of the disk it has enough, and not of memory.
    expect(publisher.heard.at(-1)).toEqual({ operation: 'blocked' });
    other.get('jobs', true);
    stage.world.pass(MEMORY_CHECK);
    expect(publisher.heard.at(-1)).toEqual({ operation: 'unblocked' });
  });
});

describe('credit flow', () => {
  const jobs = (type: string, credit: CreditSpec = { limit: 1, grant: 1 }) => {
    const stage = new ChannelStage({ flush: 'always', channels: { flow: { store: { limit: 5, grant: 2 }, commands: 2, channel: credit } } });
    const hand = stage.client('hand');
    hand.queue('jobs', { 'x-queue-type': type });
    return { stage, hand, message: (text: string) => hand.message(text, 'jobs') };
  };
  const blocks = (stage: ChannelStage) => stage.events.of('connection-blocked').map(({ a, b }) => [a, b]);

  it.each([['quorum', 3 + 1], ['classic', 5 + 2]])('a %s queue takes so many before the broker reads no more: %i; then it goes on, and all is stored', (type, most) => {
    const { stage, hand, message } = jobs(type);
    const before = stage.events.list.length;
    const all = Array.from({ length: 12 }, (_, index) => String(index));
    hand.sayAll(all.map(message));
    const told = stage.events.list.slice(before).map(({ event }) => event).filter((event) => event === 'accept' || event === 'connection-blocked');
    expect(told.indexOf('connection-blocked')).toBe(most);
    expect(blocks(stage).slice(0, 2)).toEqual([[1, BlockReason.flow], [0, BlockReason.flow]]);
    expect(blocks(stage).at(-1)).toEqual([0, BlockReason.flow]);
    expect(hand.drain('jobs')).toEqual(all);
    // The client is told nothing.
    expect(hand.heard.some(({ operation }) => operation === 'blocked' || operation === 'unblocked')).toBe(false);
  });

  it('a channel that is held back is read on until its credit is used up, which is granted by halves', () => {
    for (const before of [0, 10, 50]) {
      const { stage, hand, message } = jobs('quorum', { limit: 40, grant: 20 });
      for (let number = 0; number < before; number++) hand.say(message('one by one'));
      const from = stage.events.list.length;
      hand.sayAll(Array.from({ length: 60 }, () => message('at once')));
      const told = stage.events.list.slice(from).map(({ event }) => event).filter((event) => event === 'accept' || event === 'connection-blocked');
      expect(before + told.indexOf('connection-blocked')).toBe(before < 20 ? 40 : 80);
    }
  });

  const holding = (type: string, count: number) => {
    const { stage, hand } = jobs(type);
    for (let number = 0; number < count; number++) {
      hand.publish(String(number), 'jobs');
      hand.get('jobs');
    }
    const before = stage.events.list.length;
    const told = () => stage.events.list.slice(before).map(({ event }) => event).filter((event) => ['settle', 'lease-release', 'drop', 'fsync'].includes(event));
    return { hand, told };
  };
  const ack = (deliveryTag: number): Method => ({ operation: 'ack', deliveryTag });

  // RabbitMQ: rabbit_fifo_client, unsent_commands.
  it('a channel tells a quorum queue no more of its deliveries than its log takes at a time, and the rest as one', () => {
    const { hand, told } = holding('quorum', 8);
    hand.sayAll([ack(1), ack(2), ack(3), ack(4), { operation: 'nack', deliveryTag: 5, requeue: true }, ack(6), { operation: 'reject', deliveryTag: 7, requeue: false }, ack(8)]);
    expect(told()).toEqual(['settle', 'settle', 'settle', 'fsync', 'settle', 'settle', 'settle', 'lease-release', 'lease-release', 'drop', 'fsync']);
  });

  it('a classic queue hears all at once', () => {
    const { hand, told } = holding('classic', 6);
    hand.sayAll([1, 2, 3, 4, 5, 6].map(ack));
    expect(told().slice(0, 6)).toEqual(new Array(6).fill('settle'));
  });

  it('what a channel had not told yet when it was closed was never said', () => {
    const { hand } = holding('quorum', 6);
    hand.sayAll([...[1, 2, 3, 4, 5, 6].map(ack), { operation: 'channelClose' }]);
    hand.say({ operation: 'channelOpen' });
    expect(hand.drain('jobs')).toEqual(['3R', '4R', '5R']);
  });

  it('a channel that waits for one classic queue goes on with another', () => {
    const { stage, hand } = jobs('classic', { limit: 2, grant: 1 });
    hand.queue('quick', {}, { durable: false });
    const before = stage.events.list.length;
    // The fifth closes the window of `jobs`; two more to it use up what its queue was granted, and two of any the channel's.
    hand.sayAll([...'12345', ...'aaaaaaaaaa', ...'67', ...'bb', ...'8'].map((text) => hand.message(text, text === 'a' || text === 'b' ? 'quick' : 'jobs')));
    const told = stage.events.list.slice(before).map(({ event }) => event).filter((event) => event === 'accept' || event === 'connection-blocked');
    expect(told.indexOf('connection-blocked')).toBe(5 + 10 + 2 + 2);
  });

  it('other connections go on', () => {
    const { stage, hand, message } = jobs('quorum');
    const other = stage.client('other');
    hand.sayAll(['1', '2', '3', '4', '5', '6'].map(message));
    expect(other.get('jobs')).not.toBeNull();
    expect(new Set(stage.events.of('connection-blocked').map(({ peer }) => peer))).toEqual(new Set(['hand']));
  });

  it('transient messages, and those of queues that are, wait for nothing', () => {
    const { stage, hand } = jobs('classic');
    hand.queue('passing', {}, { durable: false });
    hand.sayAll(Array.from({ length: 9 }, (_, index) => hand.message(String(index), 'jobs', { persistent: false })));
    hand.sayAll(Array.from({ length: 9 }, (_, index) => hand.message(String(index), 'passing')));
    expect(blocks(stage)).toEqual([]);
  });
});

// Recorded from RabbitMQ 3.10: rabbitmqctl set_vm_memory_high_watermark, set_disk_free_limit.
it('an alarm as recorded: of memory, then of the disk too, then of the disk alone, then none', () => {
  const stage = new ChannelStage({ channels: { memoryLimitBytes: 1_000 } });
  const [publisher, consumer, before, filler] = ['publisher', 'consumer', 'before', 'filler'].map((name) => stage.client(name)) as [ChannelHand, ChannelHand, ChannelHand, ChannelHand];
  publisher.queue('jobs');
  publisher.queue('ballast');
  publisher.say({ operation: 'confirmSelect' });
  consumer.consume('jobs', { noAck: true });
  before.publish('before', 'jobs');
  filler.publish('x'.repeat(2_000), 'ballast');
  stage.world.pass(MEMORY_CHECK);
  // Who publishes is told so, once; it is read no more, consumers are, and who published before may do anything else.
  expect(publisher.publish('held', 'jobs')).toEqual([{ operation: 'blocked' }]);
  expect(publisher.say({ operation: 'queueDeclare', name: 'jobs', passive: true })).toEqual([]);
  for (const hand of [consumer, before]) expect(hand.say({ operation: 'queueDeclare', name: 'jobs', passive: true })).toMatchObject([{ operation: 'methodOk' }]);
  // That the reason is another is told to nobody who is blocked already.
  const heard = publisher.heard.length;
  stage.disk.freeBytes = 0;
  stage.world.pass(10 * SECOND);
  before.say({ operation: 'queuePurge', name: 'ballast' });
  stage.world.pass(MEMORY_CHECK);
  expect(publisher.heard).toHaveLength(heard);
  const late = stage.client('late');
  expect(late.publish('late', 'jobs')).toEqual([{ operation: 'blocked' }]);
  // First it hears that it goes on, then what became of what it had sent.
  stage.disk.freeBytes = Infinity;
  stage.world.pass(SECOND);
  const [first, ...rest] = publisher.heard.slice(heard).map(({ operation }) => operation);
  expect([first, ...rest.sort()]).toEqual(['unblocked', 'confirmed', 'methodOk']);
  expect(late.heard.at(-1)).toEqual({ operation: 'unblocked' });
  expect(consumer.deliveries.map(textOf)).toEqual(['before', 'held', 'late']);
});
