import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './median.js';
import type { BenchRow } from './row.js';

export const name = 'queuelab run of a 10-second scenario, process start included';

const SCENARIO = `name: ten-seconds
personality: sqs
duration: 10s
queues:
  orders: { visibilityTimeout: 30s }
producers:
  shop: { queue: orders, rate: 100/s, size: 1KiB }
consumers:
  worker: { queue: orders, count: 2, handler: { kind: plain, time: exponential(5ms) } }
faults:
  - { at: 3s, fault: crash, target: worker-1, for: 2s }
expect:
  acked-send-not-lost: holds
`;

export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  // Bundled to dist/bench/, the program is a neighbour.
  const program = join(import.meta.dirname, '..', 'queuelab.js');
  if (!existsSync(program)) throw new Error(`${program} is not there: run the benchmarks with npm run bench`);
  const folder = mkdtempSync(join(tmpdir(), 'queuelab-start-'));
  const file = join(folder, 'ten-seconds.yaml');
  writeFileSync(file, SCENARIO);
  const seconds: number[] = [];
  const bare: number[] = [];
  try {
    for (let round = 0; round < (quick ? 3 : 11); round += 1) {
      seconds.push(secondsOf([program, 'run', file]));
      bare.push(secondsOf(['-e', '0']));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return [{ name: 'wall time', value: median(seconds), unit: 's', goal: 0.7, peer: { name: 'node -e 0', value: median(bare) } }];
}

function secondsOf(parameters: readonly string[]): number {
  const start = performance.now();
  execFileSync(process.execPath, parameters, { stdio: 'ignore' });
  return (performance.now() - start) / 1000;
}
