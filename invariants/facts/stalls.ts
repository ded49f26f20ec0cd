import { CopyState, formatInstant, formatMicros, type NameId } from '../../history/index.js';
import type { ClientContract } from '../contracts/run-contract.js';
import { counted } from '../words.js';
import type { Facts } from './facts.js';
import { Outcome } from './message-facts.js';
import type { QueueFacts } from './queue-facts.js';
import { NO_SLOT } from './slot-table.js';

/** Something that does not go on, and nothing explains it. */
export interface Stall {
  readonly what: 'broker-down' | 'send-unanswered' | 'settlement-unanswered' | 'not-asked-for';
  /** The machine that should have done something. */
  readonly who: NameId;
  /** Trace number; 0 when it concerns none. */
  readonly message: number;
  readonly queue: NameId;
  /** When it last did anything: it stands still since then, whatever was in its way at first. */
  readonly lastMicros: number;
  /** Since when nothing was in its way. */
  readonly sinceMicros: number;
  /** For how long nothing happened since then. */
  readonly quietMicros: number;
}

/** What is not done when the bound of the drain is over: what nothing explains, and what something does, in words. */
export interface Standstill {
  readonly stalls: readonly Stall[];
  readonly reasons: readonly string[];
}

/**
 * Why something was not done after faults stopped. A stall is convicted only where the proof in the middle is complete; everything
 * else is explained.
 *
 * | what is not done          | no fault of anyone, and said so                                                   | a stall, proven by                                                       |
 * | ------------------------- | --------------------------------------------------------------------------------- | ------------------------------------------------------------------------ |
 * | the broker is not up      | a fault of its machine goes on; its process ended because its disk failed or is full | down for longer than a recovery takes, with nothing wrong              |
 * | a send has no outcome     | its producer is dead or a fault concerns it; it still tries                        | producer up and well, broker well, no sign of life for its quiet time    |
 * | a settlement has no outcome | its consumer is dead or a fault concerns it; it still tries                      | consumer up and well, broker well, no sign of life for its quiet time    |
 * | a message is delayed      | its delay is not over: the bound is shorter                                        | (that it is not handed out in time is `lease-expiry-live`)               |
 * | a message is leased       | the lease, of a live or a dead consumer, is not over: the bound is shorter         | (the same)                                                               |
 * | a message is ready        | none of the queue's consumers is left alive                                        |                                                                          |
 * |                           | its consumers fail every message, and no dead-letter queue takes them              |                                                                          |
 * |                           | its groups wait behind first messages that failed often (FIFO), and no dead-letter queue takes these |                                                        |
 * |                           | messages are acknowledged all the time: the load is above capacity; says how long more | a consumer up and well, with nothing in work, asks for nothing for its quiet time, while the message is ready, the broker is well and has room for a lease |
 * |                           | its single active consumer holds messages, and the others wait for their turn     |                                                                          |
 * |                           | its consumers hold what their prefetch allows, failed at it, and leave it so      |                                                                          |
 *
 * A queue that nobody consumes is not waited for.
 */
export function standstillOf(facts: Facts): Standstill {
  const stalls: Stall[] = [];
  const reasons: string[] = [];
  if (!facts.broker.isUp) examineBroker(facts, stalls, reasons);
  else {
    examineSends(facts, stalls, reasons);
    for (const client of facts.contract.clients) if (client.role === 'consumer') examineSettlements(facts, client, stalls, reasons);
    facts.forEachQueue((queue) => examineQueue(facts, queue, stalls, reasons));
  }
  return { stalls, reasons };
}

function examineBroker({ broker, contract, nowMicros, names, drain }: Facts, stalls: Stall[], reasons: string[]): void {
  const since = Math.max(broker.stoppedAtMicros, drain.beganMicros);
  if (broker.isHindered) reasons.push(`A fault of ${broker.name} goes on, and it is not up.`);
  else if (broker.storageStops > 0) reasons.push(`${broker.name} ended its process ${counted(broker.storageStops, 'time')} because its disk failed or is full.`);
  else if (nowMicros - since <= contract.recoveryBoundMicros) reasons.push(`${broker.name} was still recovering.`);
  else stalls.push({ what: 'broker-down', who: names.find(broker.name), message: 0, queue: 0, lastMicros: broker.stoppedAtMicros, sinceMicros: since, quietMicros: nowMicros - since });
}

/** When a client last did anything, or began. */
const lastSign = ({ activity, names }: Facts, { name, startMicros }: ClientContract): number => Math.max(activity.lastOf(names.find(name)), startMicros);

/** For how long a client did nothing although nothing was in its way since `fromMicros`; 0 while that is within its quiet time. */
function quietTime(facts: Facts, client: ClientContract, fromMicros: number): number {
  const { broker, drain, nowMicros } = facts;
  const { quietMicros } = client;
  const since = Math.max(lastSign(facts, client), drain.beganMicros, broker.wellSinceMicros, fromMicros);
  const quiet = nowMicros - since;
  return quiet > quietMicros + facts.driftMicros(quietMicros) ? quiet : 0;
}

function isAlive({ activity, names, nowMicros }: Facts, { name, startMicros }: ClientContract): boolean {
  return !activity.isAiling(name) && activity.stateOf(names.find(name)).isUp && startMicros <= nowMicros;
}

function examineSends(facts: Facts, stalls: Stall[], reasons: string[]): void {
  const { messages, names, nowMicros } = facts;
  const producers = new Map(facts.contract.clients.map((client) => [names.find(client.name), client]));
  const trying = new Map<NameId, number>();
  messages.forEach((slot) => {
    if (messages.outcome[slot] !== Outcome.pending) return;
    const who = messages.producer[slot]!;
    const producer = producers.get(who);
    if (producer === undefined || !isAlive(facts, producer)) return;
    const quietMicros = quietTime(facts, producer, 0);
    if (quietMicros === 0) trying.set(who, (trying.get(who) ?? 0) + 1);
    else stalls.push({ what: 'send-unanswered', who, message: messages.idOf(slot), queue: messages.queue[slot]!, lastMicros: lastSign(facts, producer), sinceMicros: nowMicros - quietMicros, quietMicros });
  });
  for (const [who, count] of trying) reasons.push(`${names.text(who)} still waits for the outcome of ${counted(count, 'send')}.`);
}

function examineSettlements(facts: Facts, consumer: ClientContract, stalls: Stall[], reasons: string[]): void {
  const { names, nowMicros, activity } = facts;
  const who = names.find(consumer.name);
  const { working, unsettled } = activity.stateOf(who);
  if (!isAlive(facts, consumer) || working + unsettled === 0) return;
  if (working > 0) {
    reasons.push(`${consumer.name} still works on ${counted(working, 'message')}.`);
    return;
  }
  const quietMicros = quietTime(facts, consumer, 0);
  if (quietMicros === 0) reasons.push(`${consumer.name} still waits for the outcome of ${counted(unsettled, 'acknowledgement')}.`);
  else stalls.push({ what: 'settlement-unanswered', who, message: 0, queue: names.find(consumer.queue), lastMicros: lastSign(facts, consumer), sinceMicros: nowMicros - quietMicros, quietMicros });
}

function examineQueue(facts: Facts, queue: QueueFacts, stalls: Stall[], reasons: string[]): void {
  const consumers = facts.contract.clients.filter((client) => client.role === 'consumer' && client.queue === queue.name);
  if (queue.live === 0 || consumers.length === 0) return;
  const alive = consumers.filter((consumer) => isAlive(facts, consumer));
  if (alive.length === 0) {
    reasons.push(`${queue.name} holds ${counted(queue.live, 'message')}, and none of its consumers is left alive.`);
    return;
  }
  const { ready, latest } = readyAndLatest(facts, queue);
  if (ready === -1) {
    reasons.push(whenItComes(facts, queue, latest));
    return;
  }
  const { copies, activity, names, nowMicros } = facts;
  const idle = queue.hasRoom && mayServe(queue) && alive.find((consumer) => {
    const who = names.find(consumer.name);
    const { working, unsettled } = activity.stateOf(who);
    return working + unsettled === 0 && !isFull(queue, who) && quietTime(facts, consumer, copies.availableAt[ready]!) > 0;
  });
  if (idle) {
    const quietMicros = quietTime(facts, idle, copies.availableAt[ready]!);
    stalls.push({
      what: 'not-asked-for', who: names.find(idle.name), message: copies.message[ready]!, queue: queue.nameId,
      lastMicros: lastSign(facts, idle), sinceMicros: nowMicros - quietMicros, quietMicros,
    });
  } else reasons.push(whyItWaits(facts, queue, alive));
}

function whyItWaits(facts: Facts, queue: QueueFacts, alive: readonly ClientContract[]): string {
  const who = alive.map(({ name }) => facts.names.find(name));
  const isKept = acknowledgedInDrain(queue) === 0 && who.every((name) => isFull(queue, name) && facts.activity.stateOf(name).working === 0);
  return isKept ? whoKeepsIt(facts, queue, who[0]!) : whyItIsSlow(facts, queue);
}

/** Of a queue with a single active consumer the others have nothing to do while that one holds messages. */
function mayServe({ contract, leased }: QueueFacts): boolean {
  return (contract?.push?.singleActive ?? null) === null || leased === 0;
}

/** It is given nothing while it holds what its prefetch allows. (That an acknowledgement is not carried out is `ack-carried-out`.) */
function isFull({ consumers }: QueueFacts, who: NameId): boolean {
  if (consumers === null) return false;
  const { prefetch, present, held } = consumers.of(who);
  return prefetch > 0 && present > 0 && held >= prefetch * present;
}

/** The copy that has been receivable for longest, and the one that will be last; -1 for none. */
function readyAndLatest({ copies, nowMicros }: Facts, queue: QueueFacts): { readonly ready: number; readonly latest: number } {
  let ready = -1;
  let latest = -1;
  copies.forEach((slot) => {
    if (copies.queue[slot] !== queue.nameId) return;
    const at = copies.availableAt[slot]!;
    if (at <= nowMicros && (ready === -1 || at < copies.availableAt[ready]!)) ready = slot;
    if (at > nowMicros && (latest === -1 || at > copies.availableAt[latest]!)) latest = slot;
  });
  return { ready, latest };
}

function whenItComes(facts: Facts, queue: QueueFacts, slot: number): string {
  const { copies, names, nowMicros } = facts;
  if (copies.count[slot]! > 1 && acknowledgedInDrain(queue) === 0 && isAlwaysFailed(facts, queue)) return whyItIsSlow(facts, queue);
  const at = copies.availableAt[slot]!;
  const isDelayed = copies.state[slot] === CopyState.delayed;
  if (!isDelayed && queue.consumers !== null) return facts.activity.stateOf(copies.holder[slot]!).working > 0 ? whyItIsSlow(facts, queue) : whoKeepsIt(facts, queue, copies.holder[slot]!);
  const why = isDelayed ? 'delayed' : `leased by ${names.text(copies.holder[slot]!)}`;
  return `${queue.name} holds ${counted(queue.live, 'message')}, one of them ${why} until ${formatInstant(at)}: a drain that is ${formatMicros(at - nowMicros)} longer would see it.`;
}

/** Where a delivery lasts as long as its channel, no longer drain would see its end. */
function whoKeepsIt({ names }: Facts, queue: QueueFacts, who: NameId): string {
  return `${queue.name} holds ${counted(queue.live, 'message')}; ${names.text(who)} keeps what it was given without an answer, until its channel ends or a consumer timeout takes that away.`;
}

const acknowledgedInDrain = (queue: QueueFacts): number => queue.flows.settled - queue.settledBeforeDrain;

/** Its consumers fail, and nothing takes what they fail with. */
const isAlwaysFailed = ({ activity }: Facts, queue: QueueFacts): boolean => activity.failures > 0 && queue.maxReceiveCount === Infinity;

function whyItIsSlow(facts: Facts, queue: QueueFacts): string {
  const { activity, drain, nowMicros } = facts;
  const holds = `${queue.name} holds ${counted(queue.live, 'message')}`;
  const blocked = blockedGroups(facts, queue);
  if (blocked !== null) return `${holds}, ${blocked}`;
  const settled = acknowledgedInDrain(queue);
  if (settled > 0) {
    const more = Math.ceil((queue.live * (nowMicros - drain.beganMicros)) / settled);
    return `${holds}; ${settled} were acknowledged during the drain: at this rate the rest takes ${formatMicros(more)} more.`;
  }
  if (isAlwaysFailed(facts, queue)) return `${holds}; its consumers failed ${counted(activity.failures, 'time')} and no dead-letter queue takes what always fails.`;
  return `${holds}, and none was acknowledged since the faults ended.`;
}

/** Received so often and still the first of its group, a message is taken for one that fails whoever tries it. */
const SURELY_FAILS = 10;

/** In a FIFO queue nothing of a group is delivered before its first message is gone; whatever the others do, these stay. Null: there are none. */
function blockedGroups({ groups, copies, activity }: Facts, queue: QueueFacts): string | null {
  if (!queue.isFifo || queue.maxReceiveCount !== Infinity || activity.failures === 0) return null;
  let blocked = 0;
  let held = 0;
  let fewest = Infinity;
  groups.forEachIn(queue.nameId, ({ head }) => {
    if (copies.count[head]! < SURELY_FAILS) return;
    blocked++;
    fewest = Math.min(fewest, copies.count[head]!);
    for (let slot = head; slot !== NO_SLOT; slot = groups.next[slot]!) held++;
  });
  if (blocked === 0) return null;
  const where = blocked === 1 ? `a group whose first message was received ${fewest} times` : `${blocked} groups whose first messages were received ${fewest} times or more`;
  return `${held} of them in ${where}: no dead-letter queue takes what always fails, nothing behind it is delivered before it is gone, and so no drain is long enough.`;
}
