import { StoryCollector, tellStory } from '../../history/index.js';
import type { Scenario } from '../model.js';
import type { RunResult } from '../run-result.js';
import { Experiment } from './experiment.js';
import { DivergedError, type RunOptions, type RunProgress } from './options.js';
import { messagesToExplain, withStories } from './result.js';
import { storyRules } from './story-rules.js';

/** The run that tells stories: the same experiment once more, with an observer of each message. */
interface Telling {
  readonly collectors: readonly StoryCollector[];
  readonly experiment: Experiment;
}

/**
 * A run with the life stories of the messages of which promises were broken. The run kept nothing of them, so it is run again: the same
 * scenario and seed give the same history, and this time observers collect what touched these messages.
 *
 * | stage   | what goes on                                       | ends                                              |
 * | ------- | -------------------------------------------------- | ------------------------------------------------- |
 * | `run`   | the experiment                                     | when it is over; `done` when nothing was violated |
 * | `story` | the experiment again, these messages are watched   | when it is over, with the same fingerprint        |
 * | `done`  | nothing                                            |                                                   |
 */
export class ExplainedRun {
  readonly #scenario: Scenario;
  readonly #options: RunOptions;
  readonly #experiment: Experiment;
  #stage: 'run' | 'story' | 'done' = 'run';
  #result: RunResult | null = null;
  #telling: Telling | null = null;

  constructor(scenario: Scenario, options: RunOptions) {
    this.#scenario = scenario;
    this.#options = options;
    this.#experiment = new Experiment(scenario, options);
  }

  get progress(): RunProgress {
    const experiment = this.#telling?.experiment ?? this.#experiment;
    return { ...experiment.progress, stage: this.#telling === null ? 'run' : 'story' };
  }

  /**
   * Runs a slice. False when there is nothing left to run.
   *
   * @throws DivergedError when the second run is not the first one again
   */
  advance(): boolean {
    if (this.#stage === 'run' && !this.#experiment.advance()) this.#endRun(this.#experiment.result());
    else if (this.#stage === 'story' && this.#telling?.experiment.advance() === false) this.#endStories(this.#telling);
    return this.#stage !== 'done';
  }

  /** The result of a run that is done. */
  result(): RunResult {
    if (this.#result === null) throw new Error('The run is not over.');
    return this.#result;
  }

  #endRun(result: RunResult): void {
    this.#result = result;
    this.#options.onHistory?.(this.#experiment.history());
    const collectors = messagesToExplain(result).map((message) => new StoryCollector(message));
    this.#stage = collectors.length === 0 ? 'done' : 'story';
    if (collectors.length === 0) return;
    const { onHistory: _onHistory, workloadLog: _workloadLog, ...options } = this.#options;
    const experiment = new Experiment(this.#scenario, { ...options, trace: 'off', observers: collectors });
    this.#telling = { collectors, experiment };
  }

  #endStories({ collectors, experiment }: Telling): void {
    const result = this.result();
    const again = experiment.fingerprint();
    if (again !== result.fingerprint) throw new DivergedError(this.#scenario.name, result.seed, result.fingerprint, again);
    const rule = storyRules(this.#scenario);
    this.#result = withStories(result, collectors.map((collector) => ({ message: collector.message, steps: tellStory(collector.message, collector.rows(), experiment.names, rule) })));
    this.#stage = 'done';
  }
}
