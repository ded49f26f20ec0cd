import { ChannelOperator, type Host, type Operating, type OperatorAction, OperatorClient, type RetryPolicy, type TimerHandle } from '../../engine/index.js';
import { EventKind, type EventSink, type NameId, Operation } from '../../history/index.js';

/** When an operator does something: at a time, or so long after the alert. */
export type ActionTime = { readonly kind: 'at' | 'afterAlert'; readonly micros: number };

export interface PlannedAction {
  readonly time: ActionTime;
  readonly action: OperatorAction;
}

/** Who looks after the queues. */
export interface OperatorSettings {
  readonly name: string;
  /** It reads how many messages wait in a queue, every so often, and raises an alert at `atLeast`. Null: it watches nothing. */
  readonly watch: { readonly queue: string; readonly atLeast: number; readonly everyMicros: number } | null;
  readonly actions: readonly PlannedAction[];
  readonly retry: RetryPolicy;
}

/** A queue held as many messages as it must not. */
export interface Alert {
  readonly atMicros: number;
  readonly operator: string;
  readonly queue: string;
  readonly depth: number;
}

export interface PerformedAction {
  readonly atMicros: number;
  readonly operator: string;
  readonly action: OperatorAction['kind'];
  readonly queue: string;
  /** `ok`, the code of the error, or `unknown`; `unanswered` until then. */
  outcome: string;
}

/** What operators saw and did in a run, in the order of time. */
export interface OperatorLog {
  readonly alerts: Alert[];
  readonly actions: PerformedAction[];
}

export interface OperatorContext {
  readonly log: OperatorLog;
  readonly sink: EventSink;
  readonly address: string;
  /** Whether the broker does, and hears requests no more. */
  readonly speaksInChannels: boolean;
  /** True time, read as a field. */
  readonly time: { readonly now: number };
}

/**
 * An operator: watches the depth of a queue, raises an alert when it is too much, once until it is less again, and does what is planned. What was
 * due while its machine was down is done when it is up again; an alert is not forgotten.
 */
export class OperatorWorkload {
  readonly settings: OperatorSettings;
  readonly #context: OperatorContext;
  readonly #planned: PlannedAction[];
  #client: Operating | null = null;
  #timer: TimerHandle | null = null;
  #nextLookMicros = Infinity;
  #firstAlertMicros: number | null = null;
  /** Actions without an outcome; a crash forgets them. */
  #performing = 0;
  #isAlerted = false;

  constructor(settings: OperatorSettings, context: OperatorContext) {
    this.settings = settings;
    this.#context = context;
    this.#planned = [...settings.actions];
    if (settings.watch !== null) this.#nextLookMicros = settings.watch.everyMicros;
  }

  boot(host: Host): void {
    const { name, retry, watch } = this.settings;
    const queues = [...new Set([...this.settings.actions.map(({ action }) => action.queue), ...(watch === null ? [] : [watch.queue])])];
    const options = { host, name, address: this.#context.address, retry, queues };
    this.#client = this.#context.speaksInChannels ? new ChannelOperator({ sink: this.#context.sink, ...options }) : new OperatorClient(options);
    this.#timer = host.timers.create(() => this.#tick());
    this.#armNext();
  }

  crash(): void {
    this.#client = null;
    this.#timer = null;
    this.#performing = 0;
  }

  /** No action is under way, and none is planned but those that wait for an alert that was not raised. A look at a queue is no action. */
  get isDone(): boolean {
    return this.#performing === 0 && this.#planned.every((planned) => this.#dueMicros(planned) === Infinity);
  }

  #tick(): void {
    const { now } = this.#context.time;
    const due = this.#planned.filter((planned) => this.#dueMicros(planned) <= now);
    for (const planned of due) {
      this.#planned.splice(this.#planned.indexOf(planned), 1);
      this.#perform(planned.action);
    }
    if (this.#nextLookMicros <= now) this.#look(now);
    this.#armNext();
  }

  #perform(action: OperatorAction): void {
    const performed: PerformedAction = { atMicros: this.#context.time.now, operator: this.settings.name, action: action.kind, queue: action.queue, outcome: 'unanswered' };
    this.#context.log.actions.push(performed);
    this.#tell(EventKind.operateInvoke, action.queue, Operation[action.kind], 0);
    if (this.#client === null) return;
    this.#performing++;
    this.#client.perform(action, (outcome) => {
      this.#performing--;
      performed.outcome = outcome;
      this.#tell(EventKind.operateEnd, action.queue, Operation[action.kind], this.#context.sink.name(outcome));
    });
  }

  #look(now: number): void {
    const { queue, everyMicros } = this.settings.watch!;
    this.#nextLookMicros = now + everyMicros;
    this.#client?.readDepth(queue, (depth) => {
      if (depth !== null) this.#onDepth(depth);
    });
  }

  #onDepth(depth: number): void {
    const { queue, atLeast } = this.settings.watch!;
    const wasAlerted = this.#isAlerted;
    this.#isAlerted = depth >= atLeast;
    if (!this.#isAlerted || wasAlerted) return;
    const atMicros = this.#context.time.now;
    this.#firstAlertMicros ??= atMicros;
    this.#context.log.alerts.push({ atMicros, operator: this.settings.name, queue, depth });
    this.#tell(EventKind.alert, queue, depth, 0);
    this.#armNext();
  }

  #tell(kind: EventKind, queue: string, a: number, b: NameId): void {
    const { sink } = this.#context;
    sink.emit(kind, sink.name(this.settings.name), 0, sink.name(queue), 0, 0, a, b, 0);
  }

  #dueMicros({ time }: PlannedAction): number {
    if (time.kind === 'at') return time.micros;
    return this.#firstAlertMicros === null ? Infinity : this.#firstAlertMicros + time.micros;
  }

  #armNext(): void {
    const next = Math.min(this.#nextLookMicros, ...this.#planned.map((planned) => this.#dueMicros(planned)));
    if (next !== Infinity) this.#timer?.arm(Math.max(0, next - this.#context.time.now));
  }
}
