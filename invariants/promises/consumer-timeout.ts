import { CopyState, EventKind, ExpireCause, type NameId } from '../../history/index.js';
import { consumerTimeouts } from '../contracts/concerns.js';
import type { ConsumerTimeoutContract } from '../contracts/run-contract.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from '../facts/copy-facts.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface WrongTime extends Breach {
  readonly consumer: NameId;
  readonly heldMicros: number;
  /** What the timeout allows; Infinity: there is none. */
  readonly limitMicros: number;
  readonly how: 'early' | 'late';
}

/** RabbitMQ: channel_tick_interval. Where channels are closed, somebody looks once a minute. */
const TICK_MICROS = 60_000_000;
/** Clocks and timers round. */
const SLACK_MICROS = 2_000;

/**
 * A channel is closed for the oldest delivery that it holds, and everything else that it holds comes back with that. What its consumer has asked to be settled may be part of a
 * transaction, or under way, and is not said to be late.
 */
export const consumerTimeout = defineInvariant<WrongTime, 'consumer-timeout'>({
  id: 'consumer-timeout',
  promise: 'What a consumer holds for longer than the consumer timeout without acknowledging it comes back, and not before that.',
  exercisedBy: 'deliveries that were held for more than half of the consumer timeout, or until it struck',
  concerns: consumerTimeouts,
  hearsAll: true,
  create(facts, tally) {
    const { copies } = facts;
    /** Whose channel was looked at last, and when: what else it held comes back at the same time. */
    let judged = { consumer: 0, atMicros: -1 };

    const tell = (slot: number, limitMicros: number, how: WrongTime['how']): void => {
      if (!tally.breach(null)) return;
      const { nowMicros } = facts;
      tally.tell({
        atMicros: nowMicros, message: copies.message[slot]!, queue: copies.queue[slot]!, consumer: copies.holder[slot]!, heldMicros: nowMicros - copies.grantedAt[slot]!, limitMicros, how,
      });
    };

    function strikes(event: EventView, { leastMicros }: ConsumerTimeoutContract): void {
      const slot = event.copySlot;
      const consumer = copies.holder[slot]!;
      const isOfChannel = event.b === ExpireCause.channelTimedOut;
      if (isOfChannel && judged.consumer === consumer && judged.atMicros === event.time) return;
      judged = { consumer, atMicros: event.time };
      tally.exercised++;
      const oldest = isOfChannel ? oldestHeld(facts, consumer) : slot;
      const heldMicros = event.time - copies.grantedAt[oldest]!;
      if (heldMicros < leastMicros - facts.driftMicros(leastMicros) - SLACK_MICROS) tell(oldest, leastMicros, 'early');
    }

    /** A delivery is over, or the run is: has it been held for too long? */
    function isOver(slot: number): void {
      const timeout = timeoutOf(facts, copies.queue[slot]!);
      if (timeout === undefined || copies.state[slot] !== CopyState.leased) return;
      if (facts.nowMicros - copies.grantedAt[slot]! > timeout.leastMicros / 2) tally.exercised++;
      if (isLate(facts, slot, timeout)) tell(slot, timeout.mostMicros, 'late');
    }

    /** Its consumer says what becomes of it, of what it was given last. */
    const isAnswered = (event: EventView): void => {
      if (event.copySlot !== NO_SLOT && !isMisplaced(facts, event) && copies.handle[event.copySlot] === event.a) isOver(event.copySlot);
    };

    return {
      on: {
        [EventKind.leaseExpire]: (event) => {
          if (event.copySlot === NO_SLOT || isMisplaced(facts, event)) return;
          const timeout = timeoutOf(facts, event.dest);
          if (event.b !== ExpireCause.ended && timeout !== undefined && copies.state[event.copySlot] === CopyState.leased) strikes(event, timeout);
          else isOver(event.copySlot);
        },
        ...(consumerTimeouts(facts.contract) ? { [EventKind.ackInvoke]: isAnswered, [EventKind.nackInvoke]: isAnswered } : {}),
      },
      finish: () => {
        if (consumerTimeouts(facts.contract)) copies.forEach(isOver);
      },
    };
  },
  word({ atMicros, message, queue, consumer, heldMicros, limitMicros, how }, { at, name, span }) {
    const held = `${name(consumer)} had held message ${message} of ${name(queue)} for ${span(heldMicros)} at ${at(atMicros)}`;
    if (how === 'late') return `${held} without acknowledging it, and nobody took it back, as is due after ${span(limitMicros)}`;
    return limitMicros === Infinity ? `${held}, when it was taken back, though there is no consumer timeout` : `${held}, when it was taken back; it had ${span(limitMicros)}`;
  },
});

const timeoutOf = (facts: Facts, queue: NameId): ConsumerTimeoutContract | undefined => facts.queue(queue).contract?.push?.consumerTimeout;

/** Of all queues, for its channel is one. */
function oldestHeld({ copies }: Facts, consumer: NameId): number {
  let oldest = NO_SLOT;
  copies.forEach((slot) => {
    if (copies.holder[slot] !== consumer || copies.state[slot] !== CopyState.leased) return;
    if (oldest === NO_SLOT || copies.grantedAt[slot]! < copies.grantedAt[oldest]!) oldest = slot;
  });
  return oldest;
}

/** Time before the broker was well does not count. */
function isLate(facts: Facts, slot: number, { mostMicros, ends }: ConsumerTimeoutContract): boolean {
  const { copies, broker, nowMicros, contract } = facts;
  if (mostMicros === Infinity || copies.askedWith[slot] === copies.handle[slot] || copies.has(slot, CopyFlag.releaseAsked)) return false;
  const dueMicros = Math.max(copies.grantedAt[slot]! + mostMicros + facts.driftMicros(mostMicros), broker.wellSinceMicros);
  return nowMicros - dueMicros > (ends === 'channel' ? TICK_MICROS + facts.driftMicros(TICK_MICROS) : 0) + contract.redeliveryBoundMicros;
}
