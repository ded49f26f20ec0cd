import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { CheckResult } from '../../campaign/index.js';
import { endlessScenario, folderWith, queuelab, quickScenario } from './given.js';

vi.setConfig({ testTimeout: 60_000 });

const held = quickScenario('held', 'expect: { acked-send-not-lost: holds }');
const broken = quickScenario('broken', 'expect: { acked-send-not-lost: violated }');
const slow = quickScenario('slow', 'expect: { thresholds: [p99(endToEnd) < 1us] }');
const one = ['-j', '1'];

const resultIn = (folder: string, name = 'check.json'): CheckResult => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CheckResult;

describe('queuelab check', () => {
  it('runs the seeds of all scenarios of a folder and says how often each promise held', async () => {
    const cwd = folderWith({ 'all/held.yaml': held, 'all/deep/other.yml': quickScenario('other'), 'all/notes.txt': '' });
    const { code, stdout, stderr } = await queuelab(['check', 'all/', '--seeds', '1..3', ...one], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/HELD {2}held {2}3 seeds/);
    expect(stdout).toMatch(/✓ acked-send-not-lost +holds +3 +0 +0 +0 +0\n/);
    expect(stdout).toMatch(/Never put to the test by any scenario:\n {2}[^]*\n {2}lease-not-early \(it takes leases that ended without acknowledgement\)\n/);
    // No queue of these pushes, and none is FIFO.
    expect(stdout).not.toMatch(/Never put to the test[^✓]*(prefetch-bound|group-fifo)/);
    expect(stdout).toContain('✓ All 6 runs of 2 scenarios held.');
    expect(readdirSync(cwd)).toEqual(['all']);
  });

  it('tells what failed with its seeds and the command that runs it again', async () => {
    const cwd = folderWith({ 'held.yaml': held, 'broken.yaml': broken });
    const { code, stdout } = await queuelab(['check', 'held.yaml', 'broken.yaml', '--seeds', '4,6', ...one], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/BROKEN {2}broken {2}2 of 2 seeds/);
    expect(stdout).toContain('acked-send-not-lost: seeds 4, 6');
    expect(stdout).toContain('run it again  npx queuelab run broken.yaml --seed 4');
    expect(stdout).toContain('✗ 2 of 4 runs, in 1 of 2 scenarios, did not turn out as expected.');
  });

  it.each([
    ['a missed threshold', [], slow, 5],
    ['a promise that was never put to the test, when that is asked for', ['--strict'], held, 1],
    ['nothing at all', [], held, 0],
  ])('ends with its code for %s', async (_what, flags, text, expected) => {
    const { code } = await queuelab(['check', 'one.yaml', '--seeds', '1', ...one, ...flags], { cwd: folderWith({ 'one.yaml': text }) });
    expect(code).toBe(expected);
  });

  it('is green for a shard to which no run falls', async () => {
    const cwd = folderWith({ 'held.yaml': held });
    const shards = await Promise.all(['1/3', '2/3', '3/3'].map((shard) => queuelab(['check', 'held.yaml', '--seeds', '1', '--shard', shard, ...one], { cwd })));
    expect(shards.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(shards.filter(({ stdout }) => stdout.includes('No run fell to this shard, so there was nothing to do.'))).toHaveLength(2);
  });

  it('stops after so many failures, and goes on until one when asked', async () => {
    const cwd = folderWith({ 'broken.yaml': broken });
    const bail = await queuelab(['check', 'broken.yaml', '--bail', '2', '--out', 'a', ...one], { cwd });
    expect([bail.code, resultIn(join(cwd, 'a')).parts]).toEqual([1, [{ seeds: '1..100', shard: null, planned: 100, done: 2, end: 'bail' }]]);
    expect(bail.stdout).toContain('The check ended after 2 of 100 runs, because enough of them had failed.');
    await queuelab(['check', 'broken.yaml', '--until-fail', '--out', 'b', ...one], { cwd });
    expect(resultIn(join(cwd, 'b')).parts).toEqual([{ seeds: '1 and on', shard: null, planned: null, done: 1, end: 'bail' }]);
  });

  it('tells of runs that do not end, ends them, and does the others', async () => {
    const cwd = folderWith({ 'endless.yaml': endlessScenario, 'held.yaml': held });
    const { code, stdout, stderr } = await queuelab(['check', 'endless.yaml', 'held.yaml', '--seeds', '1..2', '--run-timeout', '3s', '--out', 'out', '--reporter', 'junit=junit.xml', '--reporter', 'pretty', ...one], { cwd });
    expect(code).toBe(6);
    const { answer, faults, scenarios } = resultIn(join(cwd, 'out'));
    expect([answer, faults.map(({ kind, seed, stack }) => [kind, seed, stack]), scenarios.map(({ runs }) => runs.length)]).toEqual(['inconclusive', [['did-not-end', '1', ''], ['did-not-end', '2', '']], [0, 2]]);
    expect(stdout).toMatch(/DID NOT END\n +The run of endless\.yaml with seed 1 did not end within 3s of real time\.\n/);
    expect(stdout).toContain('2 runs did not end in time; 2 other runs held.');
    const lines = await queuelab(['check', 'endless.yaml', '--seeds', '1', '--run-timeout', '3s', '--reporter', 'jsonl', '--quiet', ...one], { cwd });
    expect(JSON.parse(lines.stdout)).toMatchObject({ file: 'endless.yaml', seed: '1', outcome: null, fault: 'did-not-end' });
    expect(stderr).toMatch(/^queuelab: error\[QL_CLI_RUN_ENDLESS\]: 2 runs did not end in the time that one may take\.\n[^]*--run-timeout/);
    expect(readFileSync(join(cwd, 'out', 'junit.xml'), 'utf8')).toMatch(/seed 1 gives a result[^]*did not end within 3s/);
  });

  it.each(['0', 'soon', '5'])('refuses a --run-timeout of %s', async (time) => {
    const { code, stderr } = await queuelab(['check', 'held.yaml', '--run-timeout', time, ...one], { cwd: folderWith({ 'held.yaml': held }) });
    expect([code, stderr]).toEqual([2, expect.stringContaining(`--run-timeout ${time}: `)]);
  });

  it('begins no more runs when its time is over', async () => {
    const cwd = folderWith({ 'held.yaml': held });
    const { code, stdout } = await queuelab(['check', 'held.yaml', '--duration', '300ms', ...one], { cwd });
    expect(code === 0 || code === 6).toBe(true);
    expect(stdout).toMatch(/The check ended after [\d,]+ runs?, because its time was over\./);
  });

  it('runs again what failed last time, and remembers what does then', async () => {
    const cwd = folderWith({ 'held.yaml': held, 'broken.yaml': broken });
    await queuelab(['check', 'held.yaml', 'broken.yaml', '--seeds', '3,8', ...one], { cwd });
    expect(existsSync(join(cwd, '.queuelab/last-failed.json'))).toBe(true);
    const again = await queuelab(['check', '--last-failed', '--reporter', 'jsonl', '--quiet', ...one], { cwd });
    expect(again.stdout.trim().split('\n').map((line) => JSON.parse(line) as { file: string; seed: string }).map(({ file, seed }) => [file, seed])).toEqual([['broken.yaml', '3'], ['broken.yaml', '8']]);
    writeFileSync(join(cwd, 'broken.yaml'), held);
    expect((await queuelab(['check', '--last-failed', ...one], { cwd })).code).toBe(0);
    const nothing = await queuelab(['check', '--last-failed', ...one], { cwd });
    expect([nothing.code, nothing.stderr]).toEqual([4, 'queuelab: error[QL_CLI_NOTHING_SELECTED]: Nothing failed in the last check, so there is nothing to run again.\n']);
    writeFileSync(join(cwd, '.queuelab/last-failed.json'), '{ "schema": "other" }');
    const bad = await queuelab(['check', '--last-failed', ...one], { cwd });
    expect(bad.code).toBe(2);
    expect(bad.stderr).toMatch(/^queuelab: error\[QL_CLI_LAST_FAILED\]: \.queuelab\/last-failed\.json cannot be used: It is not what `queuelab check` writes \(at schema: .*\)\. Delete it, or check without --last-failed\.\n$/);
  });

  describe('of what failed last time', () => {
    const failedIn = (folder: string): string[] =>
      (JSON.parse(readFileSync(join(folder, 'last-failed.json'), 'utf8')) as { failed: { file: string; seed: string }[] }).failed.map(({ file, seed }) => `${file} ${seed}`).sort();
    const failing = async (...flags: string[]): Promise<string> => {
      const cwd = folderWith({ 'broken.yaml': broken, 'slow.yaml': slow });
      await queuelab(['check', 'broken.yaml', 'slow.yaml', '--seeds', '1..2', '--no-shrink', ...flags, ...one], { cwd });
      return cwd;
    };
    const all = ['broken.yaml 1', 'broken.yaml 2', 'slow.yaml 1', 'slow.yaml 2'];

    it.each([
      ['is stopped after so many failures', ['--bail', '1'], all],
      ['is of some of the files', ['slow.yaml'], all],
      ['is of a file that holds now', ['other/../broken.yaml'], all.slice(2)],
    ])('forgets nothing that was not run again when it %s', async (_what, flags, left) => {
      const cwd = await failing();
      if (left.length < all.length) writeFileSync(join(cwd, 'broken.yaml'), held);
      await queuelab(['check', '--last-failed', '--no-shrink', ...flags, ...one], { cwd });
      expect(failedIn(join(cwd, '.queuelab'))).toEqual(left);
    });

    it('knows its files however they are written', async () => {
      const cwd = await failing();
      for (const name of ['./slow.yaml', join(cwd, 'slow.yaml')]) {
        const { code, stdout } = await queuelab(['check', '--last-failed', name, '--reporter', 'jsonl', '--quiet', '--no-shrink', ...one], { cwd });
        expect([code, stdout.trim().split('\n').length]).toEqual([5, 2]);
      }
    });

    it('forgets nothing of another shard that has the same folder', async () => {
      const cwd = folderWith({ 'broken.yaml': broken });
      const inShard = (shard: string): unknown => queuelab(['check', 'broken.yaml', '--seeds', '1..8', '--shard', shard, '--out', 'out', '--no-shrink', '--quiet', ...one], { cwd });
      await inShard('1/2');
      const first = failedIn(join(cwd, 'out'));
      await inShard('2/2');
      expect(first.length).toBeGreaterThan(0);
      expect(first.length).toBeLessThan(8);
      expect(failedIn(join(cwd, 'out'))).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => `broken.yaml ${seed}`));
      writeFileSync(join(cwd, 'broken.yaml'), held);
      for (const shard of ['1/2', '2/2']) await inShard(shard);
      expect(failedIn(join(cwd, 'out'))).toEqual([]);
    });

    it('leaves the result of the whole check to merge', async () => {
      const cwd = await failing('--out', 'out');
      const whole = readFileSync(join(cwd, 'out/check.json'), 'utf8');
      const { stdout } = await queuelab(['check', '--last-failed', 'slow.yaml', '--out', 'out', ...one], { cwd });
      expect(stdout).toContain('Wrote out/check-last-failed.json.');
      expect(readFileSync(join(cwd, 'out/check.json'), 'utf8')).toBe(whole);
      expect((await queuelab(['merge', 'out'], { cwd })).stdout).toContain('4 of 4 runs');
    });
  });

  it('keeps the histories of failures beside its result', async () => {
    const cwd = folderWith({ 'held.yaml': held, 'broken.yaml': broken });
    await queuelab(['check', '*.yaml', '--seeds', '5', '--trace', 'retain-on-failure', '--out', 'out', ...one], { cwd });
    expect(readdirSync(join(cwd, 'out')).sort()).toEqual(['check.json', 'history', 'last-failed.json']);
    expect(readdirSync(join(cwd, 'out/history'))).toEqual(['broken-seed-5.history.jsonl']);
    await queuelab(['check', 'broken.yaml', '--seeds', '5', '--trace', 'retain-on-failure', '--out', 'out', '--reporter', 'jsonl=lines.jsonl', ...one], { cwd });
    expect((JSON.parse(readFileSync(join(cwd, 'out/lines.jsonl'), 'utf8')) as { history: string }).history).toBe(join('out', 'history', 'broken-seed-5.history.jsonl'));
  });

  it('says where the histories are, also without a folder, and takes away those of runs that hold again', async () => {
    const cwd = folderWith({ 'a.yaml': broken });
    const flags = ['--seeds', '5..6', '--trace', 'retain-on-failure', ...one];
    const { stdout } = await queuelab(['check', 'a.yaml', ...flags], { cwd });
    expect(stdout).toContain('\nWrote the histories of 2 runs that did not hold into .queuelab/history.\n');
    const files = (): string[] => readdirSync(join(cwd, '.queuelab/history')).sort();
    expect(files()).toEqual(['broken-seed-5.history.jsonl', 'broken-seed-6.history.jsonl']);
    writeFileSync(join(cwd, 'a.yaml'), quickScenario('broken', 'expect: { acked-send-not-lost: holds }'));
    const mended = await queuelab(['check', 'a.yaml', '--seeds', '6', ...one], { cwd });
    expect(mended.stdout).toContain('\nTook away the history of a run that holds again.\n');
    expect(files()).toEqual(['broken-seed-5.history.jsonl']);
  });

  it('writes what is finished when it is interrupted', async () => {
    const cwd = folderWith({ 'held.yaml': held, 'z.yaml': endlessScenario });
    const controller = new AbortController();
    // The line of the first run comes as soon as it is over; then the endless one is under way.
    const { code } = await queuelab(['check', 'held.yaml', 'z.yaml', '--seeds', '1', '--reporter', 'jsonl', '--reporter', 'json=check.json', ...one], {
      cwd, interrupt: controller.signal, onStdout: () => controller.abort(),
    });
    expect(code).toBe(130);
    const { parts: [part], scenarios } = resultIn(cwd);
    expect(part).toMatchObject({ planned: 2, done: 1, end: 'interrupted' });
    expect(scenarios.map(({ runs }) => runs.length)).toEqual([1, 0]);
  });

  it.each([
    [['--seeds', '5..1'], '--seeds 5..1: the range 5..1 ends before it begins; did you mean 1..5?'],
    [['--shard', '5/4'], '--shard 5/4: the parts are numbered from 1 to 4, so there is no part 5.'],
    [['--bail', 'x'], '--bail x: say after how many failed runs to stop, such as --bail=1 or --bail=5.'],
    [['--duration', '10'], '--duration 10: "10" has no unit. Write a time such as 90s, 10m or 1h 30m.'],
    [['--duration', '0s'], '--duration 0s: that is no time at all.'],
    [['-j', '0'], '-j 0: say how many workers, 1 to 256.'],
    [['--jobs', '0'], '--jobs 0: say how many workers, 1 to 256.'],
    [['--jobs=0'], '--jobs 0: say how many workers, 1 to 256.'],
    [['--last-failed', '--seeds', '1'], '--last-failed says itself which seeds to run: leave out --seeds.'],
    [['--trace', 'on'], '--trace on: a check keeps no histories (off) or those of runs that do not hold (retain-on-failure).'],
    [['--reporter', 'csv'], 'The reporter csv shows single runs: use it with `queuelab run` for the seed to be looked at.'],
    [['--seeds', '1', '--seeds', '2'], '--seeds is given more than once: say which.'],
    [['--seed', '1'], 'There is no flag --seed. Did you mean --seeds?'],
  ])('refuses %j', async (flags, message) => {
    expect(await queuelab(['check', 'held.yaml', ...flags], { cwd: folderWith({ 'held.yaml': held }) })).toEqual({ code: 2, stdout: '', stderr: `queuelab: error[QL_CLI_USAGE]: ${message}\n` });
  });

  describe('makes failures smaller', () => {
    const busy = `name: busy
duration: 5s
queues: { orders: { visibilityTimeout: 1s } }
producers: { web: { queue: orders, rate: 10/s, messages: 12 } }
consumers: { worker: { queue: orders, count: 2, concurrency: 4, handler: { kind: ack-first, time: 1500ms } } }
`;
    const flags = ['busy.yaml', '--mutant', 'acknowledge-after-work', '--seeds', '1..2', ...one];

    it('and writes them beside its result, with the command that runs them again', async () => {
      const cwd = folderWith({ 'busy.yaml': busy });
      const { code, stdout } = await queuelab(['check', ...flags, '--out', 'out'], { cwd });
      expect(code).toBe(1);
      expect(stdout).toMatch(/at-most-once-effects of busy, seed 1, made smaller: from 0 faults and 12 messages to 0 and [1-3] in \d+ runs\.\nWrote out\/smallest\/busy-seed-1\.yaml\./);
      expect(readdirSync(join(cwd, 'out/smallest'))).toEqual(['busy-seed-1.yaml']);
      const again = /run it again {2}npx queuelab (run out\S+ --mutant \S+)\n/.exec(stdout)![1]!;
      expect((await queuelab(again.split(' '), { cwd })).code).toBe(1);
    });

    it('and names them in its result and in every report', async () => {
      const cwd = folderWith({ 'busy.yaml': busy });
      await queuelab(['check', ...flags, '--out', 'out', '--quiet', '--reporter', 'junit=junit.xml', '--reporter', 'github', '--reporter', 'tap=out.tap'], { cwd, env: { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') } });
      const [failure] = resultIn(join(cwd, 'out')).scenarios[0]!.failures;
      expect(failure!.smallest).toMatchObject({ invariant: 'at-most-once-effects', file: 'out/smallest/busy-seed-1.yaml', faults: 0 });
      for (const file of ['out/junit.xml', 'summary.md', 'out/out.tap']) expect(readFileSync(join(cwd, file), 'utf8')).toContain('out/smallest/busy-seed-1.yaml');
    });

    const several = `name: several
duration: 20s
broker: { flush: interval }
queues: { orders: { visibilityTimeout: 4s } }
producers: { web: { queue: orders, rate: 40/s, messages: 240 } }
consumers: { worker: { queue: orders, concurrency: 20, handler: { time: 400ms } } }
faults: [{ at: 5.95s, fault: power-loss, target: broker, for: 1s }]
expect: { acked-not-redelivered: holds, at-most-once-effects: holds }
`;

    it('for each promise that a run breaks, and tells of each the life of its own message, in JUnit too', async () => {
      const cwd = folderWith({ 'several.yaml': several });
      const { stdout } = await queuelab(['check', 'several.yaml', '--seeds', '1..2', '--out', 'out', '--reporter', 'junit=junit.xml', '--reporter', 'pretty', ...one], { cwd });
      const [{ causes, smallest, smallestOfOthers, result }] = resultIn(join(cwd, 'out')).scenarios[0]!.failures as [CheckResult['scenarios'][number]['failures'][number]];
      expect([...causes].sort()).toEqual(['acked-not-redelivered', 'at-most-once-effects']);
      const made = [smallest!, ...smallestOfOthers!];
      expect(made.map(({ file }) => file)).toEqual(['out/smallest/several-seed-1.yaml', expect.stringMatching(/several-seed-1\.[a-z-]+\.yaml$/)]);
      expect(new Set(made.map(({ invariant }) => invariant))).toEqual(new Set(causes));
      for (const { invariant, file } of made) {
        expect(stdout).toContain(`${invariant} of several, seed 1, made smaller: `);
        expect((await queuelab(['run', file!], { cwd })).stdout).toMatch(new RegExp(`${invariant} +violated|${invariant} +anomaly`));
      }
      const bodies = readFileSync(join(cwd, 'out/junit.xml'), 'utf8').split('<testcase ').slice(1);
      for (const { invariant, first } of result.verdicts.filter(({ met }) => !met)) {
        const body = bodies.find((text) => text.includes(`name="${invariant}"`))!;
        if (first!.message > 0) expect(body).toContain(`Life of message ${first!.message}:`);
        expect(body).toContain(`Run that: npx queuelab run ${made.find((one) => one.invariant === invariant)!.file!}`);
      }
    });

    it('and leaves them as found when the smaller ones cannot be written: all reports are there, and it is told', async () => {
      const cwd = folderWith({ 'busy.yaml': busy, 'out/smallest': 'no folder' });
      const { code, stdout, stderr } = await queuelab(['check', ...flags, '--out', 'out', '--reporter', 'junit=junit.xml', '--reporter', 'pretty'], { cwd });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^queuelab: error\[QL_CLI_OUTPUT\]: out\/smallest\/busy-seed-1\.yaml cannot be written/);
      expect(readFileSync(join(cwd, 'out/junit.xml'), 'utf8')).toContain('<failure');
      expect(stdout).toContain('at-most-once-effects: seeds 1, 2');
      expect(stdout).toContain('busy, seed 1, is left as it is: out/smallest/busy-seed-1.yaml cannot be written');
    });

    it('and prints them as a token without a folder', async () => {
      const { stdout } = await queuelab(['check', ...flags], { cwd: folderWith({ 'busy.yaml': busy }) });
      const token = /run it again {2}npx queuelab replay (ql1\.\S+)\n/.exec(stdout)![1]!;
      const again = await queuelab(['replay', token]);
      expect([again.code, again.stdout]).toEqual([1, expect.stringContaining('It is the recorded run again')]);
    });

    it('unless it is told not to, or there is nothing to make smaller', async () => {
      const cwd = folderWith({ 'busy.yaml': busy, 'broken.yaml': broken });
      const asTheyAre = await queuelab(['check', ...flags, '--no-shrink', '--out', 'out'], { cwd });
      expect([asTheyAre.code, asTheyAre.stdout]).toEqual([1, expect.stringContaining('BROKEN')]);
      expect(asTheyAre.stdout).not.toContain('smaller');
      expect(existsSync(join(cwd, 'out/smallest'))).toBe(false);
      const { stdout } = await queuelab(['check', 'broken.yaml', '--seeds', '4', ...one], { cwd });
      expect(stdout).toContain('broken, seed 4, is left as it is: The scenario expects acked-send-not-lost to be violated, and it came out as holds');
    });
  });

  it('finds nothing in a folder without scenarios', async () => {
    const { code, stderr } = await queuelab(['check', 'empty'], { cwd: folderWith({ 'empty/readme.txt': '' }) });
    expect([code, stderr]).toEqual([4, 'queuelab: error[QL_CLI_NOTHING_SELECTED]: The folder empty holds no scenario: no file that ends with .yaml.\n']);
  });
});

describe('queuelab merge', () => {
  it('joins shards into the report of the whole', async () => {
    const cwd = folderWith({ 'held.yaml': held, 'broken.yaml': broken });
    const files = ['held.yaml', 'broken.yaml', '--seeds', '1..4', ...one];
    for (const shard of ['1', '2']) await queuelab(['check', ...files, '--shard', `${shard}/2`, '--out', `shard-${shard}`, '--quiet'], { cwd });
    await queuelab(['check', ...files, '--out', 'whole', '--quiet'], { cwd });
    const merged = await queuelab(['merge', 'shard-1', 'shard-2', '--reporter', 'json', '--quiet'], { cwd });
    expect(merged.code).toBe(1);
    const { scenarios, answer, neverExercised } = JSON.parse(merged.stdout) as CheckResult;
    const whole = resultIn(join(cwd, 'whole'));
    expect({ scenarios, answer, neverExercised }).toEqual({ scenarios: whole.scenarios, answer: whole.answer, neverExercised: whole.neverExercised });
    const alone = await queuelab(['merge', 'shard-1'], { cwd });
    expect(alone.stdout).toContain('Shard 2/2 is missing, so nothing is known of its runs.');
  });

  it('says which shards are missing, and what to do with one that is cut off', async () => {
    const cwd = folderWith({ 'held.yaml': held });
    await queuelab(['check', 'held.yaml', '--seeds', '1..4', '--shard', '1/3', '--out', 'out', '--quiet', ...one], { cwd });
    expect((await queuelab(['merge', 'out'], { cwd })).stdout).toContain('The shards 2/3 and 3/3 are missing, so nothing is known of their runs.');
    const file = join(cwd, 'out/check-1-of-3.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100));
    const { code, stderr } = await queuelab(['merge', 'out'], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/out\/check-1-of-3\.json cannot be merged: it is not JSON, or it is cut off \(.*position 100.*\)\. Fetch it again, or check that part again\./)]);
  });

  it('leaves results from which a failure is replayed', async () => {
    const cwd = folderWith({ 'held.yaml': held, 'broken.yaml': broken });
    await queuelab(['check', 'held.yaml', 'broken.yaml', '--seeds', '4', '--out', 'out', '--quiet', ...one], { cwd });
    expect(await queuelab(['replay', 'out/check.json'], { cwd })).toMatchObject({ code: 1, stdout: expect.stringContaining('It is the recorded run again') });
    await queuelab(['check', 'held.yaml', '--seeds', '4', '--out', 'good', '--quiet', ...one], { cwd });
    expect(await queuelab(['replay', 'good/check.json'], { cwd })).toMatchObject({ code: 3, stderr: expect.stringContaining('it holds no failed run') });
  });

  it('says that it joined checks which are no shards of one', async () => {
    const cwd = folderWith({ 'held.yaml': held });
    for (const seeds of ['1..2', '2..3']) await queuelab(['check', 'held.yaml', '--seeds', seeds, '--out', seeds, '--quiet', ...one], { cwd });
    const { code, stdout } = await queuelab(['merge', '1..2', '2..3'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('Joined from 2 checks that are no shards of one, with the seeds 1..2 and 2..3: everything that any of them ran, each run once.');
    expect(stdout).toContain('All 3 runs of 1 scenario held.');
  });

  it('refuses shards of different checks', async () => {
    const cwd = folderWith({ 'held.yaml': held });
    for (const shard of ['1', '2']) await queuelab(['check', 'held.yaml', '--seeds', `1..${shard}`, '--shard', `${shard}/2`, '--out', shard, '--quiet', ...one], { cwd });
    const { code, stderr } = await queuelab(['merge', '1', '2'], { cwd });
    expect([code, stderr]).toEqual([2, 'queuelab: error[QL_MERGE_CHECK]: 1/check-1-of-2.json has the seeds 1..1, and 2/check-2-of-2.json has the seeds 1..2: these are parts of no one check. Merge the shards of one.\n'.replace('1..1', '1')]);
  });

  it('says of an interrupted check that not all was done', async () => {
    const cwd = folderWith({ 'held.yaml': held, 'z.yaml': endlessScenario, 'a/x.txt': '' });
    const controller = new AbortController();
    await queuelab(['check', 'held.yaml', 'z.yaml', '--seeds', '1', '--reporter', 'jsonl', '--reporter', 'json=a/check.json', ...one], { cwd, interrupt: controller.signal, onStdout: () => controller.abort() });
    const { code, stdout } = await queuelab(['merge', 'a', '--reporter', 'pretty', '--reporter', 'junit=junit.xml'], { cwd });
    expect(code).toBe(130);
    expect(stdout).toContain('The check was interrupted after 1 of 2 runs.');
    expect(stdout).toContain('1 run held, but not all were done.');
    expect(readFileSync(join(cwd, 'junit.xml'), 'utf8')).toContain('The check was interrupted after 1 of 2 runs.');
    expect(resultIn(join(cwd, 'a')).answer).toBe('inconclusive');
  });

  it('finds the histories of folders that were moved', async () => {
    const cwd = folderWith({ 'broken.yaml': broken });
    await queuelab(['check', 'broken.yaml', '--seeds', '5', '--trace', 'retain-on-failure', '--out', 'out', '--reporter', 'json=report.json', ...one], { cwd });
    expect(resultIn(join(cwd, 'out'), 'report.json').scenarios[0]?.runs[0]?.history).toBe(join('out', 'history', 'broken-seed-5.history.jsonl'));
    expect(resultIn(join(cwd, 'out')).scenarios[0]?.runs[0]?.history).toBe(join('history', 'broken-seed-5.history.jsonl'));
    renameSync(join(cwd, 'out'), join(cwd, 'elsewhere'));
    const { stdout } = await queuelab(['merge', 'elsewhere', '--reporter', 'json', '--quiet'], { cwd });
    const { history } = (JSON.parse(stdout) as CheckResult).scenarios[0]!.runs[0]!;
    expect(existsSync(join(cwd, history!))).toBe(true);
  });

  it.each([
    ['a folder that is not there', {}, ['gone'], 2, 'gone cannot be merged: there is no such folder.'],
    ['a folder without a result', { 'a/x.txt': '' }, ['a'], 4, 'a holds no result of a check: `queuelab check --out a` writes check.json there, with --shard 1/3 check-1-of-3.json.'],
    ['what is no JSON', { 'a/check.json': '{' }, ['a'], 2, 'a/check.json cannot be merged: it is not JSON, or it is cut off ('],
    ['what is no result', { 'a/check.json': '{"schema":"x"}' }, ['a'], 2, 'a/check.json cannot be merged: it is not the result of a check (at schema: Invalid input: expected "queuelab/check-result/1").'],
    ['a result of a later form', { 'a/check.json': '{"schema":"queuelab/check-result/2"}' }, ['a'], 2, 'a/check.json is of a later form (queuelab/check-result/2) than this version of queuelab reads (queuelab/check-result/1): merge with the version that checked.'],
  ])('refuses %s', async (_what, files, args, code, message) => {
    const id = code === 4 ? 'QL_CLI_NOTHING_SELECTED' : 'QL_CLI_CHECK_FILE';
    expect(await queuelab(['merge', ...args], { cwd: folderWith(files) })).toEqual({ code, stdout: '', stderr: expect.stringContaining(`queuelab: error[${id}]: ${message}`) as string });
  });

  it('names both results when they are of different versions', async () => {
    const cwd = folderWith({ 'held.yaml': held });
    await queuelab(['check', 'held.yaml', '--seeds', '1', '--out', 'a', '--quiet', ...one], { cwd });
    writeFileSync(join(cwd, 'b.json'), JSON.stringify({ ...resultIn(join(cwd, 'a')), version: '9.9.9' }));
    const { code, stderr } = await queuelab(['merge', 'a', 'b.json'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^queuelab: error\[QL_MERGE_VERSION\]: a\/check.json is of queuelab \S+ and b.json of queuelab 9\.9\.9: /);
  });
});
