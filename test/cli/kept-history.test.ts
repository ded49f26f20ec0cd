import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unpackRecording } from '../../reports/index.js';
import type { RunResult } from '../../scenarios/index.js';
import { folderWith, queuelab, quickScenario } from './given.js';

/** A result whose history was kept as the flags say. */
async function kept(flags: readonly string[] = ['--trace', 'on'], text = quickScenario('one')): Promise<{ readonly cwd: string; readonly result: RunResult }> {
  const cwd = folderWith({ 'one.yaml': text });
  await queuelab(['run', 'one.yaml', '--quiet', '--reporter', 'json=run.json', ...flags], { cwd });
  return { cwd, result: JSON.parse(readFileSync(join(cwd, 'run.json'), 'utf8')) as RunResult };
}

const pageOf = (cwd: string): string => readFileSync(join(cwd, 'page.html'), 'utf8');
const report = (cwd: string) => queuelab(['report', 'run.json', '--reporter', 'html=page.html'], { cwd });

describe('a history that was kept with a result', { timeout: 60_000 }, () => {
  it('is every event of a short run, and becomes the timeline of its page: the same as at once', async () => {
    const { cwd, result } = await kept();
    expect(result.history).toMatchObject({ schema: 'queuelab/history/1', count: result.run.events, runEvents: result.run.events });
    expect(unpackRecording(result.history!).rows).toHaveLength(result.run.events);
    const { code, stdout } = await report(cwd);
    expect([code, stdout]).toEqual([0, expect.not.stringContaining('No timeline') as string]);
    const recording = (page: string): string => /<script type="application\/json" class="recording">(.*?)<\/script>/.exec(page)![1]!;
    const later = recording(pageOf(cwd));
    await queuelab(['run', 'one.yaml', '--quiet', '--reporter', 'html=page.html'], { cwd });
    expect(later).toBe(recording(pageOf(cwd)));
  });

  it('is not there without the flag, and the page and the terminal name it', async () => {
    const { cwd, result } = await kept([]);
    expect(result.history).toBeUndefined();
    const { code, stdout } = await report(cwd);
    expect([code, stdout]).toEqual([0, expect.stringContaining('No timeline: no history was kept. `queuelab run … --trace on --reporter json=FILE` keeps it.') as string]);
    expect(pageOf(cwd)).toContain('<code>--trace on</code>');
    expect(pageOf(cwd)).not.toContain('class="recording"');
  });

  it.each([[['--trace', '200'], 200], [['--trace', 'retain-on-failure'], null]])('is as long as %j says', async (flags, count) => {
    expect((await kept(flags)).result.history?.count ?? null).toBe(count);
  });

  it('has the last events when so many are asked for, the same as the file of --out, whatever else shows the run', async () => {
    const cwd = folderWith({ 'one.yaml': quickScenario('one', 'faults: [{ at: 100ms, fault: pause, target: worker, for: 50ms }]\n') });
    await queuelab(['run', 'one.yaml', '--quiet', '--trace', '100', '--out', 'o', '--reporter', 'json=run.json', '--reporter', 'html=page.html'], { cwd });
    const result = JSON.parse(readFileSync(join(cwd, 'o/run.json'), 'utf8')) as RunResult;
    const file = readdirSync(join(cwd, 'o')).find((name) => name.endsWith('.jsonl'));
    const lines = readFileSync(join(cwd, 'o', file!), 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { readonly index: number }).index);
    expect(unpackRecording(result.history!).rows.map(({ index }) => index)).toEqual(lines);
    expect(lines).toHaveLength(100);
  });

  it('of a run that did not hold is kept with retain-on-failure', async () => {
    const { result } = await kept(['--trace', 'retain-on-failure'], quickScenario('one', 'expect: { acked-send-not-lost: violated }\n'));
    expect([result.outcome, result.history?.count]).toEqual(['broken', result.run.events]);
  });

  it('says to a replay at which event another run parts from it', async () => {
    const { cwd, result: { digest: _, ...result } } = await kept(['--trace', 'on'], quickScenario('one').replace('rate: 10/s', 'interval: exponential(100ms)'));
    const replayed = async (changes: object) => {
      writeFileSync(join(cwd, 'run.json'), JSON.stringify({ ...result, ...changes }));
      return queuelab(['replay', 'run.json'], { cwd });
    };
    expect(await replayed({})).toMatchObject({ code: 0, stdout: expect.stringContaining('It is the recorded run again, event by event.') as string });
    const parts = /The runs part at event \d+:\n {2}expected {2}\S+s .*\n {2}seen {6}\S+s .*\n {2}differs /;
    expect(await replayed({ seed: '2', version: '0.0.1' })).toMatchObject({ code: 0, stdout: expect.stringMatching(parts) as string });
    expect(await replayed({ seed: '2' })).toMatchObject({ code: 70, stderr: expect.stringMatching(parts) as string });
    const { code, stderr } = await replayed({ fingerprint: '0'.repeat(32) });
    expect([code, stderr]).toEqual([70, expect.stringContaining(`All events that the result keeps, ${result.run.events} of ${result.run.events}, are the same`)]);
  });

  it('says to an explanation that needs the run again where that parts from the part that is kept', async () => {
    const { cwd, result: { digest: _, ...result } } = await kept(['--trace', '50'], quickScenario('one').replace('rate: 10/s', 'interval: exponential(100ms)'));
    const explain = async (changes: object) => {
      writeFileSync(join(cwd, 'run.json'), JSON.stringify({ ...result, ...changes }));
      return queuelab(['explain', 'run.json', '--message', '1'], { cwd });
    };
    expect(await explain({})).toMatchObject({ code: 0 });
    const { code, stderr } = await explain({ seed: '2' });
    expect([code, stderr]).toEqual([70, expect.stringMatching(/now it is [^]*The runs part at event \d+, or before: not all of the events before it were kept\.\n {2}expected .*\n {2}seen /)]);
  });

  it('tells messages without the scenario and without a run, as a run would', async () => {
    const { cwd } = await kept([]);
    const again = await queuelab(['explain', 'run.json', '--message', '4', '--json'], { cwd });
    const { cwd: other } = await kept();
    rmSync(join(other, 'one.yaml'));
    expect(await queuelab(['explain', 'run.json', '--message', '4', '--json'], { cwd: other })).toEqual(again);
    expect((await queuelab(['explain', 'run.json', '--message', '4', '--export', 'trace=trace.json'], { cwd: other })).code).toBe(0);
    expect((JSON.parse(readFileSync(join(other, 'trace.json'), 'utf8')) as { traceEvents: unknown[] }).traceEvents.length).toBeGreaterThan(500);
    expect((await queuelab(['explain', 'run.json', '--message', '99', '--json'], { cwd: other })).stderr).toContain('messages are 1 to 50; the nearest is 50');
  });

  it.each<[string, (result: RunResult) => RunResult, RegExp]>([
    ['changed', (result) => ({ ...result, outcome: 'broken' }), /run\.json cannot be shown: it was changed after queuelab wrote it: its content does not match its digest \(one, seed 1\)/],
    ['damaged', ({ digest: _, ...result }) => ({ ...result, history: { ...result.history!, rows: result.history!.rows.slice(0, 100) } }), /its history is damaged/],
  ])('that was %s is refused, and no page is written', async (_what, spoil, message) => {
    const { cwd, result } = await kept();
    writeFileSync(join(cwd, 'run.json'), JSON.stringify(spoil(result)));
    const { code, stderr } = await report(cwd);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message) as string]);
    expect(() => pageOf(cwd)).toThrow(/ENOENT/);
  });

  it('of a version with other events gives no timeline, and says so', async () => {
    const { cwd, result } = await kept();
    const { digest: _, ...rest } = result;
    writeFileSync(join(cwd, 'run.json'), JSON.stringify({ ...rest, history: { ...rest.history!, events: ['another'] } }));
    const { code, stdout } = await report(cwd);
    expect([code, stdout]).toEqual([0, expect.stringContaining('another version of queuelab kept the history') as string]);
  });
});
