import { CopyState, type NameId } from '../history/index.js';
import { type CountName, type GaugeName, LATENCY_NAMES, type LatencyName } from './catalogue.js';
import { Duplicates } from './duplicates.js';
import { Receives } from './receives.js';
import { Refusals } from './refusals.js';
import { GroupShares } from './group-shares.js';
import { Journeys } from './journeys.js';
import type { LatencyHistogram } from './latency-histogram.js';
import { LatencyRecorder } from './latency-recorder.js';
import { latencyFigures, latencyResult } from './latency-result.js';
import { Parties } from './parties.js';
import { QueueGauges } from './queue-gauges.js';
import { ActiveSpans } from './rates.js';
import { Repeats } from './repeats.js';
import type { Figures, MeasuresResult, QueueResult, SeriesResult } from './result.js';
import { type ConfidenceLevel, type SteadyStateResult, steadyStateResult } from './statistics/index.js';
import { StageSums } from './stage-sums.js';
import { StepCounter } from './step-counter.js';
import { StepGrid } from './step-grid.js';
import { StepLatencies } from './step-latencies.js';

const gaugeStates: Readonly<Record<GaugeName, CopyState>> = {
  backlog: CopyState.ready,
  inFlight: CopyState.leased,
  delayed: CopyState.delayed,
};

export interface InstrumentOptions {
  readonly hasSeries: boolean;
  readonly hasIntervals: boolean;
  /** Whether anything will be asked of a latency. */
  readonly isWanted: (latency: LatencyName) => boolean;
}

/** Everything that is written into while a run goes on, and how it reads at the end. */
export class Instruments {
  readonly grid = new StepGrid();
  readonly gauges: QueueGauges;
  readonly spans = new ActiveSpans();
  readonly latencies: Readonly<Record<LatencyName, LatencyRecorder>>;
  readonly #wanted: readonly LatencyName[];
  readonly sendSteps: StepLatencies;
  readonly sendServiceSteps: StepLatencies;
  readonly endToEndSteps: StepLatencies;
  readonly stages: StageSums;
  readonly journeys: Journeys;
  readonly parties: Parties;
  readonly deliveries = new Repeats();
  readonly attempts = new Repeats();
  readonly groups = new GroupShares();
  readonly causes = new Duplicates();
  readonly refusals = new Refusals();
  readonly receives = new Receives();
  readonly #offered: StepCounter;
  readonly #sent: StepCounter;
  readonly #acknowledged: StepCounter;
  readonly #redeliveries: StepCounter;
  readonly #duplicates: StepCounter;
  readonly #deadLettered: StepCounter;

  constructor({ hasSeries, hasIntervals, isWanted }: InstrumentOptions) {
    const { grid } = this;
    const hasSteps = hasSeries || hasIntervals;
    this.gauges = new QueueGauges(grid, hasSteps);
    this.#wanted = LATENCY_NAMES.filter(isWanted);
    this.latencies = Object.fromEntries(LATENCY_NAMES.map((name) => [name, new LatencyRecorder(grid, hasIntervals, isWanted(name))])) as Record<LatencyName, LatencyRecorder>;
    this.sendSteps = new StepLatencies(grid, hasSeries);
    this.sendServiceSteps = new StepLatencies(grid, hasSeries);
    this.endToEndSteps = new StepLatencies(grid, hasSeries);
    this.stages = new StageSums(grid, hasSeries);
    this.journeys = new Journeys(this.stages);
    this.parties = new Parties(grid, hasSeries);
    this.#offered = new StepCounter(grid, hasSteps);
    this.#sent = new StepCounter(grid, hasSteps);
    this.#acknowledged = new StepCounter(grid, hasSteps);
    this.#redeliveries = new StepCounter(grid, hasSeries);
    this.#duplicates = new StepCounter(grid, hasSeries);
    this.#deadLettered = new StepCounter(grid, hasSeries);
  }

  intended(atMicros: number): void {
    this.#offered.countAt(atMicros);
    this.spans.intended(atMicros);
  }

  sendOk(nowMicros: number): void {
    this.#sent.count();
    this.spans.sendOk(nowMicros);
  }

  acknowledged(nowMicros: number): void {
    this.#acknowledged.count();
    this.spans.acknowledged(nowMicros);
  }

  redelivery(): void {
    this.#redeliveries.count();
  }

  duplicate(): void {
    this.#duplicates.count();
  }

  deadLettered(): void {
    this.#deadLettered.count();
  }

  figures(counts: Readonly<Record<CountName, number>>, nowMicros: number): Figures {
    return {
      counts,
      rates: this.spans.rates(counts),
      latencies: this.#ofLatencies(latencyFigures),
      gauges: Object.fromEntries(
        Object.entries(gaugeStates).map(([name, state]) => [name, { mean: this.gauges.mean(state, nowMicros), max: this.gauges.peak(state) }]),
      ),
    };
  }

  #ofLatencies<T>(read: (histogram: LatencyHistogram) => T): Record<string, T> {
    return Object.fromEntries(this.#wanted.map((name) => [name, read(this.latencies[name].histogram)]));
  }

  result(counts: Readonly<Record<CountName, number>>, nameOf: (id: NameId) => string, nowMicros: number): MeasuresResult {
    return {
      ...this.figures(counts, nowMicros),
      latencies: this.#ofLatencies(latencyResult),
      breakdown: this.stages.result(),
      consumers: this.parties.consumers(nameOf),
      queues: this.#queues(nameOf, nowMicros),
      groups: this.groups.result(nameOf),
      duplicates: this.causes.result(),
      ...this.#refused(nameOf),
      deliveries: this.deliveries.result(),
      attempts: this.attempts.result(),
    };
  }

  /** Left out where nothing was refused. */
  #refused(nameOf: (id: NameId) => string): Pick<MeasuresResult, 'refusals'> {
    const refusals = this.refusals.result(nameOf);
    return refusals.length === 0 ? {} : { refusals };
  }

  #queues(nameOf: (id: NameId) => string, nowMicros: number): QueueResult[] {
    const measured = this.gauges.queueNames();
    return [...this.parties.queues()].map(([id, counts]) => {
      const queue = measured.indexOf(id);
      if (queue === -1) return { name: nameOf(id), ...counts, backlogMean: null, backlogMax: null };
      return {
        name: nameOf(id), ...counts,
        backlogMean: this.gauges.mean(CopyState.ready, nowMicros, queue),
        backlogMax: this.gauges.peak(CopyState.ready, queue),
      };
    });
  }

  steadyState(level: ConfidenceLevel, nowMicros: number): SteadyStateResult {
    const steps = this.grid.step + 1;
    // What the drain does is no steady state: levels and rates are looked at while there is load.
    const loaded = Math.min(steps, Math.floor(this.spans.lastIntendedMicros / this.grid.stepMicros));
    return steadyStateResult({
      level,
      latencies: this.latencies,
      stepMicros: this.grid.stepMicros,
      series: {
        throughput: this.#acknowledged.rates(loaded),
        offered: this.#offered.rates(loaded),
        sendRate: this.#sent.rates(loaded),
        ...Object.fromEntries(Object.entries(gaugeStates).map(([name, state]) => [name, this.gauges.means(steps, state, nowMicros).slice(0, loaded)])),
      },
    });
  }

  series(nameOf: (id: NameId) => string, nowMicros: number): SeriesResult {
    const { stepMicros, step } = this.grid;
    const steps = step + 1;
    return {
      stepMicros,
      atMicros: Array.from({ length: steps }, (_, i) => i * stepMicros),
      values: {
        throughput: this.#acknowledged.rates(steps),
        offered: this.#offered.rates(steps),
        sendRate: this.#sent.rates(steps),
        redeliveries: this.#redeliveries.rates(steps),
        duplicates: this.#duplicates.rates(steps),
        deadLettered: this.#deadLettered.totals(steps),
        ...this.#levels(steps, nameOf, nowMicros),
        ...latencySeries('send', this.sendSteps, steps),
        ...latencySeries('sendService', this.sendServiceSteps, steps),
        ...latencySeries('endToEnd', this.endToEndSteps, steps),
        ...this.stages.series(steps),
        ...this.parties.series(steps, nameOf),
      },
      heat: { endToEnd: this.endToEndSteps.heat(steps), send: this.sendSteps.heat(steps) },
    };
  }

  /** `backlog`, `inFlight`, `delayed`; with two to eight queues also `backlog:jobs` and so on. */
  #levels(steps: number, nameOf: (id: NameId) => string, nowMicros: number): Record<string, number[]> {
    const levels: Record<string, number[]> = {};
    const queues = this.gauges.queueNames();
    for (const [name, state] of Object.entries(gaugeStates)) {
      levels[name] = this.gauges.means(steps, state, nowMicros);
      if (queues.length < 2) continue;
      queues.forEach((id, queue) => {
        levels[`${name}:${nameOf(id)}`] = this.gauges.means(steps, state, nowMicros, queue);
      });
    }
    return levels;
  }
}

function latencySeries(name: string, latencies: StepLatencies, steps: number): Record<string, number[]> {
  return {
    [`${name}P50`]: latencies.percentiles(steps, 50),
    [`${name}P99`]: latencies.percentiles(steps, 99),
    [`${name}Max`]: latencies.maxima(steps),
  };
}
