import type { ChannelReply, Deliver, Mutations, RabbitmqVersion } from '../../engine/index.js';
import { type ChannelHand, ChannelStage, type Method, MILLI } from '../engine/broker/channel/channel-stage.js';
import { QUEUES } from './names.js';
import { closeText, countsLine, deliveryLine, type Heard, nothingHeard, type Observation } from './observation.js';
import { type Doing, type Operation, settlementOf } from './operation.js';

interface OpenChannel {
  /** Tags that nobody has settled, as a client counts them. */
  outstanding: number[];
  /** Publishes confirmed so far: a confirm of several says it for all from here. */
  confirmed: Set<number>;
}

/** The engine with two clients in an instant world. */
export class EngineSide {
  readonly #stage: ChannelStage;
  readonly #observer: ChannelHand;
  readonly #manager: ChannelHand;
  readonly #passMicros: number;
  readonly #hands: (ChannelHand | null)[] = [null, null];
  readonly #channels = new Map<string, OpenChannel>();
  readonly #noAckTags = new Set<string>();
  /** Queues of which nobody counts the consumers: a quorum queue of the server counts those who hold what they got. */
  readonly #quorum = new Set<string>();
  #gotForGood = false;
  /** How much of what a client heard was looked at. */
  readonly #read = new Map<ChannelHand, number>();
  #heard: Record<string, Heard> = {};

  constructor({ version, mutations = {}, passMillis }: { readonly version: RabbitmqVersion; readonly mutations?: Partial<Mutations>; readonly passMillis: number }) {
    this.#stage = new ChannelStage({ version, mutations });
    this.#observer = this.#stage.client('observer');
    this.#manager = this.#stage.client('manager');
    this.#passMicros = passMillis * MILLI;
  }

  /** What it says, for the other side to say the same; null for what is no method. */
  methodOf(operation: Operation): Method | null {
    const { does } = operation;
    if (does.kind === 'method') return does.method;
    return does.kind === 'settle' ? settlementOf(does, this.#channels.get(placeOf(operation))?.outstanding ?? []) : null;
  }

  step({ connection, channel, does }: Operation, method: Method | null): Observation {
    this.#heard = {};
    // No two operations come in the same instant.
    this.#stage.world.pass(MILLI);
    if (method !== null) {
      this.#open(connection, channel);
      this.#say(connection, channel, method);
    } else if (does.kind === 'pass') this.#stage.world.pass(this.#passMicros);
    else if (does.kind === 'policy') this.#setPolicy(does);
    else this.#disconnect(connection);
    this.#listen();
    return { heard: this.#heard, queues: this.#queues() };
  }

  #setPolicy({ name, isOperator, policy }: Doing & { readonly kind: 'policy' }): void {
    const [reply] = this.#manager.say(policy === null ? { operation: 'clearPolicy', name, isOperator } : { operation: 'setPolicy', policy });
    this.#heardAt('management').answers.push(reply?.operation === 'methodOk' ? 'done' : 'refused');
  }

  /** Everything that is left in the queues, in order, when all connections are closed. */
  leftovers(): Readonly<Record<string, readonly string[]>> {
    for (const connection of [0, 1] as const) this.#disconnect(connection);
    return Object.fromEntries(Object.keys(this.#queues()).map((name) => {
      const lines: string[] = [];
      const hand = this.#stage.client(`leftovers-of-${name}`);
      for (let delivery = hand.get(name, true); delivery !== null; delivery = hand.get(name, true)) lines.push(lineOf(delivery));
      return [name, hand.closedWith === null ? lines : [`${hand.closedWith} ${hand.closedText}`]];
    }));
  }

  #open(connection: 0 | 1, channel: number): void {
    let hand = this.#hands[connection]!;
    if (hand === null || !hand.isOpen) {
      hand = this.#stage.client(`client-${connection}`);
      hand.say({ operation: 'channelClose' });
      this.#hands[connection] = hand;
      this.#read.set(hand, hand.heard.length);
    }
    const place = `${'AB'[connection]}/${channel}`;
    if (this.#channels.has(place)) return;
    hand.say({ operation: 'channelCloseOk', channel });
    hand.say({ operation: 'channelOpen', channel });
    this.#read.set(hand, hand.heard.length);
    this.#channels.set(place, { outstanding: [], confirmed: new Set() });
  }

  #say(connection: 0 | 1, channel: number, method: Method): void {
    const hand = this.#hands[connection]!;
    const open = this.#channels.get(`${'AB'[connection]}/${channel}`)!;
    const { operation } = method;
    if (operation === 'consume' && method.noAck === true) this.#noAckTags.add(`${connection}/${channel}/${method.tag}`);
    else if (operation === 'consume') this.#noAckTags.delete(`${connection}/${channel}/${method.tag}`);
    if (operation === 'ack' || operation === 'nack' || operation === 'reject') {
      const { deliveryTag: tag } = method;
      const isMultiple = operation !== 'reject' && method.multiple === true;
      open.outstanding = open.outstanding.filter((held) => (isMultiple ? tag !== 0 && held > tag : held !== tag));
    }
    if (operation === 'recover') open.outstanding = [];
    const isGotForGood = operation === 'get' && method.noAck === true;
    const [answer] = hand.say({ ...method, channel } as Method);
    this.#gotForGood = isGotForGood;
    if (operation !== 'queueDeclare' || answer?.operation !== 'methodOk' || method.passive === true) return;
    if (method.arguments?.['x-queue-type'] === 'quorum') this.#quorum.add(method.name);
    else this.#quorum.delete(method.name);
  }

  /** Its channels end one after the other. */
  #disconnect(connection: 0 | 1): void {
    const hand = this.#hands[connection];
    this.#hands[connection] = null;
    for (const place of [...this.#channels.keys()]) {
      if (!place.startsWith('AB'[connection]!)) continue;
      this.#channels.delete(place);
      if (hand?.isOpen === true) hand.say({ operation: 'channelClose', channel: Number(place.slice(2)) });
    }
    hand?.close();
  }

  #listen(): void {
    this.#hands.forEach((hand, connection) => {
      if (hand === null) return;
      for (const reply of hand.heard.slice(this.#read.get(hand) ?? 0)) this.#note(connection as 0 | 1, reply);
      this.#read.set(hand, hand.heard.length);
      if (!hand.isOpen) this.#disconnect(connection as 0 | 1);
    });
    this.#gotForGood = false;
  }

  #heardAt(place: string): Heard {
    return (this.#heard[place] ??= nothingHeard());
  }

  #note(connection: 0 | 1, reply: ChannelReply): void {
    const name = 'AB'[connection]!;
    if (reply.operation === 'connectionClosed') this.#heardAt(name).ends.push(`connection closed ${reply.code} ${closeText(reply.text)}`);
    if (!('channel' in reply)) return;
    const place = `${name}/${reply.channel}`;
    const open = this.#channels.get(place);
    const heard = this.#heardAt(place);
    if (reply.operation === 'methodOk') {
      heard.answers.push(`${reply.method} ok${reply.messages === undefined ? '' : `, messages ${reply.messages}`}`);
      if (reply.method === 'channelClose') this.#channels.delete(place);
    } else if (reply.operation === 'getEmpty') heard.answers.push('empty');
    else if (reply.operation === 'deliver') {
      (reply.consumerTag === null ? heard.answers : heard.deliveries).push(lineOf(reply));
      const isForGood = reply.consumerTag === null ? this.#gotForGood : this.#noAckTags.has(`${connection}/${reply.channel}/${reply.consumerTag}`);
      if (!isForGood) open?.outstanding.push(reply.deliveryTag);
    } else if (reply.operation === 'returned') heard.publishes.push(`returned ${reply.code} ${reply.text} "${reply.exchange}" "${reply.routingKey}"`);
    else if (reply.operation === 'confirmed') noteConfirm(heard, open?.confirmed ?? new Set(), reply.deliveryTag, reply.multiple, reply.isAck);
    else if (reply.operation === 'cancelled') heard.deliveries.push(`cancelled ${reply.tag}`);
    else if (reply.operation === 'channelClosed') {
      heard.ends.push(`channel closed ${reply.code} ${closeText(reply.text)}`);
      this.#channels.delete(place);
    }
  }

  /** A third client looks: one that asks for what is not there, or for what is another's own, loses its channel. */
  #queues(): Record<string, string> {
    const counts: Record<string, string> = {};
    for (const name of QUEUES) {
      const [answer] = this.#observer.say({ operation: 'queueDeclare', name, passive: true });
      if (answer?.operation === 'methodOk') counts[name] = countsLine(answer.messages ?? 0, this.#quorum.has(name) ? null : (answer.consumers ?? 0));
      else this.#observer.sayAll([{ operation: 'channelCloseOk' }, { operation: 'channelOpen' }]);
    }
    return counts;
  }
}

const placeOf = ({ connection, channel }: Operation): string => `${'AB'[connection]}/${channel}`;

/** One line for each publish that is confirmed. */
export function noteConfirm(heard: Heard, confirmed: Set<number>, tag: number, multiple: boolean, isAck: boolean): void {
  const tags = multiple ? Array.from({ length: tag }, (_, index) => index + 1).filter((one) => !confirmed.has(one)) : [tag];
  for (const one of tags) {
    heard.publishes.push(`confirm ${isAck ? 'ack' : 'nack'} ${one}${confirmed.has(one) ? ' again' : ''}`);
    confirmed.add(one);
  }
}

function lineOf({ consumerTag, deliveryTag, body, redelivered, envelope, returns }: Deliver): string {
  const { exchange, keys, priority, expirationMicros, headers, deaths, firstDeath } = envelope;
  const millis = (micros: number | null | undefined): string | null => (micros === null || micros === undefined ? null : String(micros / MILLI));
  return deliveryLine({
    consumer: consumerTag, tag: deliveryTag, body: new TextDecoder().decode(body), redelivered, exchange, keys, priority, expiration: millis(expirationMicros), headers,
    deaths: deaths.map((death) => ({ ...death, expiration: millis(death.originalExpirationMicros) })),
    firstDeath: firstDeath === null ? null : `${firstDeath.queue}/${firstDeath.reason}/${firstDeath.exchange}`,
    deliveryCount: returns ?? 0,
  });
}
