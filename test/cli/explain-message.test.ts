import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../reports/index.js';
import type { RunResult } from '../../scenarios/index.js';
import { folderWith, queuelab, quickScenario } from './given.js';

/** Its one consumer is paused for longer than a lease lasts, so that messages have their effect twice. */
const doubling = `name: doubling
duration: 5s
queues: { orders: { visibilityTimeout: 1s } }
producers: { web: { queue: orders, rate: 2/s } }
consumers: { worker: { queue: orders, concurrency: 5, handler: { kind: plain, time: 300ms } } }
faults:
  - { at: 1s, fault: pause, target: worker, for: 2s }
`;

/** A folder with a scenario and the result of its run. */
async function given(text = doubling): Promise<{ readonly cwd: string; readonly result: RunResult }> {
  const cwd = folderWith({ 'doubling.yaml': text });
  await queuelab(['run', 'doubling.yaml', '--set', 'broker.cores=1', '--quiet', '--reporter', 'json=run.json'], { cwd });
  return { cwd, result: JSON.parse(readFileSync(join(cwd, 'run.json'), 'utf8')) as RunResult };
}

/** Changes the result, and its digest unless that is what shows it. */
function change(cwd: string, over: Partial<Record<keyof RunResult, unknown>>): void {
  const file = join(cwd, 'run.json');
  const { digest: _, ...result } = JSON.parse(readFileSync(file, 'utf8')) as RunResult;
  writeFileSync(file, JSON.stringify({ ...result, ...over }));
}

/** As {@link change}, of a result that does not carry its scenario. */
function forgetScenario(cwd: string, result: RunResult): void {
  const { text: _, ...scenario } = result.scenario;
  change(cwd, { scenario });
}

describe('queuelab explain RESULT', { timeout: 60_000 }, () => {
  it('tells the first message of each broken promise, each step with its time, its actor and its rule', async () => {
    const { cwd, result } = await given();
    const { code, stdout } = await queuelab(['explain', 'run.json'], { cwd });
    const [first] = result.verdicts.flatMap((verdict) => ((verdict.first?.message ?? 0) > 0 ? [verdict.first!] : []));
    expect([code, result.scenario.overrides, first === undefined]).toEqual([0, ['broker.cores=1'], false]);
    expect(stdout).toContain(`Message ${first!.message}  doubling, seed 1`);
    expect(stdout).toMatch(/because visibilityTimeout of orders is 1s/);
    expect(stdout.replace(/\s+/g, ' ')).toContain(first!.text);
  });

  it('lists the messages that broke a promise, and tells which breach each of them is', async () => {
    const { cwd, result } = await given(doubling.replace('rate: 2/s', 'rate: 8/s').replace('concurrency', 'count: 2, concurrency').replace('target: worker,', 'target: worker-1,'));
    const broken = result.verdicts.find(({ count, breaches = [] }) => count > 1 && breaches.length > 1)!;
    const other = broken.breaches!.find(({ message }) => message !== broken.first!.message)!;
    expect(broken.breaches).toHaveLength(broken.count);
    const { stdout } = await queuelab(['explain', 'run.json'], { cwd });
    for (const { message } of broken.breaches!) expect(stdout.replace(/\s+/g, ' ')).toContain(`message ${message} at `);
    const { violations } = JSON.parse((await queuelab(['explain', 'run.json', '--message', String(other.message), '--json'], { cwd })).stdout) as Explanation;
    expect(violations.find(({ invariant }) => invariant === broken.invariant)).toMatchObject({ count: broken.count, breaches: broken.breaches, text: other.text });
  });

  it.each([['--diagram', '.'], ['--diagram', '/proc/x.svg'], ['--export', 'trace=.'], ['--export', 'jsonl=/proc/x']])('says before the run is repeated that a file cannot be written (%s %s)', async (flag, value) => {
    const { cwd } = await given();
    const { code, stderr } = await queuelab(['explain', 'run.json', '--message', '1', flag, value], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^queuelab: error\[QL_CLI_OUTPUT\]: .* cannot be written: .*\.\n$/)]);
  });

  it('tells one message, as JSON and as a picture', async () => {
    const { cwd, result } = await given();
    const { code, stdout } = await queuelab(['explain', 'run.json', '--message', '3', '--json', '--diagram', 'out/three.svg'], { cwd });
    const told = JSON.parse(stdout) as { message: number; fingerprint: string; violations: unknown[]; steps: { event: string; rule?: string }[] };
    expect([code, told.message, told.fingerprint]).toEqual([0, 3, result.fingerprint]);
    expect(told.steps.map(({ event }) => event)).toEqual(expect.arrayContaining(['send-invoke', 'accept', 'lease-grant', 'deliver', 'effect', 'settle']));
    expect(told.steps.some(({ rule }) => rule?.startsWith('visibilityTimeout of orders'))).toBe(true);
    expect(readFileSync(join(cwd, 'out/three.svg'), 'utf8')).toMatch(/^<svg .*doubling: message 3/s);
  });

  it('runs the scenario once, whatever is exported beside the story: when that is told, nothing is left that could be interrupted', async () => {
    const { cwd } = await given(doubling.replace('rate: 2/s', 'rate: 400/s').replace('concurrency: 5', 'concurrency: 200'));
    const controller = new AbortController();
    const { code } = await queuelab(
      ['explain', 'run.json', '--message', '3', '--json', '--export', 'trace=trace.json', '--export', 'jsonl=rows.jsonl', '--export', 'hgrm=l.hgrm'],
      { cwd, interrupt: controller.signal, onStdout: () => controller.abort() },
    );
    expect([code, controller.signal.aborted]).toEqual([0, true]);
    const rows = readFileSync(join(cwd, 'rows.jsonl'), 'utf8').trim().split('\n');
    expect(rows.some((row) => (JSON.parse(row) as { message?: number }).message === 3)).toBe(true);
    expect((JSON.parse(readFileSync(join(cwd, 'trace.json'), 'utf8')) as { traceEvents: unknown[] }).traceEvents.length).toBeGreaterThan(100);
  });

  it('names the nearest message when there is none of the number', async () => {
    const { cwd } = await given();
    const { code, stderr } = await queuelab(['explain', 'run.json', '--message', '4000'], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/--message 4000: there is no such message\. The run's messages are 1 to (\d+); the nearest is \1\./) as string]);
  });

  it.each([
    ['a scenario that was changed since', 3, /doubling\.yaml is not the scenario that this result came from: it was changed since.*with --trace on, JSON results keep their history/, (cwd: string, result: RunResult) => {
      forgetScenario(cwd, result);
      writeFileSync(join(cwd, 'doubling.yaml'), `${doubling}# changed\n`);
    }],
    ['an edited result', 2, /it was changed after queuelab wrote it: its content does not match its digest/, (cwd: string, result: RunResult) => change(cwd, { seed: '2', digest: result.digest })],
    ['a result with an edited fingerprint', 70, /The run came out differently: the result has fingerprint 0{32}.*Either the result was edited/, (cwd: string) => change(cwd, { fingerprint: '0'.repeat(32) })],
    ['a result of another version', 70, /was made by queuelab 99\.0\.0, and this is/, (cwd: string) => change(cwd, { fingerprint: '0'.repeat(32), version: '99.0.0' })],
    ['a result of a newer format', 2, /a newer version of queuelab/, (cwd: string) => change(cwd, { schema: 'queuelab/run-result/2' })],
    ['a truncated result', 2, /it is cut off or damaged/, (cwd: string) => writeFileSync(join(cwd, 'run.json'), readFileSync(join(cwd, 'run.json'), 'utf8').slice(0, 1_000))],
  ])('refuses %s, with the right code', async (_what, expected, message, spoil) => {
    const { cwd, result } = await given();
    spoil(cwd, result);
    const { code, stderr } = await queuelab(['explain', 'run.json', '--message', '3'], { cwd });
    expect([code, stderr]).toEqual([expected, expect.stringMatching(message) as string]);
  });

  it('tells the run as it was, though its file was changed or is gone', async () => {
    const { cwd } = await given();
    const told = await queuelab(['explain', 'run.json', '--message', '3'], { cwd });
    writeFileSync(join(cwd, 'doubling.yaml'), doubling.replace('rate: 2/s', 'rate: 9/s'));
    expect(await queuelab(['explain', 'run.json', '--message', '3'], { cwd })).toEqual(told);
    rmSync(join(cwd, 'doubling.yaml'));
    expect(await queuelab(['explain', 'run.json', '--message', '3'], { cwd })).toEqual(told);
  });

  it.each([
    [['explain'], /Say what to explain/],
    [['explain', 'run.json', '--message', '0'], /--message: the number of a message, from 1/],
    [['explain', 'run.json', '--contract', 'doubling.yaml'], /not both at once/],
    [['explain', 'run.json', '--run', '2'], /--run 2: run\.json holds 1 run/],
  ])('says what is wrong with %j', async (args, message) => {
    const { cwd } = await given();
    const { code, stderr } = await queuelab(args, { cwd });
    expect([code, stderr]).toEqual([2, expect.stringMatching(message) as string]);
  });

  it('has nothing to say about a run in which nothing was broken', async () => {
    const { cwd } = await given(quickScenario('quiet'));
    expect(await queuelab(['explain', 'run.json'], { cwd })).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to explain') as string });
  });
});
