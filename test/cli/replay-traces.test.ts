import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeToken, tokenOf } from '../../campaign/index.js';
import { loadScenario, scenarioYaml, tracesOf } from '../../scenarios/index.js';
import { folderWith, queuelab } from './given.js';

const SCENARIO = `name: traced
duration: 5s
queues: { orders: { visibilityTimeout: 1s } }
network: { latency: trace(more/latencies.csv) }
producers: { web: { queue: orders, interval: trace(gaps.csv), size: trace(sizes.csv), messages: 12 } }
consumers: { worker: { queue: orders } }
`;
const FILES = { 'traced.yaml': SCENARIO, 'gaps.csv': 'gap\n100ms\n1min\n12.5ms\n250us\n', 'sizes.csv': '1KiB\n100B\n1.5KiB\n', 'more/latencies.csv': '1ms\n2ms\n' };

/** What is left when a file alone is taken somewhere else. */
const alone = (cwd: string, file: string): string => folderWith({ [file]: readFileSync(join(cwd, file), 'utf8') });

describe('a run that draws from recorded values', () => {
  it('is replayed from a recording, and from results, where the files are not', async () => {
    const cwd = folderWith(FILES);
    expect((await queuelab(['replay', 'traced.yaml', '--record', 'run.json'], { cwd })).code).toBe(0);
    await queuelab(['run', 'traced.yaml', '--reporter', 'json=result.json'], { cwd });
    for (const file of ['run.json', 'result.json']) {
      const { code, stdout, stderr } = await queuelab(['replay', file], { cwd: alone(cwd, file) });
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('It is the recorded run again');
    }
  });

  it('is replayed from a token, which asks for the files that are too much for it', async () => {
    const cwd = folderWith(FILES);
    const scenario = loadScenario(join(cwd, 'traced.yaml'));
    await queuelab(['run', 'traced.yaml', '--reporter', 'json=result.json'], { cwd });
    const { fingerprint, version } = JSON.parse(readFileSync(join(cwd, 'result.json'), 'utf8')) as { fingerprint: string; version: string };
    const run = { source: scenarioYaml(scenario), traces: tracesOf(scenario), mutants: [], fingerprint, version };
    const { token, needs } = tokenOf(run);
    expect([needs, decodeToken(token).traces]).toEqual([[], run.traces]);
    expect(await queuelab(['replay', token])).toMatchObject({ code: 0, stdout: expect.stringContaining('It is the recorded run again') });

    const long = Array.from({ length: 20_000 }, (_, index) => `${(index * 7_919) % 100_003}us`).join('\n');
    const short = tokenOf({ ...run, traces: { ...run.traces, 'gaps.csv': long } });
    expect(short.needs).toEqual(['more/latencies.csv', 'gaps.csv', 'sizes.csv']);
    expect(await queuelab(['replay', short.token], { cwd })).toMatchObject({ code: 0, stdout: expect.stringContaining('It is the recorded run again') });
    expect(await queuelab(['replay', short.token])).toMatchObject({ code: 3, stderr: expect.stringMatching(/trace file "more\/latencies.csv" cannot be used: There is no such file/) });
  });
});
