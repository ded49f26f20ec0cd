import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type CheckOptions, checkResultJsonSchema, checkResultSchema, type CheckResult, checkScenarios, lastFailedText, mergeChecks, planSeeds, readLastFailed, type RunJob, RunPool, Seeds,
} from '../../../campaign/index.js';
import { runScenario, type Scenario } from '../../../scenarios/index.js';
import { folderWith, root } from '../../cli/given.js';
import { aConsumer, aProducer, aScenario, MILLISECOND } from '../../scenarios/a-scenario.js';

const place = { line: 3, column: 5 };
const interval = { kind: 'exponential', mean: 20 * MILLISECOND } as const;
const short = { durationMicros: 20 * 1000 * MILLISECOND, producers: [aProducer({ interval, messages: 60 })] };
/** In some seeds a handler fails and there is a redelivery, in others not. */
const sometimes = aScenario({
  ...short, name: 'sometimes', file: 'sometimes.yaml', sha256: '5'.repeat(64),
  queues: [{ ...aScenario().queues[0]!, visibilityTimeoutMicros: 1000 * MILLISECOND }],
  consumers: [aConsumer('consumer', { handler: { failure: 0.01 } })],
  expect: {
    promises: [{ invariant: 'acked-send-not-lost', verdict: 'holds', ...place }],
    thresholds: [{ expression: 'count(redelivered) == 0', aggregate: 'count', measure: 'redelivered', operator: '==', limit: 0, ...place }],
  },
});
const broken = aScenario({
  ...short, name: 'broken', file: 'broken.yaml', sha256: 'b'.repeat(64),
  expect: { promises: [{ invariant: 'acked-send-not-lost', verdict: 'violated', ...place }], thresholds: [] },
});
const impossible = { ...broken, name: 'impossible', file: 'impossible.yaml', queues: null as unknown as typeof broken.queues };

vi.setConfig({ testTimeout: 60_000 });

const shared = new RunPool({ workers: 2 });
afterAll(() => shared.stop());

function check(scenarios: readonly Scenario[], text: string, options: Partial<CheckOptions> & { readonly shard?: { index: number; of: number } } = {}): Promise<CheckResult> {
  const { shard = null, ...rest } = options;
  return checkScenarios({ plan: planSeeds({ scenarios, seeds: Seeds.parse(text), shard }), pool: shared, ...rest });
}

async function withPool<T>(workers: number, body: (pool: RunPool) => Promise<T>): Promise<T> {
  const pool = new RunPool({ workers });
  try {
    return await body(pool);
  } finally {
    await pool.stop();
  }
}

/** The same pool, in which some of the runs that are fetched whole fail. */
function losing(pool: RunPool, isLost: (job: RunJob) => boolean): RunPool {
  const run = pool.run.bind(pool);
  return Object.assign(pool, {
    run: (job: RunJob) => run(job.want === 'result' && isLost(job) ? { ...job, scenario: { ...job.scenario, queues: impossible.queues } } : job),
  });
}

describe('a check', () => {
  it('counts every promise and threshold over all seeds as single runs do', async () => {
    const { scenarios: [table], parts } = await check([sometimes], '1..12');
    const results = [...Seeds.parse('1..12')].map((seed) => runScenario(sometimes, { seed }));
    expect(parts).toEqual([{ seeds: '1..12', shard: null, planned: 12, done: 12, end: 'complete' }]);
    expect(table?.runs.map(({ seed, fingerprint }) => [seed, fingerprint])).toEqual(results.map(({ seed, fingerprint }) => [seed, fingerprint]));
    const missed = results.filter(({ thresholds: [threshold] }) => threshold?.met === false);
    expect(missed.length).toBeGreaterThan(1);
    expect(missed.length).toBeLessThan(12);
    expect(table?.thresholds).toEqual([{ expression: 'count(redelivered) == 0', place, met: 12 - missed.length, missed: missed.length }]);
    for (const tally of table?.promises ?? []) {
      const verdicts = results.map(({ verdicts: all }) => all.find(({ invariant }) => invariant === tally.invariant)!.verdict);
      const count = (verdict: string): number => verdicts.filter((entry) => entry === verdict).length;
      expect([tally.holds, tally.violated, tally.anomaly, tally.notExercised, tally.inconclusive])
        .toEqual([count('holds'), count('violated'), count('anomaly'), count('not-exercised'), count('inconclusive')]);
    }
    expect(table?.failures).toEqual([{ causes: ['count(redelivered) == 0'], result: runScenario(sometimes, { seed: missed[0]!.seed }) }]);
  });

  it('is the same whatever the number of workers', async () => {
    const alone = await withPool(1, (pool) => check([sometimes, broken], '1..6', { pool, bail: 3 }));
    expect(await check([sometimes, broken], '1..6', { bail: 3 })).toEqual(alone);
    expect(alone.parts[0]).toMatchObject({ end: 'bail' });
    expect(alone.scenarios.flatMap(({ runs }) => runs.filter(({ outcome }) => outcome !== 'held'))).toHaveLength(3);
    expect(alone.answer).toBe('broken');
  });

  it('reports a run that fails as a fault, and does the others', async () => {
    const { faults, answer, scenarios } = await check([impossible, sometimes], '1..2');
    expect(faults.map(({ kind, file, seed }) => [kind, file, seed])).toEqual([['threw', 'impossible.yaml', '1'], ['threw', 'impossible.yaml', '2']]);
    expect(faults[0]?.stack).toContain('TypeError');
    expect(faults[0]?.replay).toBe('npx queuelab run impossible.yaml --seed 1');
    expect(answer).toBe('fault');
    expect(scenarios.map(({ runs }) => runs.length)).toEqual([0, 2]);
  });

  it('names promises that no scenario put to the test, and fails for them when it is strict', async () => {
    const held = { ...sometimes, expect: { promises: [], thresholds: [] } };
    const lenient = await check([held], '1');
    expect(lenient.answer).toBe('held');
    expect(lenient.neverExercised).toContain('nacked-send-absent');
    expect(lenient.neverExercised).not.toContain('acked-send-not-lost');
    expect((await check([held], '1', { strict: true })).answer).toBe('untested');
    const promises = lenient.neverExercised.map((invariant) => ({ invariant, verdict: 'not-exercised' as const, ...place }));
    expect((await check([{ ...held, expect: { promises, thresholds: [] } }], '1', { strict: true })).answer).toBe('held');
  });

  it('tells what was put to the test and left open from what was not, and asks for an answer when it is strict', async () => {
    const stuck = aScenario({
      ...short, name: 'stuck', file: 'stuck.yaml', consumers: [aConsumer('consumer')], faults: [{ at: 400 * MILLISECOND, fault: 'connection-reset', target: 'consumer' }],
      expect: { promises: [{ invariant: 'drains', verdict: 'violated', ...place }], thresholds: [] },
    });
    const mutants = ['poll-lost-for-good'];
    const lenient = await check([stuck], '1', { mutants });
    expect([lenient.answer, lenient.scenarios[0]?.runs[0]?.outcome]).toEqual(['held', 'held']);
    expect(lenient.neverJudged).toContain('acked-send-not-lost');
    expect(lenient.neverExercised).not.toContain('acked-send-not-lost');
    expect(checkResultSchema.parse(lenient).neverJudged).toEqual(lenient.neverJudged);
    const promises = [...stuck.expect.promises, ...lenient.neverExercised.map((invariant) => ({ invariant, verdict: 'not-exercised' as const, ...place }))] as typeof stuck.expect.promises;
    const strict = await check([{ ...stuck, expect: { promises, thresholds: [] } }], '1', { mutants, strict: true });
    expect([strict.answer, strict.neverExercised, strict.neverJudged]).toEqual(['untested', [], lenient.neverJudged]);
    const open = [...promises, { invariant: 'acked-send-not-lost', verdict: 'holds', ...place }] as typeof promises;
    expect((await check([{ ...stuck, expect: { promises: open, thresholds: [] } }], '1', { mutants, strict: true })).answer).toBe('inconclusive');
  });

  it('ends when its time is over, with what is done by then', async () => {
    let asked = 0;
    const { parts, scenarios } = await check([sometimes], '1..1000000', { isTimeOver: () => ++asked > 8 });
    expect(parts).toEqual([{ seeds: '1..1000000', shard: null, planned: 1_000_000, done: 8, end: 'time' }]);
    expect(scenarios[0]?.runs.map(({ seed }) => seed)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  });

  it('that is interrupted keeps what is done', async () => {
    const controller = new AbortController();
    const { parts: [part], scenarios: [table] } = await withPool(2, (pool) => check([sometimes], '1..1000000', {
      pool, signal: controller.signal, onRun: (_scenario, { seed }) => seed === '5' && controller.abort(),
    }));
    expect(part?.end).toBe('interrupted');
    expect(table?.runs.length).toBe(part?.done);
    expect(part?.done).toBeGreaterThanOrEqual(5);
  });

  it('keeps the verdict of a run that fails when it is fetched whole, names the fault, and goes on', async () => {
    const { parts: [part], scenarios: [table], faults, answer } = await withPool(2, (pool) => check([broken], '1..3', { pool: losing(pool, ({ seed }) => seed === '1') }));
    expect(part).toMatchObject({ done: 3, end: 'complete' });
    expect(table?.runs.map(({ seed, outcome }) => [seed, outcome])).toEqual(['1', '2', '3'].map((seed) => [seed, 'broken']));
    expect(faults.map(({ kind, file, seed }) => [kind, file, seed])).toEqual([['threw', 'broken.yaml', '1']]);
    expect(table?.failures.map(({ causes, result: { seed } }) => [causes, seed])).toEqual([[['acked-send-not-lost'], '2']]);
    expect(answer).toBe('fault');
  });

  it('fetches no more failing runs when several were lost so', async () => {
    const { scenarios: [table], faults } = await withPool(2, (pool) => check([broken], '1..8', { pool: losing(pool, () => true) }));
    expect([table?.runs.length, faults.length]).toEqual([8, 3]);
  });

  it('keeps the failing run during whose fetching it is interrupted', async () => {
    const controller = new AbortController();
    const { parts: [part], scenarios: [table], faults } = await withPool(1, (pool) => check([broken], '1', {
      pool: losing(pool, () => {
        controller.abort();
        return false;
      }),
      signal: controller.signal,
    }));
    expect(part).toMatchObject({ done: 1, end: 'interrupted' });
    expect(table?.runs.map(({ seed, outcome }) => [seed, outcome])).toEqual([['1', 'broken']]);
    expect(faults).toEqual([]);
  });

  it('keeps the histories of runs that do not hold, and of no other', async () => {
    const historyFolder = folderWith();
    const { scenarios } = await check([sometimes, { ...broken, name: 'sometimes' }], '1..6', { historyFolder });
    for (const run of scenarios.flatMap(({ runs }) => runs)) {
      expect(run.history === null).toBe(run.outcome === 'held');
      if (run.history !== null) expect(readFileSync(run.history, 'utf8').trim().split('\n')).toHaveLength(run.events);
    }
    expect(scenarios[1]?.runs[0]?.history).toBe(join(historyFolder, 'sometimes-2-seed-1.history.jsonl'));
  });
});

describe('shards of a check', () => {
  let shards: { readonly file: string; readonly check: CheckResult }[];
  beforeAll(async () => {
    shards = await Promise.all([1, 2, 3].map(async (index) => ({ file: `shard-${index}/check.json`, check: await check([sometimes, broken], '1..8', { shard: { index, of: 3 } }) })));
  });

  it('merge, in any order and more than once, into what the whole check gives', async () => {
    const [a, b, c] = shards as [typeof shards[number], typeof shards[number], typeof shards[number]];
    const whole = await check([sometimes, broken], '1..8');
    const merged = mergeChecks([c, a, b, a]);
    expect(merged.scenarios).toEqual(whole.scenarios);
    expect([merged.answer, merged.neverExercised, merged.missingShards]).toEqual([whole.answer, whole.neverExercised, []]);
  });

  it('are not green when one is missing', async () => {
    const [a, , c] = shards;
    const { missingShards } = mergeChecks([a!, c!]);
    expect(missingShards).toEqual(['2/3']);
    const held = { ...sometimes, expect: { promises: [], thresholds: [] } };
    const parts = await Promise.all([1, 2].map(async (index) => ({ file: `${index}`, check: await check([held], '1..8', { shard: { index, of: 3 } }) })));
    expect(mergeChecks(parts).answer).toBe('inconclusive');
    expect(parts[0]!.check.answer).toBe('held');
    expect(mergeChecks(parts.slice(0, 1))).toMatchObject({ answer: 'inconclusive', missingShards: ['2/3', '3/3'] });
  });

  it('are not green when one was interrupted', async () => {
    const held = { ...sometimes, expect: { promises: [], thresholds: [] } };
    const controller = new AbortController();
    const part = await withPool(1, (pool) => check([held], '1..3000', {
      pool, shard: { index: 1, of: 1 }, signal: controller.signal, onRun: (_scenario, { seed }) => seed === '2' && controller.abort(),
    }));
    expect(part.answer).toBe('inconclusive');
    expect(mergeChecks([{ file: 'a', check: part }]).answer).toBe('inconclusive');
  });

  it('that were interrupted count as done when they were done again to their end', async () => {
    const held = { ...sometimes, expect: { promises: [], thresholds: [] } };
    const shard = { index: 1, of: 1 };
    const whole = await check([held], '1..4', { shard });
    const controller = new AbortController();
    const part = await withPool(1, (pool) => check([held], '1..4', { pool, shard, signal: controller.signal, onRun: (_scenario, { seed }) => seed === '2' && controller.abort() }));
    expect(part.parts[0]?.end).toBe('interrupted');
    const merged = mergeChecks([{ file: 'a', check: part }, { file: 'b', check: whole }]);
    expect([merged.answer, merged.parts, merged.scenarios]).toEqual(['held', whole.parts, whole.scenarios]);
  });

  it('are not missed where a whole check has their runs', async () => {
    const [a] = shards;
    const whole = await check([sometimes, broken], '1..8');
    expect(mergeChecks([a!, { file: 'whole', check: whole }]).missingShards).toEqual([]);
  });

  it('forget a run that did not end where another has it', () => {
    const [a] = shards;
    const [run] = a!.check.scenarios[0]!.runs;
    const fault = { kind: 'did-not-end', file: 'sometimes.yaml', seed: run!.seed, message: '', stack: '', replay: '' } as const;
    const slow = { file: 'slow', check: { ...a!.check, scenarios: a!.check.scenarios.map((table) => ({ ...table, runs: [] })), faults: [fault] } };
    expect(mergeChecks([slow, a!]).faults).toEqual([]);
    expect(mergeChecks([{ ...slow, check: { ...slow.check, faults: [{ ...fault, kind: 'threw' }] } }, a!]).faults).toHaveLength(1);
    expect(mergeChecks([slow]).faults).toEqual([fault]);
  });

  it('may be empty where there are fewer runs than shards', async () => {
    const parts = await Promise.all([1, 2, 3, 4].map((index) => check([sometimes], '1', { shard: { index, of: 4 } })));
    const empty = parts.filter(({ parts: [part] }) => part?.planned === 0);
    expect(empty.map(({ answer }) => answer)).toEqual(['held', 'held', 'held']);
    expect(mergeChecks(parts.map((result, index) => ({ file: `${index}`, check: result }))).scenarios[0]?.runs).toHaveLength(1);
    expect(mergeChecks([{ file: 'a', check: empty[0]! }]).answer).toBe('inconclusive');
  });

  it('of different checks are refused, and the difference is named', async () => {
    const of = async (scenarios: readonly Scenario[], seeds: string, index: number, options: Partial<CheckOptions> = {}) =>
      ({ file: `${index}.json`, check: await check(scenarios, seeds, { ...options, shard: { index, of: 2 } }) });
    const first = await of([sometimes], '1..2', 1);
    expect(() => mergeChecks([first, first])).not.toThrow();
    const seeds = await of([sometimes], '1..3', 2);
    expect(() => mergeChecks([first, seeds])).toThrow('1.json has the seeds 1..2, and 2.json has the seeds 1..3: these are parts of no one check.');
    const scenarios = await of([sometimes, broken], '1..2', 2);
    expect(() => mergeChecks([first, scenarios])).toThrow('1.json has the scenarios sometimes.yaml, and 2.json has the scenarios broken.yaml, sometimes.yaml');
    const mutants = await of([sometimes], '1..2', 2, { mutants: ['scribble-body'] });
    expect(() => mergeChecks([first, mutants])).toThrow('1.json has no deliberate bug, and 2.json has the deliberate bugs scribble-body');
    const more = { file: '3.json', check: await check([sometimes], '1..2', { shard: { index: 2, of: 3 } }) };
    expect(() => mergeChecks([first, more])).toThrow('1.json has a check in 2 shards, and 3.json has a check in 3 shards');
  });

  it('of different versions, scenarios or builds are refused, and both are named', () => {
    const [a, b] = shards;
    const changed = (change: (result: CheckResult) => CheckResult) => ({ file: 'other/check.json', check: change(structuredClone(b!.check)) });
    expect(() => mergeChecks([a!, changed((result) => ({ ...result, version: '9.9.9' }))])).toThrow(/shard-1\/check.json is of queuelab .* and other\/check.json of queuelab 9\.9\.9/);
    expect(() => mergeChecks([changed((result) => ({ ...result, version: '9.9.9' }))])).toThrow(/is of queuelab 9\.9\.9, and this is/);
    const otherFile = changed((result) => ({ ...result, scenarios: result.scenarios.map((table) => ({ ...table, scenario: { ...table.scenario, sha256: 'c'.repeat(64) } })) }));
    expect(() => mergeChecks([a!, otherFile])).toThrow(/The scenario sometimes.yaml changed between shard-1\/check.json \(sha256 555555555555…\) and other\/check.json \(sha256 cccccccccccc…\)/);
    const otherBuild = changed(() => ({ ...a!.check, scenarios: a!.check.scenarios.map((table) => ({ ...table, runs: table.runs.map((run) => ({ ...run, fingerprint: 'f'.repeat(32) })) })) }));
    expect(() => mergeChecks([a!, otherBuild])).toThrow(/with seed \d+ has the fingerprint [0-9a-f]{32} in shard-1\/check.json and f{32} in other\/check.json/);
  });
});

describe('what a check keeps', () => {
  it('is described by its schema', async () => {
    const result = JSON.parse(JSON.stringify(await check([sometimes, broken, impossible], '1..3'))) as unknown;
    // What the schema does not know it would leave out.
    expect(checkResultSchema.parse(result)).toEqual(result);
  });

  it('schema/check-result.schema.json is what the code says (UPDATE=1 writes it)', () => {
    const path = join(root, 'schema/check-result.schema.json');
    const text = `${JSON.stringify(checkResultJsonSchema(), null, 2)}\n`;
    if (process.env['UPDATE'] === '1') writeFileSync(path, text);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('remembers the runs that failed', async () => {
    const result = await check([sometimes, broken, impossible], '1..3');
    expect(readLastFailed(lastFailedText(result)).filter(({ file }) => file !== 'sometimes.yaml')).toEqual([
      ...['1', '2', '3'].map((seed) => ({ file: 'broken.yaml', overrides: [], seed })), ...['1', '2', '3'].map((seed) => ({ file: 'impossible.yaml', overrides: [], seed })),
    ]);
    const earlier = ['1', '9'].flatMap((seed) => ['sometimes.yaml', 'broken.yaml'].map((file) => ({ file, overrides: [], seed })));
    const held = await check([{ ...sometimes, expect: { promises: [], thresholds: [] } }], '1..3');
    expect(readLastFailed(lastFailedText(held, earlier))).toEqual(earlier.slice(1));
    expect(() => readLastFailed('{')).toThrow('it is not JSON');
    expect(() => readLastFailed('{"schema":"queuelab/last-failed/2","failed":[]}')).toThrow('at schema');
    expect(() => readLastFailed('{"schema":"queuelab/last-failed/1","failed":[{}]}')).toThrow('at failed.0.file');
  });
});
