import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { checkScenarios, failureOf, planSeeds, RunPool, Seeds, ShrinkPool } from '../../campaign/index.js';
import { RunFault } from '../../cli/errors.js';
import { keepFailure } from '../../cli/keep-failure.js';
import { Output } from '../../cli/output.js';
import { shrinkCheck } from '../../cli/shrink-check.js';
import { loadScenario, runScenario } from '../../scenarios/index.js';
import { folderWith } from './given.js';

const BUSY = `name: busy
duration: 5s
queues: { orders: { visibilityTimeout: 1s } }
producers: { web: { queue: orders, rate: 10/s, messages: 12 } }
consumers: { worker: { queue: orders, count: 2, concurrency: 4, handler: { kind: ack-first, time: 1500ms } } }
`;
const MUTANTS = ['acknowledge-after-work'];
/** No run can be made with it: the loop that makes failures smaller fails at its first run. */
const UNKNOWN = ['no-such-mutant'];

const quiet = (): Output => new Output(new PassThrough().resume(), 'standard output');
const signal = new AbortController().signal;

describe('a fault of our own while a failure is made smaller', { timeout: 60_000 }, () => {
  it('leaves the result of a check as it was found, with a sentence, and is handed on', async () => {
    const cwd = folderWith({ 'busy.yaml': BUSY });
    const plan = planSeeds({ scenarios: [loadScenario(join(cwd, 'busy.yaml'), { name: 'busy.yaml' })], seeds: Seeds.parse('1'), shard: null });
    const pool = new RunPool({ workers: 1 });
    const check = await checkScenarios({ plan, pool, mutants: MUTANTS }).finally(() => pool.stop());
    const context = { stdout: quiet(), stderr: quiet(), cwd, env: {}, interrupt: signal };
    const shrunk = await shrinkCheck({ plan, check, mutants: UNKNOWN, runMillis: 60_000, out: 'out', text: null, context });
    expect(check.answer).toBe('broken');
    expect(shrunk.check).toEqual(check);
    expect(shrunk.lines).toEqual(['busy, seed 1, is left as it is: a fault of queuelab came in between, which is told at the end.']);
    expect(shrunk.trouble).toBeInstanceOf(RunFault);
    expect(shrunk.trouble).toMatchObject({ scenario: 'busy.yaml', seed: '1' });
  });

  it('is not met by what is not begun: when the time of all is over, the command that does it is told instead', async () => {
    const cwd = folderWith({ 'busy.yaml': BUSY });
    const plan = planSeeds({ scenarios: [loadScenario(join(cwd, 'busy.yaml'), { name: 'busy.yaml' })], seeds: Seeds.parse('1'), shard: null });
    const pool = new RunPool({ workers: 1 });
    const check = await checkScenarios({ plan, pool, mutants: MUTANTS }).finally(() => pool.stop());
    const context = { stdout: quiet(), stderr: quiet(), cwd, env: {}, interrupt: signal };
    const shrunk = await shrinkCheck({ plan, check, mutants: UNKNOWN, runMillis: 60_000, millis: 0, out: 'out', text: null, context });
    expect(shrunk.lines).toEqual([expect.stringMatching(/^busy, seed 1, is not made smaller \(the 2 minutes that all of them may take are over\): npx queuelab shrink busy\.yaml --seed 1 --mutant \S+ does it\.$/)]);
    expect(shrunk.trouble).toBeNull();
  });

  it('leaves a failure of fuzzing as it was found, written down', async () => {
    const cwd = folderWith({ 'busy.yaml': BUSY });
    const scenario = loadScenario(join(cwd, 'busy.yaml'), { name: 'busy.yaml' });
    const result = runScenario(scenario, { seed: '1', mutants: MUTANTS });
    const failure = failureOf({ scenario, result })!;
    const run = { number: 1, scenario, seed: '1' };
    const found = { key: 'key', failure, run, result, file: null, count: 1 };
    const runs = new ShrinkPool();
    const { fate, trouble } = await keepFailure(found, { folder: { folder: join(cwd, 'corpus'), shownAs: 'corpus' }, mutants: UNKNOWN, isShrunk: true, runs, signal });
    await runs.close();
    const [file] = readdirSync(join(cwd, 'corpus'));
    expect(file).toMatch(/^failure-at-most-once-effects-\w+\.yaml$/);
    expect(fate).toMatchObject({ file: join('corpus', file!), shrunk: 'no: a fault of queuelab came in between, which is told at the end.' });
    expect(trouble).toBeInstanceOf(RunFault);
  });
});
