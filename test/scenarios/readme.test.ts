import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadScenario, runScenario } from '../../scenarios/index.js';

it('the scenario in the README loads and turns out as it says', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
  const yaml = /```yaml\n(.*?)```/s.exec(readme)![1]!;
  const folder = mkdtempSync(join(tmpdir(), 'queuelab-readme-'));
  try {
    const file = join(folder, 'readme.yaml');
    writeFileSync(file, yaml);
    const result = runScenario(loadScenario(file));
    expect(result.outcome).toBe('held');
    expect(result.thresholds.length).toBe(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
