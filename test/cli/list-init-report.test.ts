import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECK_REPORTERS_IN_HELP, REPORTERS_IN_HELP } from '../../cli/commands/reporter-flags.js';
import { EXIT_CODES } from '../../cli/exit-codes.js';
import { createReporter, reporterNames } from '../../reports/index.js';
import { keptContext } from '../reports/streams.js';
import { folderWith, queuelab, quickScenario, root } from './given.js';

describe('queuelab list', () => {
  it('shows every scenario with a line of its own', async () => {
    const { code, stdout } = await queuelab(['list']);
    const files = (readdirSync(join(root, 'scenarios'), { recursive: true }) as string[]).filter((name) => name.endsWith('.yaml'));
    expect([code, stdout.trim().split('\n').length]).toEqual([0, files.length]);
    expect(stdout).toMatch(/^consumer-crash {2,}Consumers are killed under load/m);
  });

  it('is JSON for programs', async () => {
    const { stdout } = await queuelab(['list', '--json']);
    const rows = JSON.parse(stdout) as { name: string; description: string; file: string }[];
    expect(rows.find(({ name }) => name === 'consumer-crash')).toEqual({
      name: 'consumer-crash',
      description: expect.stringContaining('Consumers are killed') as string,
      file: join(root, 'scenarios/consumer-crash.yaml'),
    });
  });
});

describe('queuelab init', () => {
  it('calls what it cannot write a file, and no report', async () => {
    const { code, stderr } = await queuelab(['init', '/proc/mine']);
    expect([code, stderr]).toEqual([2, 'queuelab: error[QL_CLI_OUTPUT]: /proc/mine.yaml cannot be written: the folder does not exist.\n']);
  });

  it('writes a scenario that runs as it is, and holds', async () => {
    const cwd = folderWith();
    const { code, stdout } = await queuelab(['init', 'my-scenario'], { cwd });
    expect([code, stdout]).toEqual([0, 'Wrote my-scenario.yaml. Run it with: queuelab run my-scenario.yaml\n']);
    expect(await queuelab(['run', 'my-scenario.yaml', '--quiet'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('begins with the schema, at a path that leads there', async () => {
    const cwd = folderWith();
    await queuelab(['init', 'deep/er/mine.yaml'], { cwd });
    const [modeline = ''] = readFileSync(join(cwd, 'deep/er/mine.yaml'), 'utf8').split('\n');
    const path = /^# yaml-language-server: \$schema=(.+)$/.exec(modeline)?.[1] ?? '';
    expect(resolve(cwd, 'deep/er', path)).toBe(join(root, 'schema/scenario.schema.json'));
  });

  it('overwrites nothing', async () => {
    const cwd = folderWith({ 'mine.yaml': 'precious' });
    const { code, stderr } = await queuelab(['init', 'mine'], { cwd });
    expect([code, stderr]).toEqual([2, 'queuelab: error[QL_CLI_OUTPUT]: mine.yaml cannot be written: it is there already, and init overwrites nothing.\n']);
    expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toBe('precious');
  });

  it.each([
    ['a name with a space', 'my scenario', '"my scenario" cannot be the name of a scenario'],
    ['below a file', 'file/mine', 'cannot be written: '],
    ['no name', '', 'cannot be the name of a scenario'],
  ])('refuses %s', async (_what, name, message) => {
    const cwd = folderWith({ file: '' });
    const { code, stderr } = await queuelab(['init', name], { cwd });
    expect([code, readdirSync(cwd)]).toEqual([2, ['file']]);
    expect(stderr).toContain(message);
  });
});

describe('queuelab report', () => {
  it('shows again what a run wrote', async () => {
    const cwd = folderWith({ 'one.yaml': quickScenario('one') });
    const run = await queuelab(['run', 'one.yaml', '--reporter', 'json=run.json'], { cwd });
    const report = await queuelab(['report', 'run.json'], { cwd });
    expect(report.code).toBe(0);
    expect(run.stdout.startsWith(report.stdout)).toBe(true);
    expect((await queuelab(['report', 'run.json', '--reporter', 'json'], { cwd })).stdout).toBe(readFileSync(join(cwd, 'run.json'), 'utf8'));
  });

  it.each([
    ['missing', 'gone.json', 'there is no such file'],
    ['a folder', 'folder', 'it is a folder'],
    ['no JSON', 'text.json', 'it is not JSON; `queuelab run --reporter json=FILE` writes what can be shown'],
    ['another JSON', 'other.json', 'it is not a result of queuelab (at schema: Invalid input: expected "queuelab/run-result/1")'],
  ])('refuses a file that is %s', async (_what, file, reason) => {
    const cwd = folderWith({ 'text.json': 'hello', 'other.json': '{ "a": 1 }' });
    mkdirSync(join(cwd, 'folder'));
    expect(await queuelab(['report', file], { cwd })).toEqual({ code: 2, stdout: '', stderr: `queuelab: error[QL_CLI_RESULT_FILE]: ${file} cannot be shown: ${reason}.\n` });
  });
});

describe('the runs of a file that holds several', () => {
  it.each(['report', 'explain'])('are chosen by number or by seed with %s', async (command) => {
    const cwd = folderWith({ 'one.yaml': quickScenario('one'), 'two.yaml': quickScenario('two') });
    for (const [index, name] of ['one', 'two', 'two'].entries()) await queuelab(['run', `${name}.yaml`, '--seed', String(index + 4), '--quiet', '--reporter', `json=${index}.json`], { cwd });
    await queuelab(['report', '0.json', '1.json', '2.json', '--quiet', '--reporter', 'json=all.json'], { cwd });
    const said = async (...choice: string[]) => {
      const { code, stdout, stderr } = await queuelab([command, 'all.json', ...choice, ...(command === 'explain' ? ['--message', '1'] : [])], { cwd });
      return [code, [...stdout.matchAll(/(one|two),? {1,2}seed (\d)|(one|two), seed (\d)/g)].map(([text]) => text.replace(/,? +/, ' ')), stderr];
    };
    expect(await said('--run', '2')).toEqual([0, ['two seed 5'], '']);
    expect(await said('--seed', '6')).toEqual([0, ['two seed 6'], '']);
    expect(await said('--seed', '9')).toEqual([2, [], expect.stringContaining('--seed 9: all.json holds no run with this seed, but with seeds 4, 5, 6.')]);
    expect(await said('--run', '4')).toEqual([2, [], expect.stringContaining('--run 4: all.json holds 3 runs.')]);
    expect(await said('--run', '1', '--seed', '4')).toEqual([2, [], expect.stringContaining('Either --run or --seed: not both at once.')]);
  });
});

describe('help', () => {
  it('has every command, an example of each, and the exit codes', async () => {
    const { code, stdout } = await queuelab(['--help']);
    expect(code).toBe(0);
    const [, examples = ''] = stdout.split('Examples:');
    for (const command of ['run', 'check', 'merge', 'report', 'explain', 'mutants', 'list', 'init']) {
      expect(examples).toContain(`queuelab ${command}`);
      const { stdout: own } = await queuelab([command, '--help']);
      expect(own).toMatch(new RegExp(`Examples:\\s+queuelab ${command}`));
    }
    for (const exitCode of Object.values(EXIT_CODES)) expect(stdout).toMatch(new RegExp(`^ +${exitCode}  \\S`, 'm'));
  });

  it('names the reporters that there are', () => {
    expect(REPORTERS_IN_HELP).toEqual(reporterNames);
  });

  it('names for a check the reporters that show one', async () => {
    const shows = await Promise.all(reporterNames.map(async (name) => ((await createReporter({ name, file: null }, keptContext())).finishCheck === undefined ? [] : [name])));
    expect(CHECK_REPORTERS_IN_HELP).toEqual(shows.flat());
    for (const command of ['check', 'merge']) expect((await queuelab([command, '--help'])).stdout.replace(/\s+/g, ' ')).toContain(`: ${CHECK_REPORTERS_IN_HELP.join(', ')} [`);
  });

  it('names the version', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(await queuelab(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('paths of files', () => {
  it('are shown as the user gave them', async () => {
    const cwd = folderWith({ 'sub/one.yaml': quickScenario('one') });
    const { stdout } = await queuelab(['run', relative(cwd, join(cwd, 'sub/one.yaml')), '--reporter', 'json'], { cwd });
    expect((JSON.parse(stdout) as { scenario: { file: string } }).scenario.file).toBe('sub/one.yaml');
  });
});
