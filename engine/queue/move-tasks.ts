import type { ClockPort, TimerHandle, TimerPort } from '../host.js';
import type { Journal } from './journal.js';
import { NONE } from './links.js';
import type { Queue } from './queue.js';
import type { MoveTaskState } from './move-task-state.js';
import type { QueueRegistry } from './registry.js';

export type MoveTaskStatus = 'running' | 'cancelling' | 'completed' | 'cancelled' | 'failed';

export interface MoveTask {
  readonly state: MoveTaskState;
  readonly status: MoveTaskStatus;
  /** Why it failed; null otherwise. */
  readonly failure: MoveTaskFailure | null;
}

/** Nobody knows where a message came from; the queue to move to is gone; or it took longer than a task may. */
export type MoveTaskFailure = 'originUnknown' | 'destinationGone' | 'tookTooLong';

/** What tasks need of the node. */
export interface MoveTaskHost {
  readonly clock: ClockPort;
  readonly timers: TimerPort;
  readonly registry: QueueRegistry;
  readonly journal: Journal;
  /** A task runs no longer than this after its start, by the wall clock. */
  readonly longestMicros: number;
  /** By number. */
  queueAt(number: number): Queue;
  /** Messages may have become ready: waiting polls can be served now. */
  onTicked(): void;
}

/** Ended tasks that are remembered, over all queues. */
const REMEMBERED = 100;
const MICROS_PER_SECOND = 1_000_000;

/**
 * Message move tasks: they carry the ready messages of a dead-letter queue back to where they came from, or elsewhere, one at a
 * time at a settable rate. A moved message is a new one. A running task is in the journal and goes on after a restart, with
 * what it had moved; ended tasks are remembered until the restart.
 *
 * | state ╲ event | tick | no ready message, or all moved | cancel | origin unknown | destination gone | runs too long |
 * | ------------- | ------- | --------- | ---------- | ------ | ------ | ------ |
 * | running       | running | completed | cancelling | failed | failed | failed |
 * | cancelling    | cancelled | –       | –          | –      | –      | –      |
 * | others        | –       | –         | –          | –      | –      | –      |
 *
 * A task that is being cancelled moves nothing more, a restart does not bring it back, and its source is free for another one when the time
 * of its next move has come.
 */
export class MoveTasks {
  readonly #host: MoveTaskHost;
  readonly #running: RunningTask[] = [];
  readonly #ended: MoveTask[] = [];

  constructor(host: MoveTaskHost) {
    this.#host = host;
  }

  /** Goes on with what recovery found. */
  resume(): void {
    for (const state of this.#host.registry.tasks) this.#run(state);
  }

  get runningCount(): number {
    return this.#running.length;
  }

  isRunningOn(source: number): boolean {
    return this.#running.some((task) => task.state.source === source);
  }

  /** Starts a task and returns its id. `destination` 0: where each message came from. */
  start(source: Queue, destination: number, ratePerSecond: number): number {
    const { registry, journal, clock } = this.#host;
    const id = ++registry.lastTask;
    const start = { source: source.state.number, destination, ratePerSecond, toMove: source.state.readyCount, startedWall: clock.wallMicros() };
    const state = { id, ...start, moved: 0 };
    journal.taskStart(id, start);
    registry.tasks.push(state);
    this.#run(state);
    return id;
  }

  /** Messages moved so far; null when no such task is running. What was moved stays moved. */
  cancel(id: number): number | null {
    const task = this.#running.find((candidate) => candidate.state.id === id && !candidate.isCancelling);
    if (task === undefined) return null;
    task.isCancelling = true;
    this.#forget(task.state);
    return task.state.moved;
  }

  /** Tasks of one source, newest first. */
  list(source: number): readonly MoveTask[] {
    const running: MoveTask[] = this.#running.map(({ state, isCancelling }) => ({ state, status: isCancelling ? 'cancelling' : 'running', failure: null }));
    return [...this.#ended, ...running]
      .filter((task) => task.state.source === source)
      .sort((left, right) => right.state.id - left.state.id);
  }

  stop(): void {
    for (const task of this.#running) task.timer.disarm();
  }

  #run(state: MoveTaskState): void {
    const task: RunningTask = { state, timer: this.#host.timers.create(() => this.#tick(task)), isCancelling: false };
    this.#running.push(task);
    task.timer.arm(0);
  }

  #tick(task: RunningTask): void {
    if (task.isCancelling) return this.#finish(task, 'cancelled', null);
    const source = this.#host.queueAt(task.state.source);
    const now = this.#host.clock.monotonicMicros();
    source.catchUp(now);
    this.#moveNext(task, source, now);
    this.#host.onTicked();
  }

  #moveNext(task: RunningTask, source: Queue, now: number): void {
    const { state } = task;
    const slot = source.state.firstReady;
    if (this.#host.clock.wallMicros() - state.startedWall >= this.#host.longestMicros) return this.#end(task, 'failed', 'tookTooLong');
    if (slot === NONE || state.moved >= state.toMove) return this.#end(task, 'completed', null);
    const destination = state.destination === 0 ? (this.#host.registry.store.origin[slot] as number) : state.destination;
    if (destination === 0) return this.#end(task, 'failed', 'originUnknown');
    const target = this.#host.queueAt(destination);
    if (target.state.isDeleted) return this.#end(task, 'failed', 'destinationGone');
    source.redriveFirst(target, state.id, now);
    state.moved++;
    task.timer.arm(Math.ceil(MICROS_PER_SECOND / state.ratePerSecond));
  }

  #end(task: RunningTask, status: MoveTaskStatus, failure: MoveTaskFailure | null): void {
    this.#forget(task.state);
    this.#finish(task, status, failure);
  }

  /** A restart does not go on with it. */
  #forget(state: MoveTaskState): void {
    const { tasks } = this.#host.registry;
    this.#host.journal.taskEnd(state.id);
    tasks.splice(tasks.indexOf(state), 1);
  }

  #finish(task: RunningTask, status: MoveTaskStatus, failure: MoveTaskFailure | null): void {
    task.timer.disarm();
    this.#running.splice(this.#running.indexOf(task), 1);
    this.#ended.push({ state: task.state, status, failure });
    if (this.#ended.length > REMEMBERED) this.#ended.shift();
  }
}

interface RunningTask {
  readonly state: MoveTaskState;
  readonly timer: TimerHandle;
  isCancelling: boolean;
}
