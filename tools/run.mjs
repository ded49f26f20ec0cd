// The npm scripts. Each installs and builds what it needs first, so that it works in a fresh clone: no import here may
// reach node_modules.
//
//   node tools/run.mjs start | build | test | typecheck | lint | bench [arguments]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

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

const node = (stage, ...args) => run(stage, process.execPath, ...args);
const bin = (packagePath) => join('node_modules', packagePath);

function install() {
  const installed = 'node_modules/.package-lock.json';
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  run('install', 'npm', 'ci');
}

/** Removes what an earlier build wrote for a source that is gone. */
function removeStaleOutput(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    const source = relative('dist', path).replace(/(\.d\.ts|\.js|\.js\.map)$/, '.ts');
    if (!existsSync(source) && entry.name !== '.tsbuildinfo') rmSync(path, { recursive: true });
    else if (entry.isDirectory()) removeStaleOutput(path);
  }
}

const tsc = (stage, project) => node(stage, bin('typescript/bin/tsc'), '--project', project);

function build() {
  if (existsSync('dist')) removeStaleOutput('dist');
  tsc('build', 'tsconfig.build.json');
}

function typecheck() {
  tsc('types', 'tsconfig.core.json');
  tsc('types', 'tsconfig.json');
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

/** Stops at the first stage that fails; the last line counts the tests, and a failed stage counts as one failure. */
function test() {
  const totals = { passed: 0, failed: 0 };
  const stages = {
    install,
    build,
    types: typecheck,
    lint,
    architecture: () => vitest('architecture', 'architecture', totals),
    tests: () => vitest('tests', 'unit', totals),
    'browser tests': () => vitest('browser tests', 'browser', totals),
  };
  try {
    for (const [name, stage] of Object.entries(stages)) {
      const start = performance.now();
      console.log(`\n── ${name}`);
      stage();
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
  node('start', 'dist/cli/main.js', 'run', ...files, ...reporters, ...args);
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
    command(...args);
  } catch (error) {
    if (!(error instanceof StageFailed)) throw error;
    // What queuelab itself answered, it has also explained.
    if (error.stage !== name) console.error(`npm run ${name}: ${error.message}.`);
    process.exitCode = error.exitCode;
  }
}
