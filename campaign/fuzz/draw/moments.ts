import type { Scenario } from '../../../scenarios/index.js';
import { clientsOf, type Cast } from './cast.js';
import type { Dice } from './dice.js';
import { typical } from './typical.js';

/** Until when producers send, at the latest. */
export function sendingMicros({ producers, durationMicros }: Scenario): number {
  const ends = producers.map(({ startMicros, messages, interval }) => startMicros + messages * typical(interval));
  return Math.min(durationMicros, Math.max(0, ...ends));
}

/** Redeliveries go on for this many leases after the last send, in most runs. */
const LEASES = 3;
const LEAST_MICROS = 1_000_000;

/** How long there is something to disturb. */
export function busyMicros(scenario: Scenario): number {
  const leases = scenario.queues.map(({ visibilityTimeoutMicros }) => visibilityTimeoutMicros);
  const longest = scenario.consumers.reduce((most, { startMicros }) => Math.max(most, startMicros), 0);
  const until = Math.max(sendingMicros(scenario), longest) + LEASES * Math.max(0, ...leases) + LEAST_MICROS;
  return Math.min(scenario.durationMicros, until);
}

/** How near to its moment an aimed fault strikes, before or after. */
const AIM_MICROS = 20_000;

/**
 * A time at which something is decided: a lease, an attempt, a delay, a wait or an extension ends that began with a send, or a
 * producer or consumer starts.
 */
export function drawMoment(scenario: Scenario, dice: Dice): number {
  const { queues, producers, consumers } = scenario;
  const sent = dice.amount(0, sendingMicros(scenario));
  const spans = [
    ...queues.flatMap(({ visibilityTimeoutMicros, delayMicros, retentionMicros, deadLetter }) =>
      [visibilityTimeoutMicros, delayMicros, retentionMicros, visibilityTimeoutMicros * (deadLetter?.maxReceiveCount ?? 2)]),
    ...producers.flatMap(({ startMicros, retry }) => [startMicros - sent, retry.timeoutMicros]),
    ...consumers.flatMap(({ startMicros, extendEveryMicros, handler }) => [startMicros - sent, extendEveryMicros ?? 0, typical(handler.time)]),
    scenario.broker.flushIntervalMicros,
  ];
  const moment = sent + dice.pick(spans) + (dice.chance(0.5) ? 1 : -1) * dice.amount(0, AIM_MICROS);
  return Math.max(0, Math.min(Math.round(moment), scenario.durationMicros - 1));
}

/** Machines in a random order, for faults that wander. */
export const wanderers = (cast: Cast, dice: Dice): string[] => dice.some(dice.shuffled([cast.broker, ...clientsOf(cast)]));
