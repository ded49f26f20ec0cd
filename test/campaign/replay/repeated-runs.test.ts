import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RepeatedRuns, type RepeatedRunsOptions, runJob, RunsHere, UnrepeatableRunError, verifyInTurns } from '../../../campaign/index.js';
import { DivergedError, judgeScenario, runScenario, runScenarioAsync, type Scenario } from '../../../scenarios/index.js';
import { aProducer, aScenario } from '../../scenarios/a-scenario.js';

const steady = aScenario({ producers: [aProducer({ messages: 10 })] });
const violating = { seed: '1', mutants: ['scribble-body'] };

/** A run reads the size of its messages once. After so many runs it is another: as if something had read the real clock. */
function steadyFor(runs: number, settings: Partial<Scenario> = {}): Scenario {
  let reads = 0;
  const sizeBytes = { kind: 'constant', get value() { return reads++ < runs ? 200 : 201; } } as const;
  return aScenario({ producers: [aProducer({ messages: 10, sizeBytes })], ...settings });
}

async function errorOf(run: () => unknown): Promise<UnrepeatableRunError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof UnrepeatableRunError) return error;
    throw error;
  }
  throw new Error('It was taken for the same run.');
}

const PARTING = { expected: { event: 'send-invoke', sizeBytes: 200 }, seen: { event: 'send-invoke', sizeBytes: 201 } };

function judgedTwice(scenario: Scenario, options: Partial<RepeatedRunsOptions> = {}): void {
  const runs = new RepeatedRuns({ scenario, seed: '1', verify: true, ...options });
  for (const _ of ['once', 'again']) runs.make((watch) => judgeScenario(scenario, { seed: '1', ...watch }));
}

describe('a run that is made again', () => {
  it('and comes out the same is let pass', async () => {
    expect(() => judgedTwice(steady)).not.toThrow();
    await expect(verifyInTurns(steady, { seed: '1' })).resolves.toBeInstanceOf(RepeatedRuns);
  });

  it('and does not fails with the first event that differs, side by side', async () => {
    const { parting, message } = await errorOf(() => judgedTwice(steadyFor(1)));
    expect(parting).toMatchObject(PARTING);
    expect(message).toMatch(/came out differently the second time\.\nThe runs part at event \d+:\n {2}expected[\s\S]*\n {2}differs {3}bodyChecksum: [^\n]+\n {12}sizeBytes: expected 200, seen 201$/);
    expect((parting!.expected as { index: number }).index).toBe(parting!.index);
    expect((await errorOf(() => verifyInTurns(steadyFor(1), { seed: '1' }))).parting).toMatchObject(PARTING);
  });

  it('names it also where the events are too many to be held, by what was seen', async () => {
    const { parting } = await errorOf(() => judgedTwice(steadyFor(1)));
    const far = await errorOf(() => judgedTwice(steadyFor(1), { maxRows: 1 }));
    expect(far.parting).toEqual({ ...parting, expected: 'not-kept' });
  });

  it('names it for every further run, and not only for the second', async () => {
    const scenario = steadyFor(2);
    const runs = await verifyInTurns(scenario, { seed: '1' });
    expect((await errorOf(() => runs.makeInTurns((watch) => runScenarioAsync(scenario, { seed: '1', ...watch })))).parting).toMatchObject(PARTING);
  });

  it('names it where a run is repeated for its story, when it is the very first run or a later one', async () => {
    const first = steadyFor(1);
    const story = await errorOf(() => new RepeatedRuns({ scenario: first, seed: '1', verify: true }).make((watch) => runScenario(first, { ...violating, ...watch })));
    expect(story.parting).toMatchObject(PARTING);
    const later = steadyFor(2);
    const runs = new RepeatedRuns({ scenario: later, seed: '1', verify: true });
    runs.make((watch) => judgeScenario(later, { ...violating, ...watch }));
    expect((await errorOf(() => runs.make((watch) => runScenario(later, { ...violating, ...watch })))).parting).toMatchObject(PARTING);
  });

  it('names the run that differs, not the story after it that is the first again', async () => {
    let reads = 0;
    const sizeBytes = { kind: 'constant', get value() { return reads++ === 1 ? 201 : 200; } } as const;
    const scenario = aScenario({ producers: [aProducer({ messages: 10, sizeBytes })] });
    const runs = new RepeatedRuns({ scenario, seed: '1', verify: true });
    runs.make((watch) => judgeScenario(scenario, { ...violating, ...watch }));
    expect((await errorOf(() => runs.make((watch) => runScenario(scenario, { ...violating, ...watch })))).parting).toMatchObject(PARTING);
  });

  it('is left as it is when nobody asks: a story that differs fails by its fingerprint, and says who names the event', () => {
    const scenario = steadyFor(1);
    const runs = new RepeatedRuns({ scenario, seed: '1', verify: false });
    expect(() => runs.make((watch) => runScenario(scenario, { ...violating, ...watch }))).toThrow(DivergedError);
    const other = steadyFor(1);
    expect(() => judgedTwice(other, { verify: false })).not.toThrow();
    expect(() => runScenario(steadyFor(1), violating)).toThrow('With --verify, the first event that differs is named.');
  });
});

describe('with --verify, the first event that differs is named', () => {
  const job = { ...violating, want: 'unmet', verify: true } as const;
  const expecting = { expect: { promises: [{ invariant: 'no-phantom', verdict: 'holds', line: 1, column: 1 }], thresholds: [] } } as const;

  it.each([1, 2, 3])('of one of many runs, when run %i is the last that is right', async (right) => {
    expect((await errorOf(() => runJob({ ...job, scenario: steadyFor(right, expecting) }))).parting).toMatchObject(PARTING);
    expect(() => runJob({ ...job, want: 'summary', verify: false, scenario: steadyFor(right, expecting) })).not.toThrow();
  });

  it('of the run that writes its history', async () => {
    const historyFile = join(mkdtempSync(join(tmpdir(), 'queuelab-')), 'history.jsonl');
    expect((await errorOf(() => runJob({ ...job, want: 'summary', historyFile, scenario: steadyFor(2, expecting) }))).parting).toMatchObject(PARTING);
  });

  it('and nothing of runs that repeat themselves', () => {
    expect(runJob({ ...job, scenario: steady })).toEqual(runJob({ ...job, verify: false, scenario: steady }));
  });

  it('of the runs that make a failure small', async () => {
    const runs = new RunsHere({ verify: true });
    const { mutants } = violating;
    expect((await errorOf(() => runs.explicit(steadyFor(1), violating))).parting).toMatchObject(PARTING);
    expect((await errorOf(() => runs.explicit(steadyFor(2), violating))).parting).toMatchObject(PARTING);
    expect((await errorOf(() => runs.judge(steadyFor(1), { mutants }))).parting).toMatchObject(PARTING);
    expect((await errorOf(() => runs.whole(steadyFor(1), { mutants }))).parting).toMatchObject(PARTING);
    expect((await errorOf(() => runs.whole(steadyFor(2), { mutants }))).parting).toMatchObject(PARTING);
    expect(new RunsHere().judge(steadyFor(1), { mutants })).not.toBeNull();
  });
});
