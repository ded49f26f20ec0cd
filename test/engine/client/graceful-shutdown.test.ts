import { describe, expect, it } from 'vitest';
import { ConsumerClient, type Delivery, sqs } from '../../../engine/index.js';
import { SECOND, Stage } from '../broker/stage.js';

const RETRY = { timeoutMicros: 3 * SECOND, attempts: 3, backoffBaseMicros: SECOND, backoffCapMicros: SECOND, jitter: 'none' } as const;

/** A consumer that takes five messages at a time and works on one, and ten messages for it. */
function working(settings: Partial<ConstructorParameters<typeof ConsumerClient>[0]> = {}) {
  const stage = new Stage({ queues: [{ name: 'jobs', settings: { visibilityTimeoutMicros: 600 * SECOND } }], config: { limits: sqs.broker.limits } });
  const hand = stage.client('hand');
  for (let trace = 1; trace <= 10; trace++) hand.send(trace);
  const deliveries: Delivery[] = [];
  const host = stage.world.host('consumer-machine');
  const consumer = new ConsumerClient({
    host, sink: stage.events, name: 'consumer', address: 'broker', retry: RETRY, queue: 'jobs', concurrency: 1, batchSize: 5, waitTimeMicros: 20 * SECOND,
    visibilityTimeoutMicros: null, acknowledge: 'after', extendEveryMicros: null, onFailure: { kind: 'leave' }, handler: { handle: (delivery) => void deliveries.push(delivery) },
    ...settings,
  });
  stage.world.settle();
  return { stage, hand, consumer, deliveries };
}
const traces = (stage: Stage, event: string) => stage.events.of(event).map(({ message }) => message);

describe('a consumer that is told to stop', () => {
  it('gives back at once what it has not begun, and takes nothing more', () => {
    const { stage, hand, consumer, deliveries } = working();
    expect(deliveries.map(({ trace }) => trace)).toEqual([1]);
    consumer.stop();
    stage.world.settle();
    expect(traces(stage, 'nack-ok')).toEqual([2, 3, 4, 5]);
    expect(hand.receive({ max: 10 }).map(({ trace }) => trace)).toEqual([6, 7, 8, 9, 10, 2, 3, 4, 5]);
  });

  it('finishes and acknowledges what it has begun, and only then ends its session', () => {
    const { stage, consumer, deliveries } = working();
    consumer.stop();
    stage.world.pass(30 * SECOND);
    expect(consumer.outstanding).toBe(1);
    deliveries[0]!.succeed();
    stage.world.settle();
    expect(traces(stage, 'ack-ok')).toEqual([1]);
    expect(consumer.outstanding).toBe(0);
    expect(deliveries.length).toBe(1);
  });

  it('gives a failure back as it would have done', () => {
    const { stage, consumer, deliveries } = working({ onFailure: { kind: 'release' } });
    consumer.stop();
    deliveries[0]!.fail();
    stage.world.settle();
    expect(traces(stage, 'nack-ok').sort()).toEqual([1, 2, 3, 4, 5]);
    expect(consumer.outstanding).toBe(0);
  });

  it('waits for its acknowledgement when the broker is away, and tries it again', () => {
    const { stage, consumer, deliveries } = working();
    stage.kill();
    consumer.stop();
    deliveries[0]!.succeed();
    stage.world.pass(2 * SECOND);
    expect(consumer.outstanding).toBe(5);
    stage.boot();
    stage.world.pass(10 * SECOND);
    expect(traces(stage, 'ack-ok')).toEqual([1]);
    expect(consumer.outstanding).toBe(0);
  });

  it('gives back what a receive brings that was under way', () => {
    const { stage, hand, consumer, deliveries } = working();
    for (let left = 10; left > 0; left -= 1) deliveries[deliveries.length - 1]!.succeed();
    stage.world.settle();
    for (let guard = 0; deliveries.length < 10 && guard < 20; guard += 1) {
      deliveries[deliveries.length - 1]!.succeed();
      stage.world.settle();
    }
    deliveries[9]!.succeed();
    stage.world.settle();
    // It waits at the broker for more.
    consumer.stop();
    hand.send(11);
    stage.world.settle();
    expect(deliveries.length).toBe(10);
    expect(traces(stage, 'nack-ok')).toEqual([11]);
    expect(hand.receiveOne().trace).toBe(11);
  });
});
