import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CapacityResult, capacitySchema, type Comparison, comparisonSchema, type SweepResult, sweepSchema } from '../../campaign/index.js';
import type { RunResult } from '../../scenarios/index.js';
import { folderWith, queuelab } from './given.js';

const QUEUE = `name: small
personality: sqs
duration: 5s
broker: { cpuCost: 0, flush: never }
network: { latency: 1us }
queues: { jobs: {} }
producers: { shop: { queue: jobs, interval: exponential(20ms), size: 100B } }
consumers: { worker: { queue: jobs, batchSize: 1, handler: { time: 10ms } } }
`;
const SLOWER = QUEUE.replace('name: small', 'name: slower').replace('10ms }', '14ms }');
const given = () => folderWith({ 'small.yaml': QUEUE, 'slower.yaml': SLOWER });

describe('queuelab compare', { timeout: 120_000 }, () => {
  it('runs scenarios with the same seeds, says what is worse, and fails when asked to', async () => {
    const cwd = given();
    const args = ['compare', 'small.yaml', 'slower.yaml', '--seeds', '1..6', '-j', '1'];
    const { code, stdout } = await queuelab([...args, '--reporter', 'json', '--reporter', 'html=page.html'], { cwd });
    const comparison = JSON.parse(stdout) as Comparison;
    expect(comparisonSchema.parse(comparison)).toEqual(comparison);
    expect(comparison).toMatchObject({ schema: 'queuelab/comparison/1', isPaired: true });
    expect(comparison.rows.find(({ figure }) => figure === 'mean(endToEnd)')!.verdict).toBe('regressed');
    expect(code).toBe(0);
    const page = readFileSync(join(cwd, 'page.html'), 'utf8');
    expect(page).toContain('<h1>slower against small</h1>');
    expect(page).toContain('<h2 class="part">slower against small</h2>');
    expect(page).not.toContain('small against slower');
    expect(page.match(/<svg xmlns/g)!.length).toBeGreaterThanOrEqual(2);
    expect(page).not.toMatch(/(src|href)="https?:/);
    expect((await queuelab([...args, '--fail-on', 'regressed'], { cwd })).code).toBe(5);
    expect((await queuelab([...args.slice(0, -1), '2', '--reporter', 'json'], { cwd })).stdout).toBe(stdout);
  });

  it('calls variants of one name by their files', async () => {
    const cwd = folderWith({ 'small.yaml': QUEUE, 'changed.yaml': SLOWER.replace('name: slower', 'name: small') });
    const { stdout } = await queuelab(['compare', 'small.yaml', 'changed.yaml', '--seeds', '1', '-j', '1', '--reporter', 'json'], { cwd });
    expect((JSON.parse(stdout) as Comparison).variants.map(({ name }) => name)).toEqual(['small.yaml', 'changed.yaml']);
    await queuelab(['run', 'small.yaml', '--quiet', '--reporter', 'json=small.json'], { cwd });
    const same = await queuelab(['compare', 'small.json', 'small.json', '--reporter', 'json'], { cwd });
    expect((JSON.parse(same.stdout) as Comparison).variants.map(({ name }) => name)).toEqual(['small.json', 'small.json (2)']);
  });

  it('saves a baseline and holds later runs against it', async () => {
    const cwd = given();
    const flags = ['--seeds', '1..6', '-j', '1', '--baseline', 'main'];
    expect(await queuelab(['compare', 'small.yaml', ...flags], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no baseline main') as string });
    expect((await queuelab(['compare', 'small.yaml', ...flags, '--save'], { cwd })).stdout).toContain('Saved the baseline main');
    expect(existsSync(join(cwd, '.queuelab/baselines/main.json'))).toBe(true);
    const gate = ['--baseline', 'main', '--fail-on', 'regressed', '-j', '1'];
    const same = await queuelab(['compare', 'small.yaml', ...gate], { cwd });
    expect(same.stdout).toContain('nothing differs from baseline main by more than chance');
    expect(same.code).toBe(0);
    expect((await queuelab(['compare', 'slower.yaml', ...gate], { cwd })).code).toBe(5);
  });

  it('fails a gate for a broken promise and for a lost message, though no figure that was asked for is worse', async () => {
    const cwd = given();
    await queuelab(['run', 'small.yaml', '--quiet', '--reporter', 'json=small.json'], { cwd });
    const result = JSON.parse(readFileSync(join(cwd, 'small.json'), 'utf8')) as RunResult;
    const write = (file: string, change: Partial<RunResult>) => writeFileSync(join(cwd, file), JSON.stringify([{ ...result, digest: undefined, ...change }]));
    write('broken.json', { verdicts: result.verdicts.map((verdict) => (verdict.invariant === 'drains' ? { ...verdict, verdict: 'violated', met: false, count: 1 } : verdict)) });
    write('losing.json', { measures: { ...result.measures, counts: { ...result.measures.counts, effects: result.measures.counts['effects']! - 1 } } });
    write('open.json', { verdicts: result.verdicts.map((verdict) => (verdict.invariant === 'drains' ? { ...verdict, verdict: 'inconclusive' } : verdict)) });
    const gate = (other: string, ...more: string[]) => queuelab(['compare', 'small.json', other, '--measure', 'mean(endToEnd)', ...more], { cwd });
    expect(await gate('small.json', '--fail-on', 'regressed')).toMatchObject({ code: 0 });
    const broken = await gate('broken.json', '--fail-on', 'regressed');
    expect([broken.code, broken.stdout]).toEqual([5, expect.stringContaining('breaks what was kept (drains).') as string]);
    expect(broken.stdout).toMatch(/regressed +drains +holds +violated/);
    const losing = await gate('losing.json', '--fail-on', 'regressed');
    expect([losing.code, losing.stdout]).toEqual([5, expect.stringMatching(/regressed +lost +0 +1/) as string]);
    expect(await gate('open.json', '--fail-on', 'regressed')).toMatchObject({ code: 6 });
    expect(await gate('broken.json')).toMatchObject({ code: 0 });
  });

  it('refuses a baseline that was edited', async () => {
    const cwd = given();
    await queuelab(['compare', 'small.yaml', '--seeds', '1', '-j', '1', '--baseline', 'main', '--save'], { cwd });
    const file = join(cwd, '.queuelab/baselines/main.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"throughput":', '"throughput":1'));
    expect(await queuelab(['compare', 'small.yaml', '--baseline', 'main'], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining('it was changed after queuelab wrote it') as string });
  });

  it('refuses scenarios that have nothing in common, unless told to', async () => {
    const cwd = folderWith({ 'small.yaml': QUEUE, 'busy.yaml': SLOWER.replace('exponential(20ms)', 'exponential(19ms)') });
    const args = ['compare', 'small.yaml', 'busy.yaml', '--seeds', '1', '-j', '1'];
    expect(await queuelab(args, { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining('different scenarios under different loads (producers.*.interval: exponential(20ms), exponential(19ms))') as string });
    const { code, stdout } = await queuelab([...args, '--any-load'], { cwd });
    expect([code, stdout.replace(/\s+/g, ' ')]).toEqual([0, expect.stringContaining('are offered different loads') as string]);
  });

  it('compares saved results', async () => {
    const cwd = given();
    for (const name of ['small', 'slower']) await queuelab(['run', `${name}.yaml`, '--quiet', '--reporter', `json=${name}.json`], { cwd });
    const { code, stdout } = await queuelab(['compare', 'small.json', 'slower.json', '--measure', 'mean(endToEnd)'], { cwd });
    expect(stdout).toContain('regressed');
    expect(stdout).toContain('consumers.worker.handler.time');
    expect(code).toBe(0);
  });

  it('says that single short runs tell nothing, and a gate of them is inconclusive', async () => {
    const cwd = given();
    for (const name of ['small', 'slower']) await queuelab(['run', `${name}.yaml`, '--set', 'duration=300ms', '--quiet', '--reporter', `json=${name}.json`], { cwd });
    const args = ['compare', 'small.json', 'slower.json', '--measure', 'max(endToEnd)', '--measure', 'p50(endToEnd)'];
    const { code, stdout } = await queuelab(args, { cwd });
    expect([code, stdout.replace(/\s+/g, ' ')]).toEqual([0, expect.stringContaining('slower.json: what differs from small.json cannot be judged. 2 figures cannot be told from chance by one run each') as string]);
    expect((await queuelab([...args, '--fail-on', 'regressed'], { cwd })).code).toBe(6);
    expect((await queuelab(['compare', 'small.json', 'small.json', '--fail-on', 'regressed'], { cwd })).code).toBe(0);
  });

  it.each<[readonly string[], number, string]>([
    [['compare'], 4, 'No scenario is selected'],
    [['compare', 'small.yaml', '--seeds', '1'], 2, 'two results or scenarios'],
    [['compare', 'small.yaml', 'small.json'], 2, 'there is no such file'],
    [['compare', 'newer.json', 'small.yaml'], 2, 'newer version'],
    [['compare', 'cut.json', 'small.yaml'], 2, 'it is cut off or damaged'],
    [['compare', 'sweep.json', 'small.yaml'], 2, 'it is a sweep, and not the result of a run'],
    [['compare', 'small.yaml', 'slower.yaml', '--fail-on', 'slow'], 2, 'there are regressed'],
    [['compare', 'small.yaml', 'slower.yaml', '--measure', 'p99(endtoend)'], 2, 'Did you mean endToEnd?'],
    [['compare', 'small.yaml', 'slower.yaml', '--tolerance', 'much'], 2, '--tolerance much'],
    [['compare', 'small.yaml', 'slower.yaml', '--reporter', 'csv'], 2, 'pretty, json, html'],
    [['compare', 'small.yaml', '--baseline', '../x', '--save'], 2, '--baseline ../x'],
    [['compare', 'small.yaml', '--save'], 2, 'give its name'],
    [['sweep', 'small.yaml'], 2, 'give at least one --set'],
    [['sweep', 'small.yaml', '--set', 'broker.flush=always,sometimes'], 2, 'sometimes'],
    [['sweep', 'small.yaml', '--set', 'broker.flsh=always'], 2, 'flsh'],
    [['sweep', 'small.yaml', '--set', 'broker.flush'], 2, 'write path=value'],
    [['sweep', 'nowhere.yaml', '--set', 'broker.cores=1,2'], 3, 'nowhere.yaml'],
    [['capacity', 'small.yaml'], 2, 'until'],
    [['capacity', 'small.yaml', '--until', 'p99(endtoend) < 50ms'], 2, 'Did you mean endToEnd?'],
    [['capacity', 'small.yaml', '--until', 'p99(endToEnd) < 50ms', '--precision', '0'], 2, '--precision 0'],
    [['capacity', 'small.yaml', '--until', 'p99(endToEnd) < 50ms', '--seeds', 'all'], 2, '--seeds all'],
    [['capacity', 'small.yaml', '--until', 'offered > 1/s'], 2, 'is what is sought'],
    [['capacity', 'small.yaml', '--until', 'throughput > 60/s'], 2, 'needs an upper limit'],
  ])('%j is refused', async (args, code, words) => {
    const cwd = folderWith({ 'small.yaml': QUEUE, 'slower.yaml': SLOWER, 'newer.json': '{ "schema": "queuelab/run-result/9" }', 'cut.json': '{ "schema": "queuelab/run-', 'sweep.json': '{ "schema": "queuelab/sweep/1", "points": [] }' });
    const outcome = await queuelab(args, { cwd });
    expect(outcome.stderr).toContain(words);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).not.toMatch(/\n\s+at /);
  });
});

describe('queuelab sweep', { timeout: 120_000 }, () => {
  it('runs a grid and shows it as table, CSV, JSON and page', async () => {
    const cwd = given();
    const args = ['sweep', 'small.yaml', '--set', 'consumers.worker.handler.time=5ms,10ms', '--set', 'broker.flush=always,never', '--seeds', '1..5', '-j', '1'];
    const { code, stdout } = await queuelab([...args, '--reporter', 'json', '--reporter', 'html=page.html', '--reporter', 'csv=grid.csv'], { cwd });
    const sweep = JSON.parse(stdout) as SweepResult;
    expect(sweepSchema.parse(sweep)).toEqual(sweep);
    expect(sweep.points.map(({ at }) => at.join(' '))).toEqual(['5ms always', '5ms never', '10ms always', '10ms never']);
    const p50 = sweep.figures.findIndex(({ name }) => name === 'p50(endToEnd)');
    expect(sweep.points[0]!.figures[p50]!.value).toBeLessThan(sweep.points[2]!.figures[p50]!.value);
    expect(readFileSync(join(cwd, 'grid.csv'), 'utf8').trim().split('\n')).toHaveLength(5);
    const page = readFileSync(join(cwd, 'page.html'), 'utf8');
    // Neither setting makes the rate.
    expect(page).not.toContain('against the rate');
    expect(page).toMatch(/p50\(endToEnd\) is lowest, [\d.]+ms, at consumers\.worker\.handler\.time = 5ms, broker\.flush = never; highest, [\d.]+ms, at consumers\.worker\.handler\.time = 10ms, broker\.flush = always\./);
    expect(page).toContain('Every run held what it promises.');
    // For each of four figures a heat map and lines.
    expect(page.match(/<svg xmlns/g)).toHaveLength(8);
    expect(code).toBe(0);
  });

  it('draws the rate against the latency where a setting makes the rate', async () => {
    const cwd = given();
    await queuelab(['sweep', 'small.yaml', '--set', 'producers.shop.interval=exponential(20ms),exponential(15ms)', '--seeds', '1,2', '-j', '1', '--quiet', '--reporter', 'html=page.html'], { cwd });
    expect(readFileSync(join(cwd, 'page.html'), 'utf8').match(/against the rate</g)!.length).toBeGreaterThanOrEqual(2);
  });
});

describe('queuelab capacity', { timeout: 120_000 }, () => {
  it('finds the same rate however many workers there are', async () => {
    const cwd = given();
    const args = ['capacity', 'small.yaml', '--until', 'p99(endToEnd) < 60ms', '--precision', '5%', '--seeds', '1,2'];
    const one = await queuelab([...args, '-j', '1', '--reporter', 'json', '--reporter', 'html=page.html'], { cwd });
    const capacity = JSON.parse(one.stdout) as CapacityResult;
    // What the schema does not know it would leave out.
    expect(capacitySchema.parse(capacity)).toEqual(capacity);
    expect(capacity.sustained!.ratePerSecond).toBeGreaterThan(50);
    expect(capacity.sustained!.ratePerSecond).toBeLessThan(100);
    expect((await queuelab([...args, '-j', '2', '--reporter', 'json'], { cwd })).stdout).toBe(one.stdout);
    expect(readFileSync(join(cwd, 'page.html'), 'utf8')).toContain('is the highest rate that keeps');
  });

  it.each([
    ['random arrivals', QUEUE, [/^producers\.shop\.interval=exponential\([\d.]+ms\)$/]],
    ['a rate, of two producers with an end', QUEUE.replace('interval: exponential(20ms)', 'rate: 21/s, count: 2, messages: 500'), [/^producers\.shop\.rate=[\d.]+\/s$/, /^producers\.shop\.messages=null$/]],
    ['a regular interval', QUEUE.replace('exponential(20ms)', '20ms'), [/^producers\.shop\.interval=null$/, /^producers\.shop\.rate=[\d.]+\/s$/]],
  ])('gives settings that make the same run again (%s)', async (_what, text, settings) => {
    const cwd = folderWith({ 'small.yaml': text });
    const found = await queuelab(['capacity', 'small.yaml', '--until', 'p99(endToEnd) < 60ms', '--precision', '20%', '--seeds', '1', '-j', '1', '--reporter', 'json'], { cwd });
    const { sustained } = JSON.parse(found.stdout) as CapacityResult;
    expect(sustained!.settings).toEqual(settings.map((setting) => expect.stringMatching(setting) as string));
    const run = await queuelab(['run', 'small.yaml', '--seed', '1', ...sustained!.settings!.flatMap((setting) => ['--set', setting]), '--reporter', 'json'], { cwd });
    expect((JSON.parse(run.stdout) as RunResult).measures.latencies['endToEnd']!.p99Micros).toBe(sustained!.value);
    expect((await queuelab(['capacity', 'small.yaml', '--until', 'p99(endToEnd) < 60ms', '--precision', '20%', '--seeds', '1', '-j', '1'], { cwd })).stdout).toContain('At that rate: npx queuelab run small.yaml --seed 1 --set ');
  });
});
