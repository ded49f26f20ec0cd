import { listedWorkload } from '../format/index.js';
import type { ConsumerSpec, Death, ProducerSpec, Scenario } from '../model.js';
import { deathsOf, runScenario, type RunOptions } from '../run/index.js';
import type { RunResult } from '../run-result.js';
import { terseSchedule } from './terse-faults.js';
import { WorkloadRecorder } from './workload-recorder.js';

/** A scenario with everything of its workload and faults written out. */
export interface Explicit {
  readonly scenario: Scenario;
  /** Of the run that was written out. */
  readonly original: RunResult;
}

/**
 * Runs a scenario and writes out what its workload drew and which faults struck: each send with its time and size, how long its
 * handlings took and which failed, each fault with its time. A run of the outcome with the same seed has the same history,
 * and removing a part of it changes no other part. What the network, the disk and the backoffs of clients draw still follows from the seed.
 *
 * @throws WorkloadTooLargeError
 */
export function makeExplicit(scenario: Scenario, options: RunOptions = {}): Explicit {
  const recorder = new WorkloadRecorder(scenario.name);
  const original = runScenario(scenario, { ...options, workloadLog: recorder });
  const median = medianOf([...recorder.handlingTimes()]);
  const { fuzz: _fuzz, dead: _dead, ...base } = scenario;
  const isTimed = scenario.consumers.every(({ handler }) => handler.time.kind === 'constant');
  return {
    original,
    scenario: {
      ...base,
      seed: original.seed,
      producers: scenario.producers.map((producer) => listed(producer, recorder, isTimed)),
      consumers: scenario.consumers.map((consumer) => settled(consumer, median)),
      faults: terseSchedule(original.schedule, scenario),
      ...written(deathsOf(scenario, original.seed)),
      // It is no longer what the file says.
      file: '', sha256: '', overrides: [], settings: [],
    },
  };
}

/** Who stays dead when faults stop, and how. */
const written = (dead: readonly Death[]): Pick<Scenario, 'heal' | 'dead'> => (dead.length === 0 ? { heal: 'all' } : { heal: 'core', dead });

/** Handling times are said with each message when some consumer draws them. */
function listed(producer: ProducerSpec, recorder: WorkloadRecorder, isTimed: boolean): ProducerSpec {
  const sends = recorder.sendsOf(producer.name);
  const isSettled = producer.sends !== null;
  return { ...producer, ...listedWorkload(isTimed && !isSettled ? sends.map((send) => ({ ...send, takesMicros: null })) : sends) };
}

/** What its handler drew is said with each message now; what was never handled takes the median of all that was. */
function settled(consumer: ConsumerSpec, medianMicros: number): ConsumerSpec {
  const { handler } = consumer;
  const time = handler.time.kind === 'constant' ? handler.time : ({ kind: 'constant', value: medianMicros } as const);
  return { ...consumer, handler: { ...handler, time, failure: 0, poisonEvery: 0 } };
}

function medianOf(values: number[]): number {
  values.sort((one, other) => one - other);
  return values[values.length >> 1] ?? 0;
}
