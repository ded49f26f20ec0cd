import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import type { BenchRow } from './row.js';

interface Bench {
  readonly name: string;
  run(options: { readonly quick: boolean }): Promise<BenchRow[]>;
}

interface BenchResult {
  readonly bench: string;
  readonly rows: readonly BenchRow[];
}

/** Every benchmark, from the small to the large. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  kernel: () => import('./kernel.bench.js'),
  mm1: () => import('./mm1.bench.js'),
  history: () => import('./history.bench.js'),
  judge: () => import('./judge.bench.js'),
  log: () => import('./log.bench.js'),
  routing: () => import('./routing.bench.js'),
  engine: () => import('./engine.bench.js'),
  queues: () => import('./queues.bench.js'),
  observers: () => import('./observers.bench.js'),
  life: () => import('./life.bench.js'),
  memory: () => import('./memory.bench.js'),
  check: () => import('./check.bench.js'),
  start: () => import('./start.bench.js'),
  live: () => import('./live.bench.js'),
  shrink: () => import('./shrink.bench.js'),
  report: () => import('./report.bench.js'),
};

const USAGE = `Usage: npm run bench -- [NAME…] [--quick] [--out FILE]

Names: ${Object.keys(BENCHES).join(', ')}; all when none is given.
  --quick     fewer and shorter repetitions: a look, not a measurement
  --out FILE  also write the figures as JSON, to compare two versions`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, out: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(BENCHES, name));
  if (values.help || unknown.length > 0) {
    console.log(unknown.length > 0 ? `There is no benchmark "${unknown.join('", "')}".\n\n${USAGE}` : USAGE);
    return unknown.length > 0 ? 2 : 0;
  }
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
  const results = names.length === 1 ? [await measure(names[0]!, values.quick)] : names.map((name) => measureApart(name, values.quick));
  if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify({ machine: describeMachine(), quick: values.quick, results }, null, 2)}\n`);
  return 0;
}

async function measure(name: string, quick: boolean): Promise<BenchResult> {
  const bench = await BENCHES[name]!();
  console.log(`\n${bench.name}`);
  const rows = await bench.run({ quick });
  console.log(renderTable(rows));
  return { bench: name, rows };
}

/** In a process of its own: what one benchmark leaves behind, memory and compiled code, would be in the figures of the next. */
function measureApart(name: string, quick: boolean): BenchResult {
  const folder = mkdtempSync(join(tmpdir(), 'queuelab-bench-'));
  try {
    const out = join(folder, 'result.json');
    const { status } = spawnSync(process.execPath, [process.argv[1]!, name, '--out', out, ...(quick ? ['--quick'] : [])], { stdio: 'inherit' });
    if (status !== 0) throw new Error(`the benchmark "${name}" failed`);
    return (JSON.parse(readFileSync(out, 'utf8')) as { readonly results: readonly [BenchResult] }).results[0];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function renderTable(rows: readonly BenchRow[]): string {
  const table = new Table({ head: ['what', 'median', 'unit', 'goal', 'peer in the same run'], style: { head: [], border: [] } });
  for (const row of rows) {
    const goal = row.goal === undefined ? '' : formatFigure(row.goal);
    const peer = row.peer === undefined ? '' : `${row.peer.name}: ${formatFigure(row.peer.value)}`;
    table.push([row.name, formatFigure(row.value), row.unit, goal, peer]);
  }
  return table.toString();
}

function formatFigure(value: number): string {
  return new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 }).format(value);
}

function describeMachine(): Record<string, string> {
  return { node: process.version, platform: `${platform()} ${arch()}`, processor: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}` };
}

process.exitCode = await main();
