import { MoveTaskOperations } from './move-task-operations.js';
import type { BrokerNode } from './node.js';
import type { Request } from './protocol.js';
import { QueueOperations } from './queue-operations.js';
import { ReceiveOperation } from './receive-operation.js';
import { SendOperations } from './send-operations.js';
import type { ServedQueue } from './served-queue.js';
import type { Session } from './session.js';
import { SettleOperations } from './settle-operations.js';

/** Requests about one queue's messages, which name the queue by the session's number. */
type QueueRequest = Extract<Request, { readonly queue: number; readonly requestId: number }>;

/** Takes a request to the operation that carries it out. */
export class Dispatcher {
  readonly #node: BrokerNode;
  readonly #sends: SendOperations;
  readonly #receive: ReceiveOperation;
  readonly #settles: SettleOperations;
  readonly #queues: QueueOperations;
  readonly #moveTasks: MoveTaskOperations;

  constructor(node: BrokerNode) {
    this.#node = node;
    this.#sends = new SendOperations(node);
    this.#receive = new ReceiveOperation(node);
    this.#settles = new SettleOperations(node);
    this.#queues = new QueueOperations(node);
    this.#moveTasks = new MoveTaskOperations(node);
  }

  dispatch(session: Session, request: Request): void {
    const { operation } = request;
    if (operation === 'hello') {
      session.client = this.#node.sink.name(request.client);
      return;
    }
    if (operation === 'openQueue') return session.openQueue(request.queue, request.name);
    // To have been heard is all.
    if (operation === 'keepAlive') return;
    if (this.#node.isOverloaded()) return this.#node.refuse(session, request.requestId, 'overloaded');
    switch (operation) {
      case 'createQueue': this.#queues.createQueue(session, request); break;
      case 'listQueues': this.#queues.listQueues(session, request); break;
      case 'startMessageMoveTask': this.#moveTasks.start(session, request); break;
      case 'cancelMessageMoveTask': this.#moveTasks.cancel(session, request); break;
      case 'listMessageMoveTasks': this.#moveTasks.list(session, request); break;
      default: this.#dispatchToQueue(session, request);
    }
    this.#node.servePolls();
  }

  #dispatchToQueue(session: Session, request: QueueRequest): void {
    const served = this.#node.queueOf(session, request.queue);
    if (served === null) this.#node.refuse(session, request.requestId, 'queueDoesNotExist', session.queueName(request.queue));
    else this.#carryOutInQuota(session, request, served, this.#node.host.clock.monotonicMicros());
  }

  #carryOutInQuota(session: Session, request: QueueRequest, served: ServedQueue, now: number): void {
    if (served.quota.admits(request, served.queue.state.settings, now)) this.#carryOut(session, request, served, now);
    else this.#node.refuse(session, request.requestId, 'throttled');
  }

  #carryOut(session: Session, request: QueueRequest, served: ServedQueue, now: number): void {
    switch (request.operation) {
      case 'send': return this.#sends.send(session, request, served, now);
      case 'receive': return this.#receive.receive(session, request, served, now);
      case 'delete': return this.#settles.delete(session, request, served, now);
      case 'sendBatch': return this.#sends.sendBatch(session, request, served, now);
      case 'deleteBatch': return this.#settles.deleteBatch(session, request, served, now);
      case 'changeVisibility': return this.#settles.changeVisibility(session, request, served, now);
      case 'changeVisibilityBatch': return this.#settles.changeVisibilityBatch(session, request, served, now);
      case 'getQueueAttributes': return this.#queues.getQueueAttributes(session, request, served, now);
      case 'setQueueAttributes': return this.#queues.setQueueAttributes(session, request, served, now);
      case 'purgeQueue': return this.#queues.purgeQueue(session, request, served, now);
      case 'deleteQueue': return this.#queues.deleteQueue(session, request, served, now);
      case 'listDeadLetterSources': return this.#queues.listDeadLetterSources(session, request, served);
      default: return this.#refuseUnknown(session, request);
    }
  }

  /** The types know all operations; what comes over a wire need not. */
  #refuseUnknown(session: Session, request: never): void {
    const { requestId, operation } = request as { readonly requestId: number; readonly operation: string };
    this.#node.refuse(session, requestId, 'unknownOperation', operation);
  }
}
