import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MutantsReport } from '../../campaign/index.js';
import { folderWith, queuelab } from './given.js';

const EASY = ['mutants', 'one-delivery-too-few', '--hunts', '2', '--runs', '30', '--strategy', 'swarm', '-j', '1'];

describe('queuelab mutants', { timeout: 120_000 }, () => {
  it('hunts, says how hard it was, and finds the same again', async () => {
    const { code, stdout } = await queuelab([...EASY, '--reporter', 'json']);
    const report = JSON.parse(stdout) as MutantsReport;
    expect(report).toMatchObject({ schema: 'queuelab/mutants/1', maxRuns: 30, complete: false, problems: [] });
    expect(report.mutants[0]).toMatchObject({ mutant: 'one-delivery-too-few', invariant: 'dlq-exact-trigger', caught: true, strategies: [{ hunts: 2, found: 2 }] });
    expect(report.mutants[0]!.small).toMatchObject({ complete: true });
    expect(report.mutants[0]!.small!.messages).toBeLessThanOrEqual(5);
    expect(report.small.medianFaults).toBeLessThanOrEqual(5);
    expect(code).toBe(0);
    const cwd = folderWith({});
    const again = await queuelab([...EASY.slice(0, -1), '2', '--reporter', 'json=mutants.json', '--no-shrink'], { cwd });
    const inFile = JSON.parse(readFileSync(join(cwd, 'mutants.json'), 'utf8')) as MutantsReport;
    const { medianRuns, p95Runs } = report.mutants[0]!.strategies[0]!;
    expect(inFile.mutants[0]!.strategies[0]).toMatchObject({ medianRuns, p95Runs });
    expect(inFile).toMatchObject({ small: { finds: 0 }, mutants: [{ small: null }] });
    expect(again.stdout).toContain('The mutant was caught.');
  });

  it('fails when one is not caught', async () => {
    const { code, stdout } = await queuelab(['mutants', 'failed-sync-retried', '--hunts', '1', '--runs', '1', '--strategy', 'uniform', '-j', '1']);
    expect(stdout).toContain('The mutant failed-sync-retried was not caught, by acked-send-not-lost or another, in 1 hunt of up to 1 runs.');
    expect(code).toBe(1);
  });

  it.each([
    [['mutants', 'torn-tail-accept'], 'Did you mean torn-tail-accepted?'],
    [['mutants', '--runs', '0'], '--runs 0: give a whole number'],
    [['mutants', '--hunts', 'two'], '--hunts two: give a whole number'],
    [['mutants', '-j', '1000'], '-j 1000'],
    [['mutants', '--strategy', 'luck'], 'there are uniform, swarm, coverage, and all'],
    [['mutants', '--reporter', 'html'], 'this command writes json'],
  ])('%j is refused', async (args, words) => {
    const { code, stderr } = await queuelab(args);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });
});
