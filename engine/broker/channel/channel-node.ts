import { type BlockReason, EventKind, type EventSink, type NameId } from '../../../history/index.js';
import { Router, RoutingError } from '../../exchange/index.js';
import type { ClockPort, TimerPort, WireMessage } from '../../host.js';
import type { Mutations } from '../../mutants/index.js';
import type { Envelope, MessageStore, PushListener, PushQueue, Queue, Queues } from '../../queue/index.js';
import type { BrokerNode } from '../node.js';
import type { Session } from '../session.js';
import type { ChannelConfig } from './config.js';
import type { Holder } from './holder.js';
import { CreditFlow } from './credit-flow.js';
import { DurableTopology } from './durable-topology.js';
import { AppliedPolicies } from './applied-policies.js';
import type { Channel } from './channel.js';
import { ChannelConnection, type ConnectionContext } from './connection.js';
import { type ChannelReply, type ChannelRequest, type ClearPolicy, type Hello, METHOD_BYTES, type SetPolicy } from './protocol.js';
import { beginHeartbeat, tune } from './greeting.js';
import { Publishing } from './publishing.js';
import { type Consumer, PushedQueue } from './pushed-queue.js';
import type { KnownArguments } from './queue-arguments.js';
import { QueueExpiry } from './queue-expiry.js';
import { ResourceAlarms } from './resource-alarms.js';
import { Topology } from './topology.js';

/** What the channels of a node share: exchanges, queues with their consumers, and who waits for what. */
export class ChannelNode implements ConnectionContext, PushListener {
  readonly config: ChannelConfig;
  readonly sink: EventSink;
  readonly actor: NameId;
  readonly mutations: Mutations;
  readonly router: Router<PushedQueue>;
  readonly publishing: Publishing;
  readonly topology: Topology;
  readonly #node: BrokerNode;
  readonly #clock: ClockPort;
  readonly #connections = new Map<Session, ChannelConnection>();
  /** Those of them on which publishes are confirmed, in the same order. */
  #confirming: readonly ChannelConnection[] = [];
  /** By queue number. */
  readonly #queues = new Map<number, PushedQueue>();
  readonly #waiting: PushedQueue[] = [];
  /** Queues whose dead letters wait for the journal. */
  readonly #awaiting = new Set<PushQueue>();
  readonly #expiry: QueueExpiry;
  #isServing = false;
  /** Null until recovery is done. */
  #policies: AppliedPolicies | null = null;
  readonly #alarms: ResourceAlarms;
  readonly flow: CreditFlow;

  constructor(node: BrokerNode, config: ChannelConfig) {
    this.#node = node;
    this.config = config;
    this.sink = node.sink;
    this.actor = node.actor;
    this.mutations = node.mutations;
    this.#clock = node.host.clock;
    const { predeclared, reservedPrefix } = config;
    this.router = new Router({ predeclared, reservedPrefix, alternateOf: (exchange) => this.#policies?.alternateOf(exchange) ?? null, mutations: this.mutations });
    this.publishing = new Publishing(this, this.router);
    this.topology = new Topology(this, this.router);
    this.#expiry = new QueueExpiry(node.host.timers, () => this.#queues.values(), () => this.now, node.mutations, (expired) => {
      for (const queue of expired) this.deleteQueue(queue);
      this.pump();
    });
    this.#alarms = new ResourceAlarms(config, node.host, () => this.store.bodyBytes + this.store.size * config.messageOverheadBytes, () => this.#lookAtConnections([...this.#connections.values()]));
    this.flow = new CreditFlow(config.flow, () => this.queues.log);
  }

  /** Recovery is done, and the configuration's queues are there. */
  start(): void {
    for (const name of this.queues.names) this.served(this.queues.find(name)!, null);
    for (const { name, settings } of this.config.exchanges) this.router.declare(name, settings);
    for (const { name, bindings } of this.config.exchanges) {
      for (const binding of bindings) this.router.bind({ source: name, ...binding });
    }
    new DurableTopology(this.router, this.queues).restore();
    this.#policies = new AppliedPolicies(this.queues, this.config, this.defaults);
    for (const queue of this.#queues.values()) this.#begin(queue);
    this.pump();
  }

  get queues(): Queues {
    return this.#node.queues;
  }

  get store(): MessageStore {
    return this.queues.registry.store;
  }

  get defaults(): BrokerNode['config']['queueDefaults'] {
    return this.#node.config.queueDefaults;
  }

  get known(): KnownArguments {
    return { hasDelayedRetry: this.#node.config.queuePolicies.quorum?.push?.hasDelayedRetry === true, consumerTimeout: this.config.queueTimeouts };
  }

  get timers(): TimerPort {
    return this.#node.host.timers;
  }

  /** Monotonic. */
  get now(): number {
    return this.#clock.monotonicMicros();
  }

  get alarm(): BlockReason | null {
    return this.#alarms.reason;
  }

  accept(session: Session): void {
    beginHeartbeat(session, this);
  }

  dispatch(session: Session, request: WireMessage): void {
    const { operation } = request;
    if (operation === 'hello') this.#greet(session, request as Hello);
    else if (operation !== 'heartbeat') (session.channels ?? this.#connect(session)).receive(request as ChannelRequest);
    this.pump();
  }

  #greet(session: Session, hello: Hello): void {
    session.client = this.sink.name(hello.client ?? '');
    tune(session, hello, this.config.heartbeatMicros);
  }

  endSession(session: Session): void {
    this.#connections.get(session)?.end();
    this.#connections.delete(session);
    session.channels = null;
    if (this.#connections.size === 0) this.#alarms.rest();
    this.confirmsBegan();
    this.topology.deleteExclusive(session);
    this.pump();
  }

  onDurable(position: number): void {
    const confirming = this.#confirming;
    for (let index = 0; index < confirming.length; index += 1) confirming[index]!.onDurable(position);
    if (this.#awaiting.size > 0) this.#confirmLetters(position);
    const resumed = this.flow.onDurable(position);
    if (this.flow.tellKept()) this.pump();
    if (resumed.length > 0) this.#lookAtConnections(resumed);
  }

  #confirmLetters(position: number): void {
    for (const push of this.#awaiting) {
      push.onDurable(position);
      if (!push.waitsForJournal) this.#awaiting.delete(push);
    }
    this.pump();
  }

  /** A queue that was created or found is one to push from. */
  served(queue: Queue, owner: Session | null): PushedQueue {
    const { number } = queue.state;
    const known = this.#queues.get(number);
    if (known !== undefined) return known;
    const served = new PushedQueue(queue, queue.push as PushQueue, owner, this.now, this.mutations);
    this.#queues.set(number, served);
    served.push.listen(this);
    this.router.addQueue(served.name, served);
    if (this.#policies !== null) this.#begin(served);
    return served;
  }

  #begin(queue: PushedQueue): void {
    this.#policies?.applyTo(queue);
    queue.push.begin();
    if (queue.push.settings.expiresMicros !== null) this.#expiry.watch();
  }

  /** What RabbitMQ's management interface does. */
  changePolicies(channel: Channel, request: SetPolicy | ClearPolicy): void {
    const policies = this.#policies as AppliedPolicies;
    const mistake = request.operation === 'setPolicy' ? policies.set(request.policy) : policies.clear(request.name, request.isOperator);
    if (mistake !== null) return channel.send({ operation: 'refused', channel: channel.number, method: request.operation, text: mistake });
    for (const queue of this.#queues.values()) policies.applyTo(queue);
    this.#expiry.watch();
    channel.ok(request.operation);
  }

  find(name: string): PushedQueue | null {
    const queue = this.queues.find(name);
    return queue === null ? null : (this.#queues.get(queue.state.number) ?? null);
  }

  /** Its consumers hear that it is gone. */
  deleteQueue(queue: PushedQueue): void {
    const consumers = [...queue.consumers.all];
    this.#queues.delete(queue.queue.state.number);
    this.router.removeQueue(queue.name);
    this.queues.delete(queue.queue);
    for (const consumer of consumers) {
      this.#tell(EventKind.revoke, queue, consumer);
      consumer.channel.lose(consumer);
    }
  }

  consumerBegan(queue: PushedQueue, consumer: Consumer): void {
    queue.consumers.add(consumer);
    this.#tell(EventKind.assign, queue, consumer);
  }

  consumerEnded(queue: PushedQueue, consumer: Consumer): void {
    queue.consumers.remove(consumer);
    queue.usedAt = this.now;
    this.#tell(EventKind.revoke, queue, consumer);
    if (this.#goesWithConsumers(queue)) this.deleteQueue(queue);
    else this.wake(queue);
  }

  #goesWithConsumers({ push, hadConsumers, consumers }: PushedQueue): boolean {
    const { deletedWithFirstConsumer, autoDeleteForgotten } = this.mutations;
    return push.settings.autoDelete && hadConsumers && (consumers.size === 0 || deletedWithFirstConsumer) && !autoDeleteForgotten;
  }

  #tell(kind: typeof EventKind.assign | typeof EventKind.revoke, queue: PushedQueue, { client }: Consumer): void {
    this.sink.emit(kind, this.actor, client, queue.push.nameId, 0, 0, 0, 0, 0);
  }

  /** Messages or room for them may have come. */
  wake(queue: PushedQueue): void {
    if (queue.isWaiting) return;
    queue.isWaiting = true;
    this.#waiting.push(queue);
  }

  onReady(push: PushQueue): void {
    const queue = this.#queues.get(push.state.number);
    if (queue !== undefined) this.wake(queue);
  }

  onTimerDone(): void {
    this.pump();
  }

  onAwait(push: PushQueue): void {
    this.#awaiting.add(push);
  }

  journal(): { readonly next: number; readonly durable: number } {
    const { log } = this.queues;
    return { next: log.nextPosition, durable: log.durablePosition };
  }

  route(exchange: string, envelope: Envelope): readonly PushQueue[] {
    try {
      return this.publishing.route(exchange, envelope).map(({ push }) => push);
    } catch (error) {
      if (error instanceof RoutingError) return [];
      throw error;
    }
  }

  /** Serves the queues for which something has changed. Every operation ends with it. */
  pump(): void {
    if (this.#isServing || this.#waiting.length === 0) return;
    this.#isServing = true;
    const { now } = this;
    for (let queue = this.#waiting.shift(); queue !== undefined; queue = this.#waiting.shift()) {
      queue.isWaiting = false;
      if (!queue.queue.state.isDeleted) queue.serve(now);
    }
    this.#isServing = false;
  }

  confirmsBegan(): void {
    this.#confirming = [...this.#connections.values()].filter(({ confirms }) => confirms);
  }

  /** When everything that was journalled so far is durable. */
  sendWhenDurable(session: Session, message: ChannelReply, sizeBytes = METHOD_BYTES): void {
    this.#node.reply(session, message, sizeBytes);
  }

  stop(): void {
    this.#expiry.stop();
    this.#alarms.rest();
    this.#connections.clear();
    this.#confirming = [];
    this.#waiting.length = 0;
  }

  #connect(session: Session): ChannelConnection {
    const connection = new ChannelConnection(session, this);
    session.channels = connection;
    this.#connections.set(session, connection);
    if (this.#connections.size === 1) this.#alarms.watch();
    return connection;
  }

  /** They may be blocked for another reason, or for none. */
  #lookAtConnections(connections: readonly Holder[]): void {
    for (const connection of connections) connection.look();
    this.pump();
  }
}
