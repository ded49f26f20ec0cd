import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Experiment, runScenario, type Scenario } from '../../scenarios/index.js';
import { launchBrowser, openFile } from '../browser/chromium.js';
import { loadLibrary } from './library.js';
import { newerNodePath } from './newer-node.js';
import { scenariosToJson } from './scenario-json.js';

let folder: string;
let names: string[];
let scenarios: Scenario[];
let expected: string[];
let json: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queuelab-determinism-'));
  const library = loadLibrary();
  names = [...library.keys()];
  scenarios = [...library.values()];
  expected = scenarios.map((scenario) => runScenario(scenario).fingerprint);
  json = scenariosToJson(scenarios);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function bundle(entry: string, platform: 'node' | 'browser'): Promise<string> {
  const outfile = join(folder, `${platform}.${platform === 'node' ? 'cjs' : 'js'}`);
  await build({
    entryPoints: [join(import.meta.dirname, entry)], outfile, bundle: true, platform, format: platform === 'node' ? 'cjs' : 'iife', logLevel: 'error',
  });
  return outfile;
}

const named = (fingerprints: readonly string[]): Record<string, string> => Object.fromEntries(names.map((name, index) => [name, fingerprints[index]!]));

describe('the same scenario, seed and version give the same fingerprint', () => {
  it('for every scenario of the library, which all differ', () => {
    expect(expected.length).toBeGreaterThan(10);
    expect(new Set(expected).size).toBe(expected.length);
    for (const fingerprint of expected) expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
  });

  it('twice in one process, with everything kept', { timeout: 120_000 }, () => {
    expect(named(scenarios.map((scenario) => runScenario(scenario, { trace: 'all' }).fingerprint))).toEqual(named(expected));
  });

  it('whether a run is alone or takes turns with others', { timeout: 120_000 }, () => {
    // Every fourth: neighbours in a folder are much alike, and one run can only be disturbed by what it shares with any other.
    const isChosen = (_: unknown, index: number): boolean => index % 4 === 0;
    const experiments = scenarios.filter(isChosen).map((scenario) => new Experiment(scenario, {}));
    let isAnyLeft = true;
    while (isAnyLeft) isAnyLeft = experiments.map((experiment) => experiment.advance()).includes(true);
    expect(experiments.map((experiment) => experiment.fingerprint())).toEqual(expected.filter(isChosen));
  });

  it('in another process, and on a newer Node', { timeout: 180_000 }, async () => {
    const program = await bundle('node-main.ts', 'node');
    const run = (node: string) => JSON.parse(execFileSync(node, [program], { input: json, encoding: 'utf8' })) as { version: string; fingerprints: string[] };
    expect(named(run(process.execPath).fingerprints)).toEqual(named(expected));
    const newer = run(await newerNodePath());
    expect(newer.version).not.toBe(process.version);
    expect(named(newer.fingerprints)).toEqual(named(expected));
  });

  it('in a browser', { timeout: 180_000 }, async () => {
    const page = join(folder, 'page.html');
    const program = await bundle('browser-main.ts', 'browser');
    const script = (await readFile(program, 'utf8')).replaceAll('</script', '<\\/script');
    await writeFile(page, `<!doctype html><meta charset="utf-8"><title>fingerprints</title><script>${script}</script>`);
    const browser = await launchBrowser();
    try {
      const opened = await openFile(browser, page);
      const seen = await opened.page.evaluate((text) => (globalThis as unknown as { fingerprints(json: string): string[] }).fingerprints(text), json);
      expect(named(seen)).toEqual(named(expected));
      expect(opened.problems).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it('and another seed gives another one', () => {
    const scenario = scenarios[names.indexOf('consumer-crash')]!;
    expect(runScenario(scenario, { seed: 'another' }).fingerprint).not.toBe(runScenario(scenario).fingerprint);
  });
});
