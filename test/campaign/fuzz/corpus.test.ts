import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureFileName, groundFile, readCorpus, Search, writeCorpusFile } from '../../../campaign/index.js';
import { runScenario, type Scenario } from '../../../scenarios/index.js';
import { aProducer, aScenario } from '../../scenarios/a-scenario.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queuelab-corpus-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const drawn = (count: number) => {
  const search = new Search({ scenario: aScenario({ producers: [aProducer({ messages: 15 })] }), strategy: 'swarm', baseSeed: '1' });
  return Array.from({ length: count }, () => search.draw());
};
const fingerprint = (scenario: Scenario): string => runScenario(scenario).fingerprint;

describe('a corpus folder', { timeout: 60_000 }, () => {
  it('gives back the runs that were written, event for event', async () => {
    for (const run of drawn(8)) {
      const { name, text } = groundFile({ run, fresh: 3 });
      await writeCorpusFile(join(folder, 'new'), name, text);
      const { runs, broken } = readCorpus(join(folder, 'new'));
      expect(broken).toEqual([]);
      const again = runs.find(({ file }) => file.endsWith(name))!;
      expect(fingerprint(again.scenario)).toBe(fingerprint({ ...run.scenario, seed: run.seed }));
    }
    expect((await readdir(join(folder, 'new'))).every((name) => /^ground-[0-9a-f]+\.yaml$/.test(name))).toBe(true);
  });

  it('that is not there is empty', () => {
    expect(readCorpus(join(folder, 'nowhere'))).toEqual({ runs: [], broken: [], omitted: 0 });
  });

  it('beyond its limit says how many files it did not read', async () => {
    for (const run of drawn(3)) {
      const { name, text } = groundFile({ run, fresh: 1 });
      await writeCorpusFile(folder, name, text);
    }
    const { runs, omitted } = readCorpus(folder, folder, 2);
    expect([runs.length, omitted]).toEqual([2, 1]);
  });

  it('with a broken file names it and keeps the others', async () => {
    const [run] = drawn(1);
    const { name, text } = groundFile({ run: run!, fresh: 1 });
    await writeCorpusFile(folder, name, text);
    await writeFile(join(folder, 'broken.yaml'), 'name: x\nqueues: [1]\n');
    await writeFile(join(folder, 'notes.txt'), 'no scenario');
    const { runs, broken } = readCorpus(folder, 'corpus');
    expect(runs.map(({ file }) => file)).toEqual([join('corpus', name)]);
    expect(broken.map(({ file }) => file)).toEqual([join('corpus', 'broken.yaml')]);
  });

  it('holds one file for each sort of failure', () => {
    expect(failureFileName('no-phantom', 'a')).toBe(failureFileName('no-phantom', 'a'));
    expect(failureFileName('no-phantom', 'a')).not.toBe(failureFileName('no-phantom', 'b'));
  });
});
