import { EventKind, type History, type NameTable } from '../../history/index.js';
import { Judge } from '../../invariants/index.js';
import { type Figures, Measures, type MeasuresResult, type SteadyStateResult, USUAL_CONFIDENCE } from '../../measures/index.js';
import { KernelError, type KernelErrorCode } from '../../sim/index.js';
import type { Scenario } from '../model.js';
import type { RunOutcome, RunResult } from '../run-result.js';
import { consumedQueues } from './consumed-queues.js';
import { nextCheckMicros } from './check-times.js';
import { chooseDead } from './core.js';
import { contractOf } from './contract.js';
import { Laboratory } from './laboratory.js';
import type { RunOptions, RunProgress } from './options.js';
import { ResourceWatch } from './resources.js';
import { judgeThresholds, outcomeOf } from './outcome.js';
import { buildResult } from './result.js';
import { stuckIn } from './stuck.js';

/** A run is stepped in at least so many slices, for progress and interruption. */
const SLICES = 200;
/** A slice is no shorter than this, so that a short phase does not consist of looks at it. */
const MIN_SLICE_MICROS = 10_000;

/** What ends a run early instead of being a fault of it. */
const LIMITS: ReadonlySet<KernelErrorCode> = new Set(['QL_SIM_EVENT_LIMIT', 'QL_SIM_STANDSTILL', 'QL_SIM_TIME_LIMIT']);

/**
 * One run of one scenario, from its first event to its verdicts.
 *
 * | phase | what goes on                                             | ends                                                   |
 * | ----- | -------------------------------------------------------- | ------------------------------------------------------ |
 * | load  | producers send, faults strike                            | at the scenario's duration, or when all is done        |
 * | drain | faults are healed, or those of a core; clients go on     | when the queues are empty, or at the drain's bound     |
 * | over  | nothing                                                  |                                                        |
 *
 * A limit on events or virtual time ends every phase.
 */
export class Experiment {
  readonly #scenario: Scenario;
  readonly #options: RunOptions;
  readonly #laboratory: Laboratory;
  readonly #judge: Judge;
  readonly #measures: Measures;
  readonly #resources: ResourceWatch | null;
  /** FIFO queues. */
  readonly #inTurn: ReadonlySet<string>;
  #phase: 'load' | 'drain' | 'over' = 'load';
  #phaseStart = 0;
  #nextCheck: number;
  #drainBeganMicros = 0;
  #isDrained = false;
  /** Machines that stay dead for good; known when the drain begins. */
  #dead: ReadonlySet<string> = new Set();
  #stuck: readonly string[] = [];
  #limit: string | null = null;

  /** @param aim what will be asked of it at the end; for an outcome alone, less is watched */
  constructor(scenario: Scenario, options: RunOptions, aim: 'result' | 'outcome' = 'result') {
    this.#scenario = scenario;
    this.#options = options;
    // They tell where the time of a message goes, which is no part of an outcome.
    this.#laboratory = new Laboratory(scenario, options, { hasPassages: aim === 'result' });
    this.#inTurn = new Set(scenario.queues.filter(({ kind }) => kind === 'fifo').map(({ name }) => name));
    const { recorder } = this.#laboratory;
    const expected = Object.fromEntries(scenario.expect.promises.map(({ invariant, verdict }) => [invariant, verdict]));
    this.#judge = new Judge({ names: recorder.names, contract: contractOf(scenario), expected });
    const { passages, world, consumers } = this.#laboratory;
    this.#measures = new Measures({
      names: recorder.names, ...(passages === null ? {} : { passages }), series: aim === 'result', intervals: aim === 'result' || this.#isConfident,
      ...(aim === 'result' ? {} : { latencies: new Set(scenario.expect.thresholds.map(({ measure }) => measure)) }),
    });
    this.#resources = aim === 'result' ? new ResourceWatch(world, consumers, { shares: this.#measures.groups, queues: this.#inTurn, names: recorder.names }) : null;
    recorder.subscribe(this.#judge);
    if (aim === 'result' || scenario.expect.thresholds.length > 0) recorder.subscribe(this.#measures);
    this.#nextCheck = nextCheckMicros(0, 0);
    world.start();
  }

  get names(): NameTable {
    return this.#laboratory.recorder.names;
  }

  /** Of everything that happened so far. */
  fingerprint(): string {
    return this.#laboratory.recorder.fingerprint();
  }

  /** What was kept so far. */
  history(): History {
    return this.#laboratory.recorder.history();
  }

  get progress(): Omit<RunProgress, 'stage'> {
    const { world: { kernel }, recorder } = this.#laboratory;
    const { name, durationMicros, drainMicros } = this.#scenario;
    return { scenario: name, virtualMicros: kernel.now, totalMicros: durationMicros + drainMicros, events: recorder.eventCount };
  }

  /** Runs a slice. False when the run is over. */
  advance(): boolean {
    if (this.#phase === 'over') return false;
    this.#slice();
    return true;
  }

  /** What a run that is over came to. Without thresholds no figure is computed for it. */
  outcome(): RunOutcome {
    const { expect } = this.#scenario;
    const run = this.#howItEnded();
    const verdicts = this.#judge.finish();
    const thresholds = expect.thresholds.length === 0 ? [] : judgeThresholds(expect, this.#figures());
    return {
      seed: this.#seed, fingerprint: this.fingerprint(), outcome: outcomeOf(verdicts, thresholds, run.limit !== null), verdicts, thresholds, run,
      firedEvents: this.#laboratory.world.kernel.executed,
    };
  }

  /** The result of a run that is over, when that was the aim. */
  result(): RunResult {
    const { world } = this.#laboratory;
    if (this.#resources === null) throw new Error('This run was made for its outcome alone.');
    const fingerprint = this.fingerprint();
    const series = this.#measures.series();
    const loadMicros = this.#drainBeganMicros === 0 ? world.kernel.now : this.#drainBeganMicros;
    const resources = this.#resources.report(loadMicros, series);
    return buildResult({
      scenario: this.#scenario,
      options: this.#options,
      seed: this.#seed,
      fingerprint,
      verdicts: this.#judge.finish(),
      measures: { ...this.#measures.result(), steadyState: this.#steadyState(), ...this.#deduplication(), resources: resources.results },
      series: { ...series, values: { ...series.values, ...resources.series } },
      schedule: world.faults.carriedOut(),
      crashPoints: this.#laboratory.crashPoints,
      operators: this.#laboratory.operatorLog,
      run: this.#howItEnded(),
    });
  }

  #deduplication(): Pick<MeasuresResult, 'deduplication'> {
    const { cost } = this.#laboratory.store.deduplication;
    return cost.lookups === 0 ? {} : { deduplication: cost };
  }

  #figures(): Figures {
    return { ...this.#measures.figures(), ...(this.#isConfident ? { steadyState: this.#steadyState() } : {}) };
  }

  get #isConfident(): boolean {
    return (this.#scenario.expect.confidence ?? null) !== null;
  }

  #steadyState(): SteadyStateResult {
    return this.#measures.steadyState(this.#scenario.expect.confidence ?? USUAL_CONFIDENCE);
  }

  get #seed(): string {
    return this.#options.seed ?? this.#scenario.seed;
  }

  #howItEnded(): RunResult['run'] {
    const { world, recorder } = this.#laboratory;
    return {
      virtualMicros: world.kernel.now,
      drainBeganMicros: this.#drainBeganMicros,
      drained: this.#isDrained,
      ...(this.#dead.size === 0 ? {} : { dead: [...this.#dead] }),
      stuck: this.#stuck,
      events: recorder.eventCount,
      limit: this.#limit,
    };
  }

  #slice(): void {
    const { kernel } = this.#laboratory.world;
    const end = this.#phaseEnd();
    const step = Math.max(MIN_SLICE_MICROS, Math.floor((end - this.#phaseStart) / SLICES));
    const until = Math.min(end, this.#nextCheck, kernel.now + step);
    try {
      kernel.runUntil(until);
    } catch (error) {
      if (!(error instanceof KernelError) || !LIMITS.has(error.code)) throw error;
      this.#limit = error.message;
      this.#end();
      return;
    }
    this.#lookAtResources();
    const isCheck = kernel.now >= this.#nextCheck;
    if (isCheck) this.#nextCheck = nextCheckMicros(kernel.now, this.#phaseStart);
    if (this.#phase === 'load') this.#lookAtLoad(isCheck);
    else this.#lookAtDrain(isCheck);
  }

  #lookAtResources(): void {
    if (this.#resources === null) return;
    // The groups are known from the history: as far as it was handed on.
    if (this.#inTurn.size > 0) this.#laboratory.recorder.flush();
    this.#resources.look();
  }

  #phaseEnd(): number {
    const { durationMicros, drainMicros } = this.#scenario;
    return this.#phase === 'load' ? durationMicros : this.#drainBeganMicros + drainMicros;
  }

  #lookAtLoad(isCheck: boolean): void {
    const { world } = this.#laboratory;
    const mayStop = isCheck && this.#scenario.stopWhenDone && world.faults.activeCount + world.faults.plannedCount === 0 && this.#isAllDone();
    if (world.kernel.now >= this.#scenario.durationMicros || mayStop) this.#beginDrain();
  }

  #beginDrain(): void {
    const { world, recorder } = this.#laboratory;
    this.#phase = 'drain';
    this.#phaseStart = world.kernel.now;
    this.#drainBeganMicros = world.kernel.now;
    this.#nextCheck = nextCheckMicros(world.kernel.now, this.#phaseStart);
    recorder.emit(EventKind.drainBegin, 0, 0, 0, 0, 0, 0, 0, 0);
    const dead = chooseDead(this.#scenario, world.streams, world.kernel.now);
    this.#dead = new Set(dead.keys());
    world.healExcept(dead);
  }

  #lookAtDrain(isCheck: boolean): void {
    const { kernel } = this.#laboratory.world;
    const isOver = kernel.now >= this.#phaseEnd();
    // What is done at the very end was done in time.
    if ((isCheck || isOver) && this.#isAllDone()) this.#isDrained = true;
    if (this.#isDrained || isOver) this.#endDrain();
  }

  #endDrain(): void {
    const { recorder, broker } = this.#laboratory;
    if (!this.#isDrained) this.#stuck = stuckIn(this.#scenario, this.#laboratory, this.#dead);
    broker?.emitLedger();
    for (const { name } of this.#scenario.queues) {
      recorder.emit(EventKind.drainEnd, 0, 0, recorder.name(name), 0, 0, this.#isDrained ? 1 : 0, 0, 0);
    }
    this.#end();
  }

  #end(): void {
    this.#phase = 'over';
    this.#lookAtResources();
    this.#laboratory.recorder.flush();
  }

  /** Every outcome is known and every queue that someone consumes is empty. Nobody waits for what the dead began. */
  #isAllDone(): boolean {
    const { producers, consumers, operators, broker } = this.#laboratory;
    const isDead = ({ settings }: { readonly settings: { readonly name: string } }): boolean => this.#dead.has(settings.name);
    if (broker === null || producers.some((producer) => !producer.isDone && !isDead(producer))) return false;
    if (operators.some((operator) => !operator.isDone && !isDead(operator))) return false;
    if (consumers.some((consumer) => consumer.outstanding > 0 && !isDead(consumer))) return false;
    const consumed = consumedQueues(this.#scenario, this.#laboratory.world.kernel.now);
    return this.#laboratory.depths().every((queue) => !consumed.has(queue.name) || queue.ready + queue.leased + queue.delayed === 0);
  }
}
