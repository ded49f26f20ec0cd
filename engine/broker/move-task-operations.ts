import type { MoveTask } from '../queue/index.js';
import type {
  CancelMessageMoveTaskRequest, ListMessageMoveTasksRequest, MoveTaskView, StartMessageMoveTaskRequest,
} from './admin-protocol.js';
import type { ErrorKind } from './errors.js';
import type { BrokerNode } from './node.js';
import type { Session } from './session.js';
import { isWithin } from './settings-check.js';
import { REPLY_BYTES } from './wire-size.js';

const FAILURES: Readonly<Record<NonNullable<MoveTask['failure']>, ErrorKind>> = {
  originUnknown: 'moveOriginUnknown',
  destinationGone: 'moveDestinationGone',
  tookTooLong: 'moveTookTooLong',
};

/** Redrive: StartMessageMoveTask, CancelMessageMoveTask, ListMessageMoveTasks. */
export class MoveTaskOperations {
  readonly #node: BrokerNode;

  constructor(node: BrokerNode) {
    this.#node = node;
  }

  start(session: Session, request: StartMessageMoveTaskRequest): void {
    const { requestId, destination } = request;
    const { queues, config } = this.#node;
    const source = queues.find(request.source);
    const target = destination === null ? null : queues.find(destination);
    if (source === null) return this.#node.refuse(session, requestId, 'moveSourceUnknown', request.source);
    if (destination !== null && target === null) return this.#node.refuse(session, requestId, 'moveDestinationUnknown', destination);
    if (!queues.isDeadLetterQueue(request.source)) return this.#node.refuse(session, requestId, 'notADeadLetterQueue');
    const { moveTaskRatePerSecond, maxMoveTasks } = config.queueLimits;
    const rate = request.maxMessagesPerSecond ?? moveTaskRatePerSecond.max;
    if (!isWithin(rate, moveTaskRatePerSecond)) return this.#node.refuse(session, requestId, 'invalidRate', rate);
    if (target !== null && target.state.settings.kind !== source.state.settings.kind) {
      return this.#node.refuse(session, requestId, 'moveKindDiffers');
    }
    if (queues.tasks.isRunningOn(source.state.number)) return this.#node.refuse(session, requestId, 'taskRunning');
    if (queues.tasks.runningCount >= maxMoveTasks) return this.#node.refuse(session, requestId, 'tooManyTasks', maxMoveTasks);
    const taskId = queues.tasks.start(source, target === null ? 0 : target.state.number, rate);
    this.#node.reply(session, { operation: 'startMessageMoveTaskReply', requestId, taskId }, REPLY_BYTES);
  }

  cancel(session: Session, request: CancelMessageMoveTaskRequest): void {
    const { requestId, taskId } = request;
    const movedMessages = this.#node.queues.tasks.cancel(taskId);
    if (movedMessages === null) return this.#node.refuse(session, requestId, 'taskDoesNotExist', taskId);
    this.#node.reply(session, { operation: 'cancelMessageMoveTaskReply', requestId, movedMessages }, REPLY_BYTES);
  }

  list(session: Session, request: ListMessageMoveTasksRequest): void {
    const { requestId } = request;
    const { queues, config } = this.#node;
    const { listedMoveTasks } = config.queueLimits;
    // SQS: the newest alone, when nothing is said.
    const maxResults = request.maxResults ?? listedMoveTasks.min;
    const source = queues.find(request.source);
    if (source === null) return this.#node.refuse(session, requestId, 'moveSourceUnknown', request.source);
    if (!isWithin(maxResults, listedMoveTasks)) return this.#node.refuse(session, requestId, 'invalidMaxResults', maxResults);
    const tasks = queues.tasks.list(source.state.number).slice(0, maxResults).map((task) => this.#view(task));
    this.#node.reply(session, { operation: 'listMessageMoveTasksReply', requestId, tasks }, REPLY_BYTES);
  }

  #view({ state, status, failure }: MoveTask): MoveTaskView {
    const { registry } = this.#node.queues;
    return {
      taskId: state.id, status, source: registry.at(state.source).name, destination: state.destination === 0 ? null : registry.at(state.destination).name,
      movedMessages: state.moved, toMove: state.toMove, maxMessagesPerSecond: state.ratePerSecond, startedWallMicros: state.startedWall,
      failureReason: failure === null ? null : this.#node.config.errors[FAILURES[failure]].code,
    };
  }
}
