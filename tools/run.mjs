// The npm scripts. Each installs and builds what it needs first, so that it works in a fresh clone: no import here may
// reach node_modules.
//
//   node tools/run.mjs start | build | test | typecheck | lint | compare | browse | bench [arguments]
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
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

/** Runs other commands of this file at the same time, shows what each had to say when it is over, and fails when all are, if one did. */
async function beside(...names) {
  const ends = await Promise.allSettled(names.map((name) => new Promise((resolve, reject) => {
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
  const failed = ends.find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw failed.reason;
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

/** Where one project of vitest.config.ts leaves the counts of its tests. */
const countsOf = (project) => join(cacheDirectory, `${project}.json`);

function vitest(stage, project) {
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${countsOf(project)}`];
  node(stage, bin('vitest/vitest.mjs'), ...args);
}

/** The engine beside a real RabbitMQ, where there is one. */
function compareWithRabbitmq() {
  if (findRabbitmq() === null) console.log('No rabbitmq-server on this machine: the engine is not compared with it. (Debian: apt-get install rabbitmq-server)');
  else vitest('against RabbitMQ', 'differential');
}

const projects = ['architecture', 'unit', 'differential', 'browser'];

/** What the projects that ran have counted, also one that failed. */
function countTests() {
  const totals = { passed: 0, failed: 0 };
  for (const report of projects.map(countsOf).filter((file) => existsSync(file))) {
    const counts = JSON.parse(readFileSync(report, 'utf8'));
    totals.passed += counts.numPassedTests;
    totals.failed += counts.numFailedTests;
  }
  return totals;
}

/** Stops at the first stage that fails; the last line counts the tests, and a failed stage counts as one failure. */
async function test() {
  const stages = {
    install,
    build,
    'types and lint': () => beside('typecheck', 'lint'),
    architecture: () => vitest('architecture', 'architecture'),
    tests: () => vitest('tests', 'unit'),
    // Each waits for another program, and neither runs two files at once.
    'against RabbitMQ, and in a browser': () => beside('compare', 'browse'),
  };
  for (const project of projects) rmSync(countsOf(project), { force: true });
  let broken = 0;
  try {
    for (const [name, stage] of Object.entries(stages)) {
      const start = performance.now();
      console.log(`\n── ${name}`);
      await stage();
      console.log(`── ${name}: ok, ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }
  } catch (error) {
    console.log(`\nnpm test stopped: ${error.message}.`);
    broken = 1;
    process.exitCode = 1;
  }
  const { passed, failed } = countTests();
  console.log(`${passed} passed, ${Math.max(failed, broken)} failed`);
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
  compare: needsInstall(compareWithRabbitmq),
  browse: needsInstall(() => vitest('browser tests', 'browser')),
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
