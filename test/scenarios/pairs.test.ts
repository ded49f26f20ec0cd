import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScenario, runScenario, type Scenario } from '../../scenarios/index.js';

const library = join(import.meta.dirname, '../../scenarios');
const load = (name: string): Scenario => loadScenario(join(library, `${name}.yaml`), { name });

/** Scenarios that differ in what makes the difference: a mistake and its remedy, or two settings of the same thing. */
const PAIRS: readonly (readonly [string, string])[] = [
  ...readdirSync(library).filter((folder) => existsSync(join(library, folder, 'broken.yaml'))).flatMap((folder) =>
    readdirSync(join(library, folder)).filter((file) => /^(fixed|with-.*)\.yaml$/.test(file)).map((file) => [`${folder}/broken`, `${folder}/${file.slice(0, -'.yaml'.length)}`] as const)),
  ['fifo/dedup-window-outlived', 'fifo/dedup-window-in-time'],
  ['fifo/poison-blocks-group', 'fifo/poison-and-dead-letter'],
  ['fifo/poison-and-dead-letter', 'fifo/poison-none'],
  ['fifo/poison-redriven', 'fifo/poison-blocks-group'],
  ['dead-letter-retention/broken', 'dead-letter-retention/fifo'],
  ['dead-letter-redrive/without-alert', 'dead-letter-redrive/with-alert'],
  ['noisy-neighbour/without-fair-queue', 'noisy-neighbour/with-fair-queue'],
  ['back-pressure/growing-backlog', 'back-pressure/enough-consumers'],
  ['back-pressure/buffer-reject', 'back-pressure/buffer-block'],
  ['rabbitmq/prefetch-250', 'rabbitmq/prefetch-one'],
  ['rabbitmq/overflow-drop-head', 'rabbitmq/overflow-reject-publish'],
  ['polling/short', 'polling/long'],
  ['purge/went-on-at-once', 'purge/waited'],
  ['broker-power-loss/flush-never', 'broker-power-loss/flush-always'],
];

const judgedBy = (scenario: Scenario, expectations: Scenario): string => runScenario({ ...scenario, expect: expectations.expect }).outcome;

describe('what a scenario expects is so because of what it shows: with the settings of the other of its pair it is not', { timeout: 120_000 }, () => {
  it.each(PAIRS)('%s and %s', (one, other) => {
    const [first, second] = [load(one), load(other)];
    expect(judgedBy(first, second), `${other} expects what is not so in ${one}`).not.toBe('held');
    expect(judgedBy(second, first), `${one} expects what is not so in ${other}`).not.toBe('held');
  });
});
