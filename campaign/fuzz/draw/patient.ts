import { EMPTY_POLL_PAUSE_MICROS } from '../../../engine/index.js';
import type { ConsumerSpec, ProducerSpec, Scenario } from '../../../scenarios/index.js';
import { typical } from './typical.js';

/** Times that consumers of a run may ask in vain. Each takes four events, of which a run may fire 300,000 before it is left as it is, unjudged. */
const MAX_VAIN_POLLS = 50_000;
/** How much longer than its producers send a run may be foreseen to go on: there is work left to be done then. */
const LENGTHENED = 2;
const SECOND_MICROS = 1_000_000;

/**
 * A drawn run in which those that do not wait for messages are no more than a run of this length can bear: what it may fire would be
 * spent on asking in vain, and nothing could be said of it. The others wait a second. Who does not wait in the scenario's own file never does.
 */
export function patient(drawn: Scenario, original: Scenario): Scenario {
  const pollMicros = EMPTY_POLL_PAUSE_MICROS + 2 * typical(drawn.network.latency);
  const endMicros = foreseenEnd(drawn);
  const asksAnyway = new Set(original.consumers.filter(isImpatient).map(({ name }) => name));
  let left = MAX_VAIN_POLLS;
  const consumers = drawn.consumers.map((consumer) => {
    if (!isImpatient(consumer)) return consumer;
    const polls = Math.max(0, endMicros - consumer.startMicros) / pollMicros;
    if (polls > left && !asksAnyway.has(consumer.name)) return { ...consumer, waitTimeMicros: SECOND_MICROS };
    left -= polls;
    return consumer;
  });
  return { ...drawn, consumers };
}

const isImpatient = ({ waitTimeMicros }: ConsumerSpec): boolean => waitTimeMicros === 0;

/** A run goes on until its faults are over, too. */
function foreseenEnd({ producers, queues, faults, durationMicros }: Scenario): number {
  const delayOf = (name: string): number => queues.find((queue) => queue.name === name)?.delayMicros ?? 0;
  const lasts = producers.map((producer) => lastSend(producer) + (producer.delayMicros ?? delayOf(producer.queue)));
  const heals = faults.map((fault) => fault.at + (fault.for ?? 0));
  return Math.min(durationMicros, Math.max(LENGTHENED * Math.max(0, ...lasts), ...heals));
}

const lastSend = ({ startMicros, messages, interval, sends }: ProducerSpec): number =>
  (sends === null ? startMicros + messages * typical(interval) : Math.max(0, ...sends.map(({ atMicros }) => atMicros)));
