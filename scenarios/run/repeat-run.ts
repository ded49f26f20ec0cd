import { StoryCollector, type EventChunk, type EventObserver, type StoryStep, tellStory } from '../../history/index.js';
import type { Scenario } from '../model.js';
import { Experiment } from './experiment.js';
import type { RunAsyncOptions } from './options.js';
import { runInTurns } from './run-scenario.js';
import { storyRules } from './story-rules.js';

/** What a run is repeated for: the stories of some of its messages. */
export interface Retold {
  readonly fingerprint: string;
  /** Messages of the run: they are numbered from 1. */
  readonly messages: number;
  /** By message, in the order asked for; a message that was not there has no steps. */
  readonly stories: ReadonlyMap<number, readonly StoryStep[]>;
}

/**
 * Runs a scenario again and tells the stories of messages. A result keeps no history; the same scenario and seed give the same
 * one, which the fingerprint shows.
 */
export async function retell(scenario: Scenario, messages: readonly number[], options: RunAsyncOptions = {}): Promise<Retold> {
  const collectors = messages.map((message) => new StoryCollector(message));
  const highest = new HighestMessage();
  const observers = [...(options.observers ?? []), highest, ...collectors];
  const experiment = await runInTurns(scenario.name, () => new Experiment(scenario, { ...options, observers }), options);
  options.onHistory?.(experiment.history());
  const rule = storyRules(scenario);
  return {
    fingerprint: experiment.fingerprint(),
    messages: highest.message,
    stories: new Map(collectors.map((collector) => [collector.message, tellStory(collector.message, collector.rows(), experiment.names, rule)])),
  };
}

/** How many messages there were: trace numbers are given out from 1, one after the other. */
class HighestMessage implements EventObserver {
  message = 0;

  onChunk({ message }: EventChunk, from: number, to: number): void {
    for (let row = from; row < to; row++) if (message[row]! > this.message) this.message = message[row]!;
  }
}
