import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../scenarios/index.js';
import { endlessScenario, folderWith, queuelab, quickScenario } from './given.js';

const results = (text: string): RunResult[] => [JSON.parse(text) as RunResult | RunResult[]].flat();

describe('queuelab run', () => {
  it('runs a scenario that comes with queuelab by its name, in any folder', async () => {
    const { code, stdout, stderr } = await queuelab(['run', 'visibility-timeout/success']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('visibility-timeout-success');
    expect(stdout).toMatch(/fingerprint +[0-9a-f]{32}/);
  });

  it('means the scenario that comes with queuelab by its name, whatever lies around, and so does its replay', async () => {
    const cwd = folderWith({ 'scenarios/poison-message.yaml': quickScenario('mine'), 'poison-message': quickScenario('mine') });
    const run = await queuelab(['run', 'poison-message', '--reporter', 'json', '--quiet'], { cwd });
    const [result] = results(run.stdout);
    expect([result?.scenario.name, result?.scenario.file, result?.replay]).toEqual(['poison-message', 'poison-message', 'npx queuelab run poison-message --seed 1']);
    const own = await queuelab(['run', './poison-message', 'scenarios/poison-message.yaml', '--reporter', 'json', '--quiet'], { cwd });
    expect(results(own.stdout).map(({ scenario }) => [scenario.name, scenario.file])).toEqual([['mine', './poison-message'], ['mine', 'scenarios/poison-message.yaml']]);
  });

  it('does not replace a scenario with its report', async () => {
    const cwd = folderWith({ 'one.yaml': quickScenario('one') });
    const { code, stderr } = await queuelab(['run', 'one.yaml', '--reporter', 'json=./one.yaml'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('would replace the scenario');
    expect(readFileSync(join(cwd, 'one.yaml'), 'utf8')).toBe(quickScenario('one'));
  });

  it.each(['seed', 'out', 'trace'])('asks which one is meant when --%s is given twice', async (flag) => {
    const cwd = folderWith({ 'one.yaml': quickScenario('one') });
    const { code, stderr } = await queuelab(['run', 'one.yaml', `--${flag}`, '5', `--${flag}`, '6'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(`--${flag} is given more than once`);
  });

  it('runs all of a folder that is named from the root', async () => {
    const cwd = folderWith({ 'in/one.yaml': quickScenario('one') });
    const { code, stdout } = await queuelab(['run', join(cwd, 'in')], { cwd });
    expect([code, stdout]).toEqual([0, expect.stringContaining('one') as string]);
  });

  // Whoever may read everything cannot be refused.
  it.skipIf(process.getuid?.() === 0)('says of a folder that may not be read just that', async () => {
    const cwd = folderWith({ 'in/one.yaml': quickScenario('one') });
    chmodSync(join(cwd, 'in'), 0);
    const { code, stderr } = await queuelab(['run', 'in'], { cwd });
    chmodSync(join(cwd, 'in'), 0o700);
    expect([code, stderr]).toEqual([4, expect.stringContaining('The folder in cannot be read: permission denied.') as string]);
  });

  it('runs all of a folder, in order', async () => {
    const { code, stdout } = await queuelab(['run', 'visibility-timeout', '--reporter', 'json', '--quiet']);
    expect(code).toBe(0);
    expect(results(stdout).map(({ scenario }) => scenario.file)).toEqual([
      'visibility-timeout/consumer-crash',
      'visibility-timeout/nack-to-dead-letter',
      'visibility-timeout/success',
    ]);
  });

  it('expands patterns that the shell left alone, and runs each file once', async () => {
    const cwd = folderWith({ 'a/one.yaml': quickScenario('one'), 'a/b/two.yaml': quickScenario('two'), 'a/other.txt': '' });
    const { code, stdout } = await queuelab(['run', 'a/b/two.yaml', 'a/**/*.yaml', './a/one.yaml', '--reporter', 'json'], { cwd });
    expect(code).toBe(0);
    expect(results(stdout).map(({ scenario }) => scenario.file)).toEqual(['a/b/two.yaml', 'a/one.yaml']);
  });

  it('takes the scenarios of the package where there are none', async () => {
    const { code, stdout } = await queuelab(['run', 'scenarios/visibility-timeout/*.yaml', '--reporter', 'json']);
    expect([code, results(stdout).length]).toEqual([0, 3]);
  });

  it('uses the seed of the command line, else that of the scenario', async () => {
    const cwd = folderWith({ 'one.yaml': `seed: house\n${quickScenario('one')}` });
    const own = await queuelab(['run', 'one.yaml', '--reporter', 'json'], { cwd });
    const given = await queuelab(['run', 'one.yaml', '--reporter', 'json', '--seed', '7'], { cwd });
    expect([results(own.stdout)[0]?.seed, results(given.stdout)[0]?.seed]).toEqual(['house', '7']);
  });

  it('changes settings, and says so in the replay command', async () => {
    const cwd = folderWith({ 'one.yaml': quickScenario('one') });
    const { stdout } = await queuelab(['run', 'one.yaml', '--set', 'broker.flush=never', '--set', 'producers.web.messages=3', '--reporter', 'json'], { cwd });
    const [result] = results(stdout);
    expect(result?.measures.counts['sent']).toBe(3);
    expect(result?.replay).toBe('npx queuelab run one.yaml --seed 1 --set broker.flush=never --set producers.web.messages=3');
  });

  it('gives the same fingerprint whether the history is kept or not', async () => {
    const cwd = folderWith({ 'one.yaml': quickScenario('one') });
    const prints = await Promise.all(['off', 'on', '100'].map(async (trace) => {
      const { stdout } = await queuelab(['run', 'one.yaml', '--trace', trace, '--reporter', 'json'], { cwd });
      return results(stdout)[0]?.fingerprint;
    }));
    expect(new Set(prints).size).toBe(1);
  });
});

describe('--trace', () => {
  it('writes the whole history as JSON Lines into the folder of --out', async () => {
    const cwd = folderWith({ 'one.yaml': quickScenario('one') });
    const { code } = await queuelab(['run', 'one.yaml', '--trace', 'on', '--out', 'o', '--reporter', 'json'], { cwd });
    expect([code, readdirSync(join(cwd, 'o')).sort()]).toEqual([0, ['one-seed-1.history.jsonl', 'results.json']]);
    const lines = readFileSync(join(cwd, 'o/one-seed-1.history.jsonl'), 'utf8').trimEnd().split('\n');
    const [result] = results(readFileSync(join(cwd, 'o/results.json'), 'utf8'));
    expect(lines).toHaveLength(result?.run.events ?? 0);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ index: lines.length - 1, event: 'drain-end', dest: 'orders', complete: 1 });
  });

  it('writes a file for each of several scenarios of one name, and says why it cannot', async () => {
    const cwd = folderWith({ 'one.yaml': quickScenario('twin'), 'two.yaml': quickScenario('twin') });
    await queuelab(['run', 'one.yaml', 'two.yaml', '--seed', 'a/b', '--trace', 'on', '--out', 'o', '--quiet', '--reporter', 'json'], { cwd });
    expect(readdirSync(join(cwd, 'o')).sort()).toEqual(['results.json', 'twin-2-seed-a%2Fb.history.jsonl', 'twin-seed-a%2Fb.history.jsonl']);
    mkdirSync(join(cwd, 'o/twin-seed-1.history.jsonl'));
    const { code, stderr } = await queuelab(['run', 'one.yaml', '--trace', 'on', '--out', 'o', '--quiet', '--reporter', 'json'], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining('twin-seed-1.history.jsonl cannot be written: it is a directory')]);
    expect(readdirSync(join(cwd, 'o')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('retain-on-failure writes it for the runs that did not hold alone', async () => {
    const cwd = folderWith({ 'good.yaml': quickScenario('good'), 'bad.yaml': quickScenario('bad', 'expect: { acked-send-not-lost: violated }') });
    const { code } = await queuelab(['run', 'good.yaml', 'bad.yaml', '--trace', 'retain-on-failure', '--out', 'o', '--quiet', '--reporter', 'json'], { cwd });
    expect([code, readdirSync(join(cwd, 'o')).sort()]).toEqual([1, ['bad-seed-1.history.jsonl', 'results.json']]);
  });
});

describe('reports', () => {
  it('to stdout leave nothing else there; text for people goes to stderr', async () => {
    const { stdout, stderr } = await queuelab(['run', 'visibility-timeout/success', '--reporter', 'json']);
    expect(results(stdout)[0]?.outcome).toBe('held');
    expect(stderr).toContain('visibility-timeout-success');
  });

  it('go to files, and it is said where they lie', async () => {
    const cwd = folderWith();
    const { code, stdout } = await queuelab(['run', 'visibility-timeout/success', '--reporter', 'json=deep/run.json', '--reporter', 'csv=series.csv'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/Wrote \S*deep\/run\.json \(json\)\.\nWrote \S*series\.csv \(csv\)\.\n$/);
    expect(results(readFileSync(join(cwd, 'deep/run.json'), 'utf8'))[0]?.outcome).toBe('held');
    expect(readFileSync(join(cwd, 'series.csv'), 'utf8')).not.toBe('');
  });

  it('go to the folder of --out', async () => {
    const cwd = folderWith();
    await queuelab(['run', 'visibility-timeout/success', '--out', 'a/b', '--reporter', 'json', '--reporter', 'csv=mine.csv'], { cwd });
    expect(readdirSync(join(cwd, 'a/b')).sort()).toEqual(['mine.csv', 'results.json']);
  });

  it('are a page and results when --out stands alone', async () => {
    const cwd = folderWith();
    const { code } = await queuelab(['run', 'visibility-timeout/success', '--out', 'o', '--quiet'], { cwd });
    expect([code, readdirSync(join(cwd, 'o')).sort()]).toEqual([0, ['report.html', 'results.json']]);
  });

  it('--quiet prints nothing when all is well', async () => {
    expect(await queuelab(['run', 'visibility-timeout/success', '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('have colours only when asked for, and never with --no-color', async () => {
    const escape = '\u001b[';
    const run = ['run', 'visibility-timeout/success'];
    expect((await queuelab(run)).stdout).not.toContain(escape);
    expect((await queuelab(run, { env: { FORCE_COLOR: '1' } })).stdout).toContain(escape);
    expect((await queuelab([...run, '--no-color'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain(escape);
    expect((await queuelab(run, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain(escape);
  });
});

describe('the exit code', () => {
  it.each([
    [0, 'every expectation held', 'expect: { acked-send-not-lost: holds }'],
    [1, 'a promise that must break did not', 'expect: { acked-send-not-lost: violated }'],
    [5, 'a threshold was missed', 'expect: { thresholds: [count(sent) == 3] }'],
    [1, 'a broken promise outweighs a missed threshold', 'expect: { acked-send-not-lost: violated, thresholds: [count(sent) == 3] }'],
  ])('is %i when %s', async (code, _when, expectation) => {
    const cwd = folderWith({ 'one.yaml': quickScenario('one', expectation), 'fine.yaml': quickScenario('fine') });
    expect((await queuelab(['run', 'one.yaml', 'fine.yaml', '--quiet'], { cwd })).code).toBe(code);
  });
});

it('the exit code is 6 when a run ends before it can be judged', async () => {
  const cwd = folderWith({ 'slow.yaml': quickScenario('slow', 'drain: 1s').replace('{ queue: orders }', '{ queue: orders, handler: { time: 20s } }') });
  expect((await queuelab(['run', 'slow.yaml', '--quiet'], { cwd })).code).toBe(6);
});

it('finds a scenario that comes with it by the title that its reports have', async () => {
  const { code, stdout } = await queuelab(['run', 'visibility-timeout-success'], { cwd: folderWith({}) });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^✓ HELD {2}visibility-timeout-success /);
});

describe('an invalid scenario', () => {
  it('stops everything before anything is run or written', async () => {
    const cwd = folderWith({ 'good.yaml': quickScenario('good'), 'bad.yaml': quickScenario('bad').replace('10/s', '10'), 'worse.yaml': 'nme: x\n' });
    const { code, stdout, stderr } = await queuelab(['run', 'good.yaml', 'bad.yaml', 'worse.yaml', '--out', 'o', '--reporter', 'json=x.json'], { cwd });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('queuelab: error[QL_CLI_SCENARIO]: 2 of 3 scenario files cannot be used; nothing was run.\n\nbad.yaml:4:42: QL_SCENARIO_BAD_UNIT\n  "10" has no unit.');
    expect(stderr).toContain('\n\nworse.yaml:1:1: QL_SCENARIO_');
    expect(readdirSync(cwd).sort()).toEqual(['bad.yaml', 'good.yaml', 'worse.yaml']);
  });

  it('is a missing file, too; the nearest that comes with queuelab is named', async () => {
    const { code, stderr } = await queuelab(['run', 'consumer-crsh']);
    expect(code).toBe(3);
    expect(stderr).toBe('queuelab: error[QL_CLI_SCENARIO]: 1 of 1 scenario file cannot be used; nothing was run.\n\nconsumer-crsh: QL_SCENARIO_NOT_FOUND\n  There is no such file.\n  Did you mean "consumer-crash", which comes with queuelab?\n');
  });

  it('is not in a folder that holds none', async () => {
    const cwd = folderWith();
    mkdirSync(join(cwd, 'folder'));
    expect(await queuelab(['run', 'folder'], { cwd })).toMatchObject({ code: 4, stderr: 'queuelab: error[QL_CLI_NOTHING_SELECTED]: The folder folder holds no scenario: no file that ends with .yaml.\n' });
  });

  it('is not what a wrong --set is: that is wrong use, told once', async () => {
    const { code, stderr } = await queuelab(['run', 'visibility-timeout', '--set', 'brokr.flush=never']);
    expect(code).toBe(2);
    expect(stderr).toContain('queuelab: error[QL_CLI_SET]: the settings of --set cannot be applied; nothing was run.\n\n--set:1:1: QL_SCENARIO_UNKNOWN_KEY\n  "brokr" is not a key of a scenario. Did you mean "broker"?');
    expect(stderr.match(/QL_SCENARIO/g)).toHaveLength(1);
  });
});

describe('wrong use', () => {
  it.each<[string, string[], number, string | RegExp]>([
    ['nothing', [], 2, 'Say what to do: run, check, fuzz, explain or another command. `queuelab --help` shows them all.'],
    ['unknown command', ['rnu'], 2, 'There is no command rnu. Did you mean run?'],
    ['a command with a letter missing', ['fuz'], 2, 'There is no command fuz. Did you mean fuzz?'],
    ['two scenarios where one is taken', ['fuzz', 'a.yaml', 'b.yaml'], 2, 'fuzz takes one scenario, and b.yaml is one word too many.'],
    ['two files where one is taken', ['replay', 'a.json', 'b.json'], 2, 'replay takes one input, and b.json is one word too many.'],
    ['a name where none is taken', ['list', 'x'], 2, 'list takes no names, and x is one word too many.'],
    ['a flag of this command alone', ['explain', 'x', '--mesage', '3'], 2, 'There is no flag --mesage. Did you mean --message?'],
    ['a command without its file', ['replay'], 2, 'A name or a file is missing: `--help` after the command shows what it takes.'],
    ['unknown flag', ['run', 'x', '--sede', '3'], 2, 'There is no flag --sede. Did you mean --seed?'],
    ['a flag of no command', ['list', '--everything'], 2, 'There is no flag --everything. `queuelab --help` shows what there is.'],
    ['a flag without its value', ['run', 'x', '--seed'], 2, '--seed: its value is missing.'],
    ['an empty seed', ['run', 'x', '--seed', ''], 2, '--seed: the seed is missing; give a number or a word, such as 17.'],
    ['a range of seeds for one run', ['run', 'x', '--seed', '1..5'], 2, '--seed 1..5: this is one run, with one seed, such as --seed 1; `check --seeds 1..5` takes a range.'],
    ['a seed on two lines', ['shrink', 'x', '--seed', 'a\nb'], 2, '--seed: a seed is on one line, without control characters.'],
    ['a seed that is too long', ['shrink', 'x', '--seed', 'a'.repeat(101)], 2, '--seed: at most 100 characters.'],
    ['a seed that is too long to be counted on', ['fuzz', 'x', '--seed', 'a'.repeat(81)], 2, '--seed: at most 80 characters.'],
    ['a strange trace', ['run', 'x', '--trace', 'some'], 2, '--trace some: say off, on, retain-on-failure, or how many of the last events to keep (1 to 10000000).'],
    ['unknown reporter', ['run', 'x', '--reporter', 'xml'], 2, 'There is no reporter "xml". The reporters are pretty, json, csv, html, junit, tap, jsonl, github.'],
    ['a reporter without a file', ['run', 'x', '--reporter', 'json='], 2, '--reporter json=: the name of the file is missing.'],
    ['two reports in one file', ['run', 'x', '--reporter', 'json=a', '--reporter', 'csv=./a'], 2, /^queuelab: error\[QL_CLI_USAGE\]: Two reporters would write to .*a\.\n$/],
    ['two reports on stdout', ['run', 'x', '--reporter', 'json', '--reporter', 'csv'], 2, 'The reporters json and csv would both write to stdout: give one a file.'],
    ['no scenario', ['run'], 4, 'No scenario is selected. Name files, patterns or scenarios that come with queuelab: `queuelab list` shows them.'],
    ['a pattern that matches nothing', ['run', 'no/such/*.yaml'], 4, 'No file matches "no/such/*.yaml".'],
  ])('%s', async (_what, args, code, message) => {
    const outcome = await queuelab(args);
    const stderr: unknown = typeof message === 'string' ? `queuelab: error[${code === 4 ? 'QL_CLI_NOTHING_SELECTED' : 'QL_CLI_USAGE'}]: ${message}\n` : expect.stringMatching(message);
    expect(outcome).toEqual({ code, stdout: '', stderr });
  });
});

describe('a report that cannot be written', () => {
  it.each([
    ['a folder of that name', 'folder', 'it is a directory'],
    ['below a file', 'file/report.json', 'a part of the path is a file'],
    ['below a file, deep', 'file/deep/er/report.json', 'a part of the path is a file'],
  ])('is found before the run: %s', async (_what, path, reason) => {
    const cwd = folderWith({ file: '', 'endless.yaml': endlessScenario });
    mkdirSync(join(cwd, 'folder'));
    const { code, stdout, stderr } = await queuelab(['run', 'endless.yaml', '--reporter', `json=${path}`], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${path} cannot be written: ${reason}.`);
    expect(readdirSync(cwd).sort()).toEqual(['endless.yaml', 'file', 'folder']);
  });

  it('is told after the run when the disk is full', async () => {
    const { code, stderr } = await queuelab(['run', 'visibility-timeout/success', '--quiet', '--reporter', 'json=/dev/full']);
    expect([code, stderr]).toEqual([2, 'queuelab: error[QL_CLI_OUTPUT]: The report /dev/full cannot be written: no space left on the device.\n']);
  });

  it('does not keep the others from being written', async () => {
    const cwd = folderWith();
    const { code } = await queuelab(['run', 'visibility-timeout/success', '--reporter', 'json=/dev/full', '--reporter', 'csv=series.csv'], { cwd });
    expect([code, existsSync(join(cwd, 'series.csv'))]).toEqual([2, true]);
  });
});

describe('an interruption', () => {
  it('gives up the run in work and writes what was finished', async () => {
    const cwd = folderWith({ '1.yaml': quickScenario('quick'), '2.yaml': endlessScenario });
    const controller = new AbortController();
    const onStdout = (text: string): void => {
      if (text.includes('fingerprint')) controller.abort();
    };
    const { code, stderr } = await queuelab(['run', '1.yaml', '2.yaml', '--reporter', 'json=run.json'], { cwd, interrupt: controller.signal, onStdout });
    expect([code, stderr]).toEqual([130, 'Interrupted: 1 of 2 runs were finished and reported.\n']);
    expect(results(readFileSync(join(cwd, 'run.json'), 'utf8')).map(({ scenario }) => scenario.name)).toEqual(['quick']);
    expect(readdirSync(cwd).sort()).toEqual(['1.yaml', '2.yaml', 'run.json']);
  });

  it('writes no empty report', async () => {
    const cwd = folderWith();
    const { code, stdout } = await queuelab(['run', 'consumer-crash', '--reporter', 'json', '--reporter', 'csv=series.csv'], { cwd, interrupt: AbortSignal.abort() });
    expect([code, stdout, readdirSync(cwd)]).toEqual([130, '', []]);
  });
});
