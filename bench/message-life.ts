import { EventKind, type EventSink } from '../history/index.js';

/** Emits the whole lives of messages, overlapping, as a queue that keeps up makes them: the load of the history benchmarks. */
export class MessageLife {
  /** The time that the recorder reads. */
  readonly time = { now: 0 };
  #message = 0;

  /** Events of one message. */
  static readonly events = 11;

  /** Emits `messages` lives, of which `inFlight` overlap at any time. */
  emit(sink: EventSink, messages: number, inFlight: number): void {
    const producer = sink.name('producer');
    const broker = sink.name('broker');
    const consumer = sink.name('consumer');
    const jobs = sink.name('jobs');
    const first = this.#message + 1;
    for (let i = 0; i < messages + inFlight; i++) {
      this.time.now += 4;
      if (i < messages) {
        const message = ++this.#message;
        sink.emit(EventKind.sendInvoke, producer, 0, jobs, message, 0, this.time.now - 1, message ^ 0x5bd1e995, 64);
        sink.emit(EventKind.accept, broker, 0, jobs, message, message, 0, 64, 0);
        sink.emit(EventKind.sendOk, producer, 0, jobs, message, 0, 1, 0, 0);
      }
      const served = first + i - inFlight;
      if (served >= first) this.#serve(sink, served, broker, consumer, jobs);
    }
  }

  #serve(sink: EventSink, message: number, broker: number, consumer: number, jobs: number): void {
    const handle = message * 1_048_576 + 1;
    sink.emit(EventKind.leaseGrant, broker, consumer, jobs, message, message, handle, 1, 30_000_000);
    sink.emit(EventKind.deliver, consumer, 0, jobs, message, message, handle, 1, message ^ 0x5bd1e995);
    sink.emit(EventKind.handleStart, consumer, 0, jobs, message, message, handle, 1, 0);
    this.time.now += 1;
    sink.emit(EventKind.effect, consumer, 0, jobs, message, message, handle, 1, 0);
    sink.emit(EventKind.handleEnd, consumer, 0, jobs, message, message, handle, 0, 0);
    sink.emit(EventKind.ackInvoke, consumer, 0, jobs, message, message, handle, 0, 0);
    sink.emit(EventKind.settle, broker, consumer, jobs, message, message, handle, 0, 0);
    sink.emit(EventKind.ackOk, consumer, 0, jobs, message, message, handle, 0, 0);
  }
}
