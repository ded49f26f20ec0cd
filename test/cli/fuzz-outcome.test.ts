import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { failureOf, type FuzzFailure, type FuzzReport, RunFaultError } from '../../campaign/index.js';
import { RunFault } from '../../cli/errors.js';
import { exitCodeOfFuzz } from '../../cli/fuzz-outcome.js';
import { Output } from '../../cli/output.js';
import { runScenario } from '../../scenarios/index.js';
import { aConsumer, aScenario, constant, SECOND } from '../scenarios/a-scenario.js';

const scenario = aScenario({ durationMicros: 5 * SECOND, consumers: [aConsumer('worker', { visibilityTimeoutMicros: SECOND, concurrency: 4, handler: { kind: 'ack-first', time: constant(1_500_000) } })] });
const run = { number: 3, scenario, seed: '17' };
const fault = { run, error: new RunFaultError('worker-died', { scenario: 'x.yaml', seed: '17', cause: new Error('the worker is gone') }) };
const endless = { run, error: new RunFaultError('did-not-end', { scenario: 'x.yaml', seed: '18', runMillis: 60_000, cause: new Error('the worker is gone') }) };

function aFailure(): FuzzFailure {
  const result = runScenario(scenario, { seed: '17', mutants: ['acknowledge-after-work'] });
  return { key: 'key', failure: failureOf({ scenario, result })!, run, result, file: null, count: 1 };
}

const report = (settings: Partial<FuzzReport>): FuzzReport => ({
  runs: 6, corpusRuns: 0, inconclusive: 0, failures: [], faults: [], stopped: 'runs', ...settings,
}) as FuzzReport;

function outcome(settings: Partial<FuzzReport>, broken: readonly { file: string; message: string }[] = []) {
  const stream = new PassThrough();
  const said: string[] = [];
  stream.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const code = exitCodeOfFuzz({ stderr: new Output(stream, 'standard error') }, report(settings), { broken } as unknown as Parameters<typeof exitCodeOfFuzz>[2]);
  return { code, text: said.join('') };
}

describe('what a session of fuzzing came to', () => {
  it('a fault of ours beside a failure is told with its stack and seed, and the failure decides', () => {
    const { code, text } = outcome({ failures: [aFailure()], faults: [fault] });
    expect(code).toBe(1);
    expect(text).toMatch(/^queuelab: error\[QL_CLI_RUN_FAULT\]: The run of .* with seed 17 failed\. This is a fault of queuelab, not of yours\.\n\nError: the worker is gone\n +at /);
    expect(text).toContain('\n  seed  17\n\nPlease report it');
  });

  it('a fault of ours alone is thrown: nothing else came out', () => {
    expect(() => outcome({ faults: [fault] })).toThrow(RunFault);
  });

  it('a run that did not end is told of, decides when nothing else does, and outweighs no fault of ours', () => {
    const { code, text } = outcome({ faults: [endless] });
    expect([code, text]).toEqual([6, expect.stringMatching(/^queuelab: The run of x\.yaml with seed 18 did not end within 60s of real time\. .*--run-timeout/)]);
    expect(outcome({ failures: [aFailure()], faults: [endless] }).code).toBe(1);
    expect(() => outcome({ faults: [endless, fault] })).toThrow(RunFault);
  });

  it('an interruption outweighs failures, failures a broken corpus, and that runs that could not be judged', () => {
    expect(outcome({ stopped: 'interrupted', failures: [aFailure()] }).code).toBe(130);
    expect(outcome({ failures: [aFailure()] }, [{ file: 'x', message: 'y' }]).code).toBe(1);
    expect(outcome({ inconclusive: 6 }, [{ file: 'x', message: 'y' }]).code).toBe(3);
    const undecided = outcome({ inconclusive: 6 });
    expect([undecided.code, undecided.text]).toEqual([6, 'queuelab: every run ended before it could be judged; a scenario with fewer messages would say more.\n']);
    expect(outcome({ inconclusive: 5 })).toEqual({ code: 0, text: '' });
  });
});
