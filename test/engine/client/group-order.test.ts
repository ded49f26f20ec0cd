import { describe, expect, it } from 'vitest';
import { ConsumerClient, type Delivery } from '../../../engine/index.js';
import { SECOND, Stage } from '../broker/stage.js';

const RETRY = { timeoutMicros: 3 * SECOND, attempts: 3, backoffBaseMicros: SECOND, backoffCapMicros: SECOND, jitter: 'none' } as const;

/** A consumer for ten messages at a time, and messages 1, 2, … of these groups in a FIFO queue. */
function working(groups: readonly string[], settings: Partial<ConstructorParameters<typeof ConsumerClient>[0]> = {}) {
  const stage = new Stage({ queues: [{ name: 'jobs.fifo', settings: { kind: 'fifo', visibilityTimeoutMicros: 60 * SECOND } }] });
  const hand = stage.client('hand', ['jobs.fifo']);
  for (const [index, group] of groups.entries()) hand.send(index + 1, { properties: { group, deduplicationId: String(index), attributes: null } });
  const started: Delivery[] = [];
  const consumer = new ConsumerClient({
    host: stage.world.host('consumer-machine'), sink: stage.events, name: 'consumer', address: 'broker', retry: RETRY, queue: 'jobs.fifo', concurrency: 10, batchSize: 10,
    waitTimeMicros: 20 * SECOND, visibilityTimeoutMicros: null, acknowledge: 'after', extendEveryMicros: null, onFailure: { kind: 'release' }, keepsGroupOrder: true,
    handler: { handle: (delivery) => void started.push(delivery) }, ...settings,
  });
  stage.world.settle();
  const end = (trace: number, how: 'succeed' | 'fail'): void => {
    started.findLast((delivery) => delivery.trace === trace)![how]();
    stage.world.settle();
  };
  return { stage, consumer, end, started: () => started.map(({ trace }) => trace) };
}

describe('a consumer that keeps the order of groups', () => {
  it('has one message of a group in work, and those of other groups beside it', () => {
    const { started, end } = working(['a', 'a', 'b', 'a', 'b']);
    expect(started()).toEqual([1, 3]);
    end(3, 'succeed');
    expect(started()).toEqual([1, 3, 5]);
    end(1, 'succeed');
    expect(started()).toEqual([1, 3, 5, 2]);
    end(2, 'succeed');
    expect(started()).toEqual([1, 3, 5, 2, 4]);
  });

  it('gives back what it holds of a group behind a message that failed, and gets all of it again in order', () => {
    const { stage, started, end } = working(['a', 'a', 'b', 'a']);
    end(1, 'fail');
    expect(stage.events.of('nack-ok').map(({ message }) => message).sort()).toEqual([1, 2, 4]);
    expect(started()).toEqual([1, 3, 1]);
    end(1, 'succeed');
    end(2, 'succeed');
    expect(started()).toEqual([1, 3, 1, 2, 4]);
  });

  it('waits behind a message that it leaves to its visibility timeout', () => {
    const { stage, started, end } = working(['a', 'a'], { onFailure: { kind: 'leave' } });
    end(1, 'fail');
    stage.world.pass(59 * SECOND);
    expect(started()).toEqual([1]);
    stage.world.pass(2 * SECOND);
    expect(started()).toEqual([1, 1]);
  });

  it('acknowledging first, has one of a group in work, too, and goes on behind one that is lost', () => {
    const { started, end } = working(['a', 'a'], { acknowledge: 'first' });
    expect(started()).toEqual([1]);
    end(1, 'fail');
    expect(started()).toEqual([1, 2]);
  });

  it('and one that does not works on all of them at once', () => {
    expect(working(['a', 'a', 'b'], { keepsGroupOrder: false }).started()).toEqual([1, 2, 3]);
  });
});
