import { execFile, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { endlessScenario, folderWith, quickScenario, root } from './given.js';

const main = join(root, 'dist/queuelab.js');

beforeAll(() => {
  if (!existsSync(main)) throw new Error('dist/ is missing: `npm run build` first.');
});

/** The real process; stdin, stdout and stderr as a shell would connect them. */
function shell(command: string, cwd: string): { readonly code: number; readonly output: string } {
  try {
    const output = execFileSync('bash', ['-o', 'pipefail', '-c', command], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, Q: `${process.execPath} ${main}` } });
    return { code: 0, output };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, output: stdout + stderr };
  }
}

describe('the process', () => {
  it('runs a scenario and ends with its code', () => {
    const cwd = folderWith({ 'one.yaml': quickScenario('one', 'expect: { acked-send-not-lost: violated }') });
    const { code, output } = shell('$Q run one.yaml', cwd);
    expect(code).toBe(1);
    expect(output).toContain('fingerprint');
  });

  it('ends quietly when its reader leaves', () => {
    const { code, output } = shell('$Q run visibility-timeout consumer-crash poison-message 2>&1 | head -1', folderWith());
    expect(code).toBe(141);
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  it('still writes its files when the reader of its text leaves', () => {
    const cwd = folderWith();
    const { code } = shell('$Q run visibility-timeout consumer-crash --reporter json=run.json | true', cwd);
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, 'run.json'), 'utf8'))).toHaveLength(4);
  });

  it('does not take a report for given that was to go to a reader who left', () => {
    const cwd = folderWith();
    const { code } = shell('$Q run visibility-timeout consumer-crash --quiet --reporter json --reporter csv=series.csv | true', cwd);
    expect(code).toBe(141);
    expect(existsSync(join(cwd, 'series.csv'))).toBe(true);
  });

  it('says that the disk is full behind stdout', () => {
    const { code, output } = shell('$Q list > /dev/full', folderWith());
    expect([code, output]).toEqual([2, 'queuelab: error[QL_CLI_OUTPUT]: standard output cannot be written: no space left on the device.\n']);
    expect(shell('$Q run visibility-timeout/success --quiet --reporter json > /dev/full', folderWith())).toEqual({
      code: 2, output: 'queuelab: error[QL_CLI_OUTPUT]: The report stdout cannot be written: no space left on the device.\n',
    });
  });

  it('has no stack trace for mistakes of the user, and one line of code for each', () => {
    const { code, output } = shell('$Q run /dev/null', folderWith());
    expect(code).toBe(3);
    expect(output).not.toMatch(/^ +at /m);
  });
});

describe('Ctrl-C', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('writes what was finished and leaves nothing half-written (%s)', async (signal) => {
    const cwd = folderWith({ '1.yaml': quickScenario('quick'), '2.yaml': endlessScenario });
    const child = spawn(process.execPath, [main, 'run', '1.yaml', '2.yaml', '--reporter', 'json=run.json'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    // The first run is told as soon as it is over; then the second begins.
    child.stdout.once('data', () => setTimeout(() => child.kill(signal), 200));
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    const code = await new Promise((done) => child.on('close', done));
    expect([code, Buffer.concat(errors).toString()]).toEqual([130, 'Interrupted: 1 of 2 runs were finished and reported.\n']);
    expect(readdirSync(cwd).sort()).toEqual(['1.yaml', '2.yaml', 'run.json']);
    expect((JSON.parse(readFileSync(join(cwd, 'run.json'), 'utf8')) as { scenario: { name: string } }).scenario.name).toBe('quick');
  });
});

it('a second Ctrl-C ends the process at once, with a word; the echo of the first does not', async () => {
  const busy = `import { watchInterrupts } from './cli/interrupts.ts';
    watchInterrupts().addEventListener('abort', () => console.log('giving up'));
    setInterval(() => {}, 1000);
    console.log('ready');`;
  const program = join(folderWith({ 'busy.mjs': bundled(busy) }), 'busy.mjs');
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdout.on('data', (chunk: Buffer) => {
    child.kill('SIGINT');
    if (chunk.includes('giving up')) setTimeout(() => child.kill('SIGINT'), 300);
  });
  const code = await new Promise((done) => child.on('close', done));
  expect([code, Buffer.concat(errors).toString()]).toEqual([130, 'Interrupted twice: ended at once; reports that were not written by now are not there.\n']);
});

/** A program written on the spot, with what it imports of the sources. */
function bundled(contents: string): string {
  const { outputFiles } = buildSync({ stdin: { contents, resolveDir: root }, bundle: true, platform: 'node', format: 'esm', write: false });
  return outputFiles[0]!.text;
}

describe('the package', () => {
  it('works from where npm installs it', async () => {
    const cwd = folderWith();
    await promisify(execFile)('npm', ['pack', '--ignore-scripts', '--pack-destination', cwd], { cwd: root });
    const [archive = ''] = readdirSync(cwd);
    execFileSync('tar', ['-xzf', archive], { cwd });
    mkdirSync(join(cwd, 'node_modules'));
    renameSync(join(cwd, 'package'), join(cwd, 'node_modules/queuelab'));
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { dev?: boolean }> };
    // What npm would install beside it: the dependencies and theirs, and nothing that is for development only.
    const installed = Object.keys(lock.packages).filter((path) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && lock.packages[path]?.dev !== true);
    expect(installed).toEqual(expect.arrayContaining(Object.keys(dependencies).map((name) => `node_modules/${name}`)));
    for (const path of installed) {
      mkdirSync(join(cwd, path, '..'), { recursive: true });
      if (existsSync(join(root, path))) symlinkSync(join(root, path), join(cwd, path));
    }
    const bin = join(cwd, 'node_modules/queuelab/dist/queuelab.js');
    // What a library would look for outside of the package is not ours.
    mkdirSync(join(cwd, 'node_modules/locales'));
    writeFileSync(join(cwd, 'node_modules/locales/en.json'), '{ broken');
    const { stdout } = await promisify(execFile)(process.execPath, [bin, 'run', 'scenarios/visibility-timeout/*.yaml', '--reporter', 'json', '--quiet'], { cwd });
    expect((JSON.parse(stdout) as { outcome: string }[]).map(({ outcome }) => outcome)).toEqual(['held', 'held', 'held']);
    await promisify(execFile)(process.execPath, [bin, 'init', 'mine'], { cwd });
    expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8').split('\n')[0]).toBe('# yaml-language-server: $schema=./node_modules/queuelab/schema/scenario.schema.json');
    cpSync(join(cwd, 'mine.yaml'), join(cwd, 'again.yaml'));
    await promisify(execFile)(process.execPath, [bin, 'run', '*.yaml', '--quiet', '--reporter', 'html=report.html'], { cwd });
    expect(readFileSync(join(cwd, 'report.html'), 'utf8')).toContain('<html');
  }, 60_000);
});
