import { BlockReason, DropReason, EventKind, ExpireCause, formatMicros, HandleResult, LetterFate, MoveReason, type RawRow, type StoryRule, type StoryScene, StopCause } from '../../history/index.js';
import type { ConsumerSpec, ProducerSpec, Scenario } from '../model.js';
import { clockRules } from './clock-rules.js';
import { personalityOf } from './broker.js';
import { consumerTimeout, effectivePush } from './effective-push.js';
import { effectRule, failRule, guardRule, retryWords, writeRule } from './client-rules.js';

type Rule = (row: RawRow, scene: StoryScene, scenario: Scenario) => string | null;

/** By which setting of the scenario each step of a story happened, for the events that follow from one. */
const rules: Partial<Readonly<Record<EventKind, Rule>>> = {
  [EventKind.sendInvoke]: (row, scene, scenario) => {
    const producer = producerOf(scenario, scene.nameOf(row.actor));
    return row.timeMicros > row.a && producer !== null ? `maxInFlight of ${producer.name} is ${producer.maxInFlight}: further sends wait in its buffer` : null;
  },
  [EventKind.sendAttempt]: retryRule,
  [EventKind.sendInfo]: retryRule,
  [EventKind.sendFail]: ofProducer(failRule),
  [EventKind.clientGuard]: ofProducer(guardRule),
  [EventKind.localWrite]: ofProducer((_row, producer) => writeRule(producer)),
  [EventKind.sendOk]: flushRule,
  [EventKind.ackOk]: flushRule,
  [EventKind.accept]: (row, scene) => (row.a > 0 ? `delay of ${scene.nameOf(row.dest)} or of the send is ${formatMicros(row.a)}` : null),
  [EventKind.leaseGrant]: (row, scene, scenario) => prefetchRule(scene.nameOf(row.peer), scenario) ?? timeoutRule(row, scene.nameOf(row.peer), scene, scenario),
  [EventKind.leaseExpire]: (row, scene, scenario) => {
    const lease = scene.state.leases.get(row.a);
    if (scenario.personality === 'rabbitmq') return channelRule(row, scene, scenario);
    return lease === undefined ? null : `${timeoutRule(row, scene.nameOf(lease.consumer), scene, scenario)}${deviation(row.timeMicros - lease.untilMicros)}`;
  },
  [EventKind.handleEnd]: (row, scene, scenario) => (row.b === HandleResult.failed ? failureRule(consumerOf(scenario, scene.nameOf(row.actor))) : null),
  [EventKind.ackInvoke]: (row, scene, scenario) =>
    consumerOf(scenario, scene.nameOf(row.actor))?.handler.kind === 'ack-first' ? 'handler kind is ack-first: it acknowledges before it processes' : null,
  [EventKind.effect]: (row, scene, scenario) => {
    return effectRule(consumerOf(scenario, scene.nameOf(row.actor))?.handler, row.b !== 0, scene.state.effects);
  },
  [EventKind.nackInvoke]: (row, scene, scenario) => backoffRule(consumerOf(scenario, scene.nameOf(row.actor))),
  [EventKind.extendInvoke]: (row, scene, scenario) => {
    const every = consumerOf(scenario, scene.nameOf(row.actor))?.extendEveryMicros ?? null;
    return every === null ? null : `extendEvery is ${formatMicros(every)}`;
  },
  [EventKind.move]: (row, scene, scenario) => {
    const queue = scene.nameOf(row.dest);
    const limit = scenario.queues.find(({ name }) => name === queue)?.deadLetter?.maxReceiveCount;
    return row.b === MoveReason.limit && limit !== undefined ? `maxReceiveCount of ${queue} is ${limit}` : null;
  },
  [EventKind.drop]: (row, scene, scenario) => {
    const queue = scene.nameOf(row.dest);
    const retention = scenario.queues.find(({ name }) => name === queue)?.retentionMicros;
    return retention === undefined || row.a !== DropReason.retention ? null : `retention of ${queue} is ${formatMicros(retention)}`;
  },
  [EventKind.connectionBlocked]: blockRule,
  [EventKind.setAside]: (row, scene, scenario) => retryRuleOf(row, scene, scenario),
  [EventKind.deadLetter]: (row, scene) => (row.a === 0 ? `dead-lettering of ${scene.nameOf(row.dest)} is at most once, and ${scene.nameOf(row.peer)} has no room (reject-publish)`
    : row.c === LetterFate.stored ? null : `deadLetterStrategy of ${scene.nameOf(row.dest)} is at-least-once: it stays, and is published again after three minutes`),
  [EventKind.nodeStop]: powerRule,
  [EventKind.restore]: (row) => (row.c > 0 ? 'a lease that a recovery finds starts again with its full duration' : null),
};

/** The rules of a scenario, for telling stories of its runs. */
export function storyRules(scenario: Scenario): StoryRule {
  return (row, scene) => {
    const parts = [rules[row.kind]?.(row, scene, scenario) ?? null, ...clockRules(row, scene)];
    const told = parts.filter((part) => part !== null);
    return told.length === 0 ? null : told.join('; ');
  };
}

/** By what a channel gave back what it held. */
function channelRule(row: RawRow, scene: StoryScene, scenario: Scenario): string {
  if (row.b === ExpireCause.ended) return 'what a channel held goes back when it ends';
  const queue = scene.nameOf(row.dest);
  const declared = scenario.queues.find(({ name }) => name === queue)?.push;
  const type = declared?.type ?? 'classic';
  const isOwn = scenario.consumers.some((consumer) => consumer.queue === queue && consumer.subscription?.timeoutMicros !== undefined);
  const timeout = declared === undefined || isOwn ? null : consumerTimeout(scenario, effectivePush(scenario, queue, declared).push);
  const ends = row.b === ExpireCause.channelTimedOut ? 'closes the channel, and all that it held goes back' : 'cancels the consumer, and the delivery goes back';
  return `consumer timeout${timeout === null ? '' : ` of a ${type} queue is ${formatMicros(timeout)}`}: a delivery without an acknowledgement by then ${ends}`;
}

/** The limit by which the broker does not read from a producer. */
function blockRule(row: RawRow, _scene: StoryScene, scenario: Scenario): string | null {
  const { channels } = personalityOf(scenario).broker;
  const { memoryLimitBytes = channels?.memoryLimitBytes, diskFreeLimitBytes = channels?.diskFreeLimitBytes, flow } = scenario;
  if (row.b === BlockReason.memory) return `memoryLimit is ${memoryLimitBytes} bytes`;
  if (row.b === BlockReason.disk) return `diskFreeLimit is ${diskFreeLimitBytes} bytes`;
  if (row.b === BlockReason.memoryAndDisk) return `memoryLimit is ${memoryLimitBytes} bytes and diskFreeLimit ${diskFreeLimitBytes} bytes`;
  const { store, commands, credit } = flow ?? { store: channels?.flow.store.limit, commands: channels?.flow.commands, credit: channels?.flow.channel.limit };
  return `flowControl: a classic queue has at most ${store} messages under way to its storage, a channel ${commands} in a quorum queue; beyond that a credit of ${credit} is read on`;
}

/** Why a message that came back waits. */
function retryRuleOf(row: RawRow, scene: StoryScene, { queues }: Scenario): string | null {
  const queue = scene.nameOf(row.dest);
  const push = queues.find(({ name }) => name === queue)?.push;
  if (row.a !== 0) return `deadLetterStrategy of ${queue} is ${push?.deadLetterStrategy ?? 'at-most-once'}`;
  const retry = push?.delayedRetry ?? null;
  return retry === null ? null : `delayedRetry of ${queue}: ${retry.type}, from ${formatMicros(retry.minMicros)} to ${formatMicros(retry.maxMicros)}`;
}

const producerOf = ({ producers }: Scenario, name: string): ProducerSpec | null => producers.find((producer) => producer.name === name) ?? null;
const consumerOf = ({ consumers }: Scenario, name: string): ConsumerSpec | null => consumers.find((consumer) => consumer.name === name) ?? null;

function ofProducer(rule: (row: RawRow, producer: ProducerSpec) => string | null): Rule {
  return (row, scene, scenario) => {
    const producer = producerOf(scenario, scene.nameOf(row.actor));
    return producer === null ? null : rule(row, producer);
  };
}

/** Why a message was handed out now, not for how long; null for a consumer that is not pushed to. */
function prefetchRule(name: string, scenario: Scenario): string | null {
  const subscription = consumerOf(scenario, name)?.subscription;
  if (subscription === undefined) return null;
  if (subscription.acknowledge === 'automatic') return `acknowledge of ${name} is automatic: what is sent counts as handled`;
  return subscription.prefetch === 0 ? `prefetch of ${name} is unlimited: it is handed whatever is ready` : `${name} held fewer messages than its prefetch of ${subscription.prefetch}`;
}

/** A lease lasts as long as its consumer asks, or else as its queue says. */
function timeoutRule(row: RawRow, consumerName: string, scene: StoryScene, scenario: Scenario): string {
  const own = consumerOf(scenario, consumerName)?.visibilityTimeoutMicros ?? null;
  if (own !== null) return `visibilityTimeout of ${consumerName} is ${formatMicros(own)}`;
  const queue = scene.nameOf(row.dest);
  const timeout = scenario.queues.find(({ name }) => name === queue)?.visibilityTimeoutMicros;
  return timeout === undefined ? 'the visibility timeout of its queue' : `visibilityTimeout of ${queue} is ${formatMicros(timeout)}`;
}

/** Deviations below this are a broker that had other work. */
const MIN_DEVIATION_MICROS = 1_000;

function deviation(micros: number): string {
  if (Math.abs(micros) < MIN_DEVIATION_MICROS) return '';
  return micros > 0 ? `; by true time it ended ${formatMicros(micros)} late` : `; by true time it ended ${formatMicros(-micros)} early, by the broker's clock in time`;
}

function retryRule(row: RawRow, scene: StoryScene, scenario: Scenario): string | null {
  const producer = producerOf(scenario, scene.nameOf(row.actor));
  if (producer === null || (row.kind === EventKind.sendAttempt && row.a <= 1)) return null;
  // What its program sends anew is no retry of the client.
  return row.kind === EventKind.sendAttempt && row.b === 1 ? writeRule(producer) : retryWords(producer.retry);
}

const flushWords: Readonly<Record<Scenario['broker']['flush'], string>> = {
  always: 'broker.flush is always: a reply waits until the journal is on the disk',
  interval: 'broker.flush is interval: a reply does not wait for the disk, which is synced now and then',
  never: 'broker.flush is never: a reply does not wait for the disk',
};

function flushRule(_row: RawRow, _scene: StoryScene, scenario: Scenario): string | null {
  return flushWords[scenario.broker.flush];
}

const lossWords: Readonly<Record<Scenario['broker']['flush'], string | null>> = {
  always: 'broker.flush is always: what was answered is on the disk, and only what was not is gone',
  interval: 'broker.flush is interval: what was journalled since the last sync may be gone, answered or not',
  never: 'broker.flush is never: what the page cache held may be gone, answered or not',
};

/** A process that is killed leaves the page cache behind; the power takes it along, and with it what was stored there. */
function powerRule(row: RawRow, scene: StoryScene, scenario: Scenario): string | null {
  const isPower = scene.nameOf(row.actor) === scenario.broker.name && row.a === StopCause.powerLoss;
  return isPower && scene.state.copies.size > 0 ? lossWords[scenario.broker.flush] : null;
}

function failureRule(consumer: ConsumerSpec | null): string | null {
  if (consumer === null) return null;
  const { failure, poisonEvery } = consumer.handler;
  const reasons = [...(poisonEvery > 0 ? [`poisonEvery is ${poisonEvery}: every such message fails whenever it is handled`] : []), ...(failure > 0 ? [`failure is ${failure}`] : [])];
  return reasons.length === 0 ? null : reasons.join('; ');
}

function backoffRule(consumer: ConsumerSpec | null): string | null {
  if (consumer === null) return null;
  const { onFailure, subscription } = consumer;
  if (subscription !== undefined) return `whenFailed is ${subscription.whenFailed}`;
  if (onFailure.kind !== 'backoff') return `onFailure is ${onFailure.kind}`;
  return `onFailure is backoff: ${formatMicros(onFailure.baseMicros)}, times ${onFailure.factor} each time, up to ${formatMicros(onFailure.capMicros)}`;
}
