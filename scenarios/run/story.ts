import { type StoryStep, StoryCollector, tellStory } from '../../history/index.js';
import type { Scenario } from '../model.js';
import { Experiment } from './experiment.js';
import type { RunOptions } from './options.js';

/**
 * The life story of one message. The run kept nothing of it, so it is run again: the same scenario and seed give the same
 * history, and this time an observer collects what touched the message.
 */
export function storyOf(scenario: Scenario, options: RunOptions, message: number): StoryStep[] {
  const collector = new StoryCollector(message);
  const experiment = new Experiment(scenario, { ...options, trace: 'off', observers: [collector] });
  while (experiment.advance()) continue;
  return tellStory(message, collector.rows(), experiment.names);
}
