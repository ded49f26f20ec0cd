import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScenario, runScenario } from '../../scenarios/index.js';

const root = join(import.meta.dirname, '../..');
const files = (readdirSync(join(root, 'scenarios'), { recursive: true }) as string[])
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => `scenarios/${name}`)
  .sort();

describe('the scenarios that come with queuelab', () => {
  it('are at least those of the guide and the documented failures', () => {
    expect(files.length).toBeGreaterThanOrEqual(14);
  });

  it.each(files)('%s shows what it says', (file) => {
    const result = runScenario(loadScenario(join(root, file), { name: file }));
    const missed = [
      ...result.verdicts.filter(({ met }) => !met).map(({ invariant, verdict }) => `${invariant}: ${verdict}`),
      ...result.thresholds.filter(({ met }) => !met).map(({ expression, actual }) => `${expression}: ${actual}`),
    ];
    expect([result.outcome, missed]).toEqual(['held', []]);
    // What was broken was put to the test.
    expect(result.verdicts.filter(({ exercised, count }) => exercised < count).map(({ invariant, exercised, count }) => `${invariant}: ${exercised} < ${count}`)).toEqual([]);
  });

  it.each(files)('%s begins with the schema for editors and with what it teaches', (file) => {
    const [modeline = '', hash = '', lesson = ''] = readFileSync(join(root, file), 'utf8').split('\n');
    const schema = relative(dirname(join(root, file)), join(root, 'schema/scenario.schema.json'));
    expect(modeline).toBe(`# yaml-language-server: $schema=${schema}`);
    expect(hash).toBe('#');
    expect(lesson).toMatch(/^# \S/);
  });

  it('have names and descriptions of their own', () => {
    const scenarios = files.map((file) => loadScenario(join(root, file)));
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(files.length);
    expect(scenarios.filter(({ description }) => description === '').map(({ name }) => name)).toEqual([]);
  });

  it('are YAML as editors read it, without the help of the loader', async () => {
    const { parseDocument } = await import('yaml');
    expect(files.filter((file) => parseDocument(readFileSync(join(root, file), 'utf8')).errors.length > 0)).toEqual([]);
  });
});
