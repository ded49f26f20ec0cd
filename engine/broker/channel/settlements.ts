import { isGivenBack, type Return } from '../../queue/index.js';
import type { ChannelContext } from './context.js';
import type { PublishingChannel } from './credit-flow.js';
import type { PushedQueue } from './pushed-queue.js';
import type { Settlement } from './queue-credit.js';
import { groupsOf } from './return-groups.js';
import type { Unacknowledged } from './unacknowledged.js';

type Deliveries = readonly Unacknowledged[];

/** Tells queues what a channel has to say of its deliveries: classic ones at once, quorum ones when their credit lets it. */
export class Settlements {
  readonly #channel: PublishingChannel;
  readonly #node: Pick<ChannelContext, 'flow' | 'pump'>;
  readonly #letGo: (deliveries: Deliveries) => Deliveries;

  /** `letGo`: the channel holds them no more. Returns those of which something is left to settle. */
  constructor(channel: PublishingChannel, node: Pick<ChannelContext, 'flow' | 'pump'>, letGo: (deliveries: Deliveries) => Deliveries) {
    this.#channel = channel;
    this.#node = node;
    this.#letGo = letGo;
  }

  settle(deliveries: Deliveries): void {
    if (areHeardAtOnce(deliveries)) this.#settle(deliveries);
    else this.#tell('settle', deliveries, (those) => this.#settle(those));
  }

  /** What a channel leaves behind that is gone, its queues learn by themselves. */
  requeue(deliveries: Deliveries, how: Return): void {
    if ((how !== 'nack' && how !== 'reject') || areHeardAtOnce(deliveries)) this.#requeue(deliveries, how);
    else this.#tell(how, deliveries, (those) => this.#requeue(those, how));
  }

  reject(deliveries: Deliveries): void {
    if (areHeardAtOnce(deliveries)) this.#reject(deliveries);
    else this.#tell('discard', deliveries, (those) => this.#reject(those));
  }

  #settle(deliveries: Deliveries): void {
    for (const { queue, slot } of this.#letGo(deliveries)) queue.push.settle(slot);
  }

  /** What each consumer held is one return: its queue drops what is too much before it goes on delivering, or after it. (RabbitMQ: requeue_and_run.) */
  #requeue(deliveries: Deliveries, how: Return): void {
    for (const group of groupsOf(deliveries, how)) {
      for (const { queue, slot } of this.#letGo(group)) queue.push.giveBack(slot, how);
      const { push } = group[0]!.queue;
      if (push.policy.trimsReturns === 'before-delivery' && !push.state.isDeleted) push.trim();
      if (isGivenBack(how)) this.#node.pump();
    }
  }

  #reject(deliveries: Deliveries): void {
    for (const group of groupsOf(deliveries, 'reject')) {
      for (const { queue, slot } of this.#letGo(group)) queue.push.reject(slot);
    }
  }

  #tell(kind: Settlement['kind'], deliveries: Deliveries, carryOut: Settlement['carryOut']): void {
    for (const [queue, ofQueue] of byQueue(deliveries)) {
      if (hearsAtOnce(queue)) carryOut(ofQueue);
      else this.#node.flow.settled(queue, this.#channel, { kind, deliveries: ofQueue, carryOut });
    }
  }
}

const hearsAtOnce = ({ push }: PushedQueue): boolean => push.policy.publishCredit === 'of-queue';

function areHeardAtOnce(deliveries: Deliveries): boolean {
  for (const { queue } of deliveries) if (!hearsAtOnce(queue)) return false;
  return true;
}

function byQueue(deliveries: Deliveries): ReadonlyMap<PushedQueue, Deliveries> {
  const groups = new Map<PushedQueue, Unacknowledged[]>();
  for (const delivery of deliveries) {
    const group = groups.get(delivery.queue);
    if (group === undefined) groups.set(delivery.queue, [delivery]);
    else group.push(delivery);
  }
  return groups;
}
