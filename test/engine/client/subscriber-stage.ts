import { type Delivery, type RabbitmqVersion, Subscriber } from '../../../engine/index.js';
import { ChannelStage, SECOND } from '../broker/channel/channel-stage.js';

const RETRY = { timeoutMicros: 3 * SECOND, attempts: 3, backoffBaseMicros: SECOND, backoffCapMicros: 4 * SECOND, jitter: 'none' } as const;

/** A subscriber of the queue `jobs` that ends what it works on when it is told to, and messages for it. */
export class SubscriberStage {
  readonly stage: ChannelStage;
  readonly subscriber: Subscriber;
  /** What it was given to work on, in order. */
  readonly working: Delivery[] = [];

  constructor(settings: Partial<ConstructorParameters<typeof Subscriber>[0]>, messages: number, queue: Readonly<Record<string, unknown>> = {}, version: RabbitmqVersion = '4.3') {
    this.stage = new ChannelStage({ version, flush: 'always' });
    const hand = this.stage.client('hand');
    hand.queue('jobs', queue);
    for (let message = 1; message <= messages; message++) hand.publish(String(message), 'jobs');
    this.subscriber = new Subscriber({
      host: this.stage.world.host('subscriber-machine'), sink: this.stage.events, name: 'subscriber', address: 'broker', retry: RETRY, recoveryMicros: SECOND, queue: 'jobs',
      prefetch: 4, concurrency: 1, acknowledge: 'manual', batchSize: 1, acknowledgesFirst: false, priority: 0, exclusive: false, onFailure: 'nack',
      handler: { handle: (delivery) => void this.working.push(delivery) },
      ...settings,
    });
    this.stage.world.settle();
  }

  /** Ends the work that was begun `nth`. */
  end(nth: number): void {
    this.working[nth - 1]!.succeed();
    this.stage.world.settle();
  }

  messages(event: string): number[] {
    return this.stage.events.of(event).map(({ message }) => message);
  }
}
