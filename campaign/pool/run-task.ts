import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { RunFaultError } from './errors.js';
import type { RunJob, RunReply } from './job.js';
import type { ParcelledJobs, ParcelledReply } from './worker.js';

/** A job that was given, and who waits for it. */
export interface Waiting {
  readonly job: RunJob;
  readonly resolve: (reply: RunReply) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Jobs that go to a worker in one. It leaves the reply to each in a channel as soon as it has it, which wakes nobody; they are taken when
 * the task is over, when its worker is lost, or when the pool is stopped.
 */
export class RunTask {
  readonly jobs: readonly Waiting[];
  readonly #ownEnd: MessagePort;
  readonly workersEnd: MessagePort;
  #answered = 0;

  constructor(jobs: readonly Waiting[]) {
    const { port1, port2 } = new MessageChannel();
    this.jobs = jobs;
    this.#ownEnd = port1;
    this.workersEnd = port2;
  }

  /** As they travel. */
  parcelled(): Omit<ParcelledJobs, 'parcel'> {
    return { jobs: this.jobs.map(({ job: { scenario: _, ...job } }) => job), replies: this.workersEnd };
  }

  /** Hands out the replies that are there. */
  takeReplies(): void {
    for (let next = receiveMessageOnPort(this.#ownEnd); next !== undefined; next = receiveMessageOnPort(this.#ownEnd)) {
      answer(this.jobs[this.#answered++]!, next.message as ParcelledReply);
    }
  }

  /** Those without a reply so far. */
  unanswered(): readonly Waiting[] {
    return this.jobs.slice(this.#answered);
  }

  close(): void {
    this.#ownEnd.close();
  }
}

function answer({ job: { scenario: { file }, seed }, resolve, reject }: Waiting, reply: ParcelledReply): void {
  if ('reply' in reply) resolve(reply.reply);
  else reject(new RunFaultError('threw', { scenario: file, seed, cause: reply.thrown }));
}
