import type { QueueSettings } from '../queue/index.js';
import type {
  CreateQueueRequest, DeleteQueueRequest, GetQueueAttributesRequest, ListDeadLetterSourcesRequest, ListQueuesRequest, PageRequest,
  PurgeQueueRequest, SetQueueAttributesRequest,
} from './admin-protocol.js';
import type { BrokerNode } from './node.js';
import { differsFrom, wrongDeadLetterQueue, wrongName, wrongSettings } from './queue-rules.js';
import { readAttributes } from './read-attributes.js';
import { type Refusal, refusal } from './refusal.js';
import type { ServedQueue } from './served-queue.js';
import type { Session } from './session.js';
import { REPLY_BYTES, REPLY_ENTRY_BYTES } from './wire-size.js';
import { isUnknown, writeAttributes } from './write-attributes.js';

/** Queues as a whole: CreateQueue, DeleteQueue, ListQueues, GetQueueAttributes, SetQueueAttributes, PurgeQueue, ListDeadLetterSourceQueues. */
export class QueueOperations {
  readonly #node: BrokerNode;

  constructor(node: BrokerNode) {
    this.#node = node;
  }

  createQueue(session: Session, request: CreateQueueRequest): void {
    const { requestId, name } = request;
    const refused = this.#create(name, request);
    if (refused === null) this.#node.reply(session, { operation: 'createQueueReply', requestId }, REPLY_BYTES);
    else this.#node.refuse(session, requestId, refused.kind, refused.detail);
  }

  #create(name: string, { settings: typed, attributes = {} }: CreateQueueRequest): Refusal | null {
    const { config, queues } = this.#node;
    const read = readAttributes(attributes, config.attributes, null);
    if ('refusal' in read) return read.refusal;
    const asked = { ...typed, ...read.settings };
    const settings: QueueSettings = { ...config.queueDefaults, ...asked };
    const wrong = wrongName(name, settings.kind, config) ?? wrongSettings(name, settings, config);
    if (wrong !== null) return wrong;
    const known = queues.find(name);
    if (this.#node.removals.isDeleting(name)) return refusal('queueDeletedRecently', name);
    if (known !== null) return differsFrom(known.state.settings, asked, config);
    const refused = wrongDeadLetterQueue(name, settings, queues, config) ?? this.#tooSoonOrTooMany(name);
    if (refused === null) queues.declare(name, settings);
    return refused;
  }

  #tooSoonOrTooMany(name: string): Refusal | null {
    const { config, queues, host } = this.#node;
    const age = host.clock.wallMicros() - queues.deletedWallOf(name);
    if (age >= 0 && age < config.queueLimits.recreateAfterMicros) return refusal('queueDeletedRecently', name);
    return queues.count >= config.limits.maxQueues ? refusal('tooManyQueues') : null;
  }

  deleteQueue(session: Session, request: DeleteQueueRequest, served: ServedQueue, now: number): void {
    this.#node.removals.ask('delete', served, now);
    this.#node.reply(session, { operation: 'deleteQueueReply', requestId: request.requestId }, REPLY_BYTES);
  }

  listQueues(session: Session, request: ListQueuesRequest): void {
    const { requestId, prefix, page } = request;
    const names = this.#node.queues.names.filter((name) => name.startsWith(prefix));
    const listed = this.#page(names, page);
    if ('detail' in listed) return this.#node.refuse(session, requestId, listed.kind, listed.detail);
    this.#node.reply(session, { operation: 'listQueuesReply', requestId, ...listed }, REPLY_BYTES + REPLY_ENTRY_BYTES * listed.names.length);
  }

  listDeadLetterSources(session: Session, request: ListDeadLetterSourcesRequest, served: ServedQueue): void {
    const { requestId, page } = request;
    const listed = this.#page(this.#node.queues.sourcesOf(served.queue.state.name), page);
    if ('detail' in listed) return this.#node.refuse(session, requestId, listed.kind, listed.detail);
    this.#node.reply(session, { operation: 'listDeadLetterSourcesReply', requestId, ...listed }, REPLY_BYTES + REPLY_ENTRY_BYTES * listed.names.length);
  }

  /** A page goes on behind the name that the last one ended with, so that queues that come and go meanwhile do no harm. */
  #page(names: readonly string[], { maxResults, from }: PageRequest): { readonly names: readonly string[]; readonly next: string | null } | Refusal {
    const { maxListed } = this.#node.config.queueLimits;
    const size = maxResults ?? maxListed;
    if (!(Number.isInteger(size) && size >= 1 && size <= maxListed)) return refusal('invalidMaxResults', size);
    if (from !== null && maxResults === null) return refusal('invalidPage', from);
    const rest = from === null ? names : names.filter((name) => name > from);
    const listed = rest.slice(0, size);
    const hasMore = maxResults !== null && rest.length > size;
    return { names: listed, next: hasMore ? (listed[listed.length - 1] as string) : null };
  }

  getQueueAttributes(session: Session, request: GetQueueAttributesRequest, served: ServedQueue, now: number): void {
    const { requestId, names = [] } = request;
    const { state } = served.queue;
    const counts = served.counts(now);
    const attributes = writeAttributes(state, counts, names, this.#node.config.attributes);
    if (isUnknown(attributes)) return this.#node.refuse(session, requestId, 'unknownAttribute', attributes.unknown);
    this.#node.reply(session, { operation: 'getQueueAttributesReply', requestId, settings: state.settings, ...counts, attributes }, REPLY_BYTES);
  }

  setQueueAttributes(session: Session, request: SetQueueAttributesRequest, served: ServedQueue, now: number): void {
    const { requestId, attributes } = request;
    const { config, queues, changes } = this.#node;
    const { state } = served.queue;
    const { name } = state;
    const old = changes.settingsToBe(state);
    const read = readAttributes(attributes, config.attributes, old.kind);
    if ('refusal' in read) return this.#node.refuse(session, requestId, read.refusal.kind, read.refusal.detail);
    const settings: QueueSettings = { ...old, ...read.settings };
    const refused = wrongSettings(name, settings, config) ?? (read.settings.deadLetter === undefined ? null : wrongDeadLetterQueue(name, settings, queues, config));
    if (refused !== null) return this.#node.refuse(session, requestId, refused.kind, refused.detail);
    changes.ask(state, read.settings, now);
    this.#node.reply(session, { operation: 'setQueueAttributesReply', requestId }, REPLY_BYTES);
  }

  purgeQueue(session: Session, request: PurgeQueueRequest, served: ServedQueue, now: number): void {
    const { requestId } = request;
    if (now - served.purgedAt < this.#node.config.queueLimits.purgeEveryMicros) {
      return this.#node.refuse(session, requestId, 'purgeInProgress', served.queue.state.name);
    }
    served.purgedAt = now;
    this.#node.removals.ask('purge', served, now);
    this.#node.reply(session, { operation: 'purgeQueueReply', requestId }, REPLY_BYTES);
  }
}
