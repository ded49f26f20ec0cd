import { sameSettings } from '../queue/index.js';
import type { BrokerNode } from './node.js';
import type {
  CancelMessageMoveTaskRequest, CreateQueueRequest, GetQueueAttributesRequest, ListMessageMoveTasksRequest, PurgeQueueRequest,
  StartMessageMoveTaskRequest,
} from './protocol.js';
import type { ServedQueue } from './served-queue.js';
import type { Session } from './session.js';
import { badSetting, isWithin } from './settings-check.js';
import { REPLY_BYTES } from './wire-size.js';

/** Queues as a whole: CreateQueue, GetQueueAttributes, PurgeQueue, and message move tasks. */
export class AdminOperations {
  readonly #node: BrokerNode;

  constructor(node: BrokerNode) {
    this.#node = node;
  }

  createQueue(session: Session, request: CreateQueueRequest): void {
    const { requestId, name } = request;
    const { config, queues } = this.#node;
    if (!config.queueLimits.queueName.test(name)) return this.#node.refuse(session, requestId, 'invalidQueueName', name);
    const settings = { ...config.queueDefaults, ...request.settings };
    const bad = badSetting(name, settings, config.queueLimits);
    if (bad !== null) return this.#node.refuse(session, requestId, 'invalidAttributeValue', bad);
    if (settings.deadLetter !== null && queues.find(settings.deadLetter.queue) === null) {
      return this.#node.refuse(session, requestId, 'invalidAttributeValue', 'deadLetter');
    }
    const known = queues.find(name);
    if (known === null && queues.count >= config.limits.maxQueues) return this.#node.refuse(session, requestId, 'tooManyQueues');
    if (known !== null && !sameSettings(known.state.settings, settings)) {
      return this.#node.refuse(session, requestId, 'queueNameExists', name);
    }
    if (known === null) queues.declare(name, settings);
    this.#node.reply(session, { operation: 'createQueueReply', requestId }, REPLY_BYTES);
  }

  getQueueAttributes(session: Session, request: GetQueueAttributesRequest, served: ServedQueue): void {
    const { settings, readyCount, leasedCount, delayedCount } = served.queue.state;
    this.#node.reply(session, {
      operation: 'getQueueAttributesReply', requestId: request.requestId, settings,
      ready: readyCount, leased: leasedCount, delayed: delayedCount,
    }, REPLY_BYTES);
  }

  purgeQueue(session: Session, request: PurgeQueueRequest, served: ServedQueue, now: number): void {
    const { requestId } = request;
    if (now - served.purgedAt < this.#node.config.queueLimits.purgeEveryMicros) {
      return this.#node.refuse(session, requestId, 'purgeInProgress', served.queue.state.name);
    }
    served.purgedAt = now;
    served.queue.purge();
    this.#node.reply(session, { operation: 'purgeQueueReply', requestId }, REPLY_BYTES);
  }

  startMessageMoveTask(session: Session, request: StartMessageMoveTaskRequest): void {
    const { requestId, destination } = request;
    const { queues, config } = this.#node;
    const source = queues.find(request.source);
    const target = destination === null ? null : queues.find(destination);
    if (source === null || (destination !== null && target === null)) return this.#node.refuse(session, requestId, 'queueDoesNotExist');
    if (!queues.isDeadLetterQueue(request.source)) return this.#node.refuse(session, requestId, 'notADeadLetterQueue');
    const { moveTaskRatePerSecond } = config.queueLimits;
    const rate = request.maxMessagesPerSecond ?? moveTaskRatePerSecond.max;
    if (!isWithin(rate, moveTaskRatePerSecond)) return this.#node.refuse(session, requestId, 'invalidRate', rate);
    if (queues.tasks.isRunningOn(source.state.number)) return this.#node.refuse(session, requestId, 'taskRunning');
    const taskId = queues.tasks.start(source, target === null ? 0 : target.state.number, rate);
    this.#node.reply(session, { operation: 'startMessageMoveTaskReply', requestId, taskId }, REPLY_BYTES);
  }

  cancelMessageMoveTask(session: Session, request: CancelMessageMoveTaskRequest): void {
    const { requestId, taskId } = request;
    const movedMessages = this.#node.queues.tasks.cancel(taskId);
    if (movedMessages === null) return this.#node.refuse(session, requestId, 'taskDoesNotExist', taskId);
    this.#node.reply(session, { operation: 'cancelMessageMoveTaskReply', requestId, movedMessages }, REPLY_BYTES);
  }

  listMessageMoveTasks(session: Session, request: ListMessageMoveTasksRequest): void {
    const { requestId } = request;
    const { queues, config } = this.#node;
    const source = queues.find(request.source);
    if (source === null) return this.#node.refuse(session, requestId, 'queueDoesNotExist');
    const nameOf = (number: number) => (number === 0 ? null : queues.registry.at(number).name);
    const tasks = queues.tasks.list(source.state.number).slice(0, config.queueLimits.listedMoveTasks).map((task) => ({
      taskId: task.state.id, status: task.status, source: request.source, destination: nameOf(task.state.destination),
      movedMessages: task.state.moved, failureReason: task.failureReason,
    }));
    this.#node.reply(session, { operation: 'listMessageMoveTasksReply', requestId, tasks }, REPLY_BYTES);
  }
}
