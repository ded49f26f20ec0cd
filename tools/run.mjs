// The npm scripts. Each installs and builds what it needs first, so that it works in a fresh clone: no import here may
// reach node_modules.
//
//   node tools/run.mjs start | build | test | typecheck | lint | bench [arguments]
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findRabbitmq } from './rabbitmq.mjs';

const root = join(import.meta.dirname, '..');
process.chdir(root);

const cacheDirectory = 'node_modules/.cache/queuelab';

/** Thrown when a stage's command does not succeed. */
class StageFailed extends Error {
  constructor(stage, exitCode) {
    super(`the stage "${stage}" failed`);
    this.stage = stage;
    this.exitCode = exitCode;
  }
}

function run(stage, file, ...args) {
  const { status, signal, error } = spawnSync(file, args, { stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new StageFailed(stage, status ?? (signal === 'SIGINT' ? 130 : 1));
}

/** Runs other commands of this file at the same time, and shows what each had to say when it is over. */
function beside(...names) {
  return Promise.all(names.map((name) => new Promise((resolve, reject) => {
    let said = '';
    const child = spawn(process.execPath, [import.meta.filename, name], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { said += text; });
    child.on('error', reject);
    child.on('close', (code) => {
      process.stdout.write(said);
      if (code === 0) resolve();
      else reject(new StageFailed(name, code ?? 1));
    });
  })));
}

const node = (stage, ...args) => run(stage, process.execPath, ...args);
const bin = (packagePath) => join('node_modules', packagePath);

function install() {
  const installed = 'node_modules/.package-lock.json';
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  run('install', 'npm', 'ci');
}

const build = () => node('build', 'tools/build.mjs');

const tsc = (project) => node('types', bin('typescript/bin/tsc'), '--project', project);

function typecheck() {
  tsc('tsconfig.core.json');
  tsc('tsconfig.json');
}

function lint(...args) {
  node('lint', bin('eslint/bin/eslint.js'), '--max-warnings', '0', ...(args.length === 0 ? ['.'] : args));
}

/** Runs one project of vitest.config.ts and adds its counts to the totals, also when it fails. */
function vitest(stage, project, totals) {
  const report = join(cacheDirectory, `${project}.json`);
  mkdirSync(cacheDirectory, { recursive: true });
  rmSync(report, { force: true });
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    node(stage, bin('vitest/vitest.mjs'), ...args);
  } finally {
    if (existsSync(report)) {
      const counts = JSON.parse(readFileSync(report, 'utf8'));
      totals.passed += counts.numPassedTests;
      totals.failed += counts.numFailedTests;
    }
  }
}

/** The engine beside a real RabbitMQ, where there is one. */
function differential(totals) {
  if (findRabbitmq() === null) console.log('No rabbitmq-server on this machine: the engine is not compared with it. (Debian: apt-get install rabbitmq-server)');
  else vitest('against RabbitMQ', 'differential', totals);
}

/** Stops at the first stage that fails; the last line counts the tests, and a failed stage counts as one failure. */
async function test() {
  const totals = { passed: 0, failed: 0 };
  const stages = {
    install,
    build,
    'types and lint': () => beside('typecheck', 'lint'),
    architecture: () => vitest('architecture', 'architecture', totals),
    tests: () => vitest('tests', 'unit', totals),
    'against RabbitMQ': () => differential(totals),
    'browser tests': () => vitest('browser tests', 'browser', totals),
  };
  try {
    for (const [name, stage] of Object.entries(stages)) {
      const start = performance.now();
      console.log(`\n── ${name}`);
      await stage();
      console.log(`── ${name}: ok, ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }
  } catch (error) {
    console.log(`\nnpm test stopped: ${error.message}.`);
    totals.failed = Math.max(totals.failed, 1);
    process.exitCode = 1;
  }
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
}

function start(...args) {
  const demo = 'scenarios/visibility-timeout';
  const files = readdirSync(demo).filter((name) => name.endsWith('.yaml')).sort().map((name) => join(demo, name));
  const reporters = ['--reporter', 'pretty', '--reporter', 'html=queuelab-report.html'];
  node('start', 'dist/queuelab.js', 'run', ...files, ...reporters, ...args);
}

const needsBuild = (command) => (...args) => {
  install();
  build();
  command(...args);
};
const needsInstall = (command) => (...args) => {
  install();
  command(...args);
};

const commands = {
  start: needsBuild(start),
  build: needsInstall(build),
  test,
  typecheck: needsInstall(typecheck),
  lint: needsInstall(lint),
  bench: needsBuild((...args) => node('bench', 'dist/bench/main.js', ...args)),
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.error(`tools/run.mjs: unknown command "${name}"; one of ${Object.keys(commands).join(', ')}`);
  process.exitCode = 2;
} else {
  try {
    await command(...args);
  } catch (error) {
    if (!(error instanceof StageFailed)) throw error;
    // What queuelab itself answered, it has also explained.
    if (error.stage !== name) console.error(`npm run ${name}: ${error.message}.`);
    process.exitCode = error.exitCode;
  }
}
