import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRecording, recordingJson, type Reproduction } from '../../campaign/index.js';
import { endlessScenario, folderWith, queuelab, quickScenario } from './given.js';

const SCENARIO = `name: busy
duration: 5s
queues: { orders: { visibilityTimeout: 1s } }
producers: { web: { queue: orders, rate: 10/s, messages: 12 } }
consumers: { worker: { queue: orders, count: 2, concurrency: 4, handler: { kind: ack-first, time: 1500ms } } }
`;
const MUTANT = ['--mutant', 'acknowledge-after-work'];

/** A power loss that takes what was not synced: sends, and that messages were handed out. */
const SEVERAL = `name: several
duration: 12s
seed: 1
broker: { flush: interval }
queues: { orders: { visibilityTimeout: 2s } }
producers: { shop: { queue: orders, interval: exponential(100ms) } }
consumers: { worker: { queue: orders, handler: { time: exponential(300ms) } } }
faults: [ { at: 10.3s, fault: power-loss, target: broker, for: 1s } ]
expect: { acked-send-not-lost: holds, count-exact: holds }
`;

describe('queuelab shrink and replay', () => {
  it('end a run that does not end in time, and say so', async () => {
    const cwd = folderWith({ 'endless.yaml': endlessScenario });
    const { code, stdout, stderr } = await queuelab(['shrink', 'endless.yaml', '--run-timeout', '3s'], { cwd });
    expect([code, stdout]).toEqual([6, '']);
    expect(stderr).toMatch(/^queuelab: error\[QL_CLI_RUN_ENDLESS\]: The run of endless\.yaml with seed \S+ did not end within 3s of real time\.\n[^]*--run-timeout/);
  }, 60_000);

  it('leave a scenario that fails the same way, and a token that makes its run again', async () => {
    const cwd = folderWith({ 'busy.yaml': SCENARIO });
    const shrunk = await queuelab(['shrink', 'busy.yaml', ...MUTANT, '--out', 'small.yaml'], { cwd });
    expect(shrunk.code).toBe(0);
    expect(shrunk.stderr).toMatch(/at-most-once-effects is still broken with [1-3] of 12 messages, 0 of 0 faults/);
    expect(readFileSync(join(cwd, 'small.yaml'), 'utf8')).toContain('at-most-once-effects: holds');
    expect((await queuelab(['run', 'small.yaml', ...MUTANT], { cwd })).code).toBe(1);
    expect((await queuelab(['run', 'small.yaml'], { cwd })).code).toBe(0);
    const replayed = await queuelab(['replay', 'small.yaml', ...MUTANT], { cwd });
    expect([replayed.code, replayed.stdout]).toEqual([1, expect.stringContaining('at-most-once-effects is violated')]);
    expect(replayed.stdout).toContain('It is the run that the file was left with, event by event.');
    const mended = await queuelab(['replay', 'small.yaml'], { cwd });
    expect([mended.code, mended.stdout]).toEqual([0, expect.stringContaining('left with had --mutant acknowledge-after-work, so this one is not compared with it')]);
    writeFileSync(join(cwd, 'edited.yaml'), readFileSync(join(cwd, 'small.yaml'), 'utf8').replace(/[0-9a-f]{32}/, '0'.repeat(32)));
    const edited = await queuelab(['replay', 'edited.yaml', ...MUTANT], { cwd });
    expect(edited.stdout).toMatch(/It is not the run that the file was left with, which had the fingerprint [0-9a-f]{32} \(queuelab [\d.]+\): the file was changed since/);
    const folder = await queuelab(['replay', '.'], { cwd });
    expect([folder.code, folder.stderr]).toEqual([3, expect.stringContaining('. cannot be replayed: it is a folder, and this command takes one run: name a file.')]);

    const token = /replay (ql1\.\S+)/.exec(shrunk.stderr)![1]!;
    expect(token.length).toBeLessThan(2_000);
    const again = await queuelab(['replay', token]);
    expect([again.code, again.stderr]).toEqual([1, '']);
    expect(again.stdout).toMatch(/at-most-once-effects is violated[\s\S]*It is the recorded run again/);
    const other = await queuelab(['replay', token, '--mutant', 'scribble-body']);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('the recorded run had acknowledge-after-work, and a replay has the same')]);

    for (const [bad, reason] of [[token.slice(0, -5), /damaged or cut off/], [token.replace('ql1.', 'ql9.'), /a later version of queuelab wrote it/]] as const) {
      const refused = await queuelab(['replay', bad]);
      expect(refused.code).toBe(3);
      expect(refused.stderr).toMatch(reason);
    }
  }, 120_000);

  it('make smaller the promise that is asked for, where a run breaks several, as check does with each of them', async () => {
    const cwd = folderWith({ 'several.yaml': SEVERAL });
    const { stdout } = await queuelab(['check', 'several.yaml', '--seeds', '1', '-j', '1', '--out', 'out'], { cwd });
    const shrunk = await queuelab(['shrink', 'several.yaml', '--seed', '1', '--promise', 'count-exact'], { cwd });
    expect([shrunk.code, shrunk.stderr]).toEqual([0, expect.stringMatching(/^count-exact is still broken with [1-4] of \d+ messages, 1 of 1 faults/)]);
    expect(stdout).toContain('Wrote out/smallest/several-seed-1.count-exact.yaml.');
    expect(readFileSync(join(cwd, 'out/smallest/several-seed-1.count-exact.yaml'), 'utf8')).toContain('expect: { count-exact: holds }');
    writeFileSync(join(cwd, 'small.yaml'), shrunk.stdout);
    expect(shrunk.stdout).toContain('expect: { count-exact: holds }');
    expect((await queuelab(['run', 'small.yaml'], { cwd })).code).toBe(1);
    const kept = await queuelab(['shrink', 'several.yaml', '--promise', 'no-phantom'], { cwd });
    expect([kept.code, kept.stderr]).toEqual([4, expect.stringContaining('The run keeps no-phantom: there is nothing to make smaller.')]);
    const unknown = await queuelab(['shrink', 'several.yaml', '--promise', 'count-exakt'], { cwd });
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('there is no promise "count-exakt". Did you mean count-exact?')]);
  }, 120_000);

  it('record a run, and say at which event another one parts from it', async () => {
    const cwd = folderWith({ 'busy.yaml': SCENARIO });
    expect((await queuelab(['replay', 'busy.yaml', '--record', 'run.json'], { cwd })).code).toBe(0);
    expect(await queuelab(['replay', 'run.json'], { cwd })).toMatchObject({ code: 0 });

    const recorded = readRecording(JSON.parse(readFileSync(join(cwd, 'run.json'), 'utf8'))) as Reproduction;
    const { lines } = recorded.events;
    const place = lines.findIndex((line) => line.includes('"send-ok"'));
    const later = lines.with(place, lines[place]!.replace(/"timeMicros":(\d+)/, (_, micros: string) => `"timeMicros":${Number(micros) + 1}`));
    const changed = { ...recorded, fingerprint: '0'.repeat(32), events: { ...recorded.events, lines: later } };
    writeFileSync(join(cwd, 'same.json'), recordingJson(changed));
    writeFileSync(join(cwd, 'old.json'), recordingJson({ ...changed, version: '0.0.1' }));
    writeFileSync(join(cwd, 'edited.json'), JSON.stringify({ ...(JSON.parse(recordingJson(recorded)) as object), fingerprint: '0'.repeat(32) }));
    writeFileSync(join(cwd, 'resealed.json'), recordingJson({ ...recorded, fingerprint: '0'.repeat(32) }));

    const fault = await queuelab(['replay', 'same.json'], { cwd });
    expect(fault.code).toBe(70);
    expect(fault.stderr).toMatch(new RegExp(`part at event ${place}:\\n {2}expected {2}\\S+ {2}web {2}send-ok[^\\n]*\\n {2}seen {6}\\S+ {2}web {2}send-ok[^\\n]*\\n {2}differs {3}timeMicros: `));
    const old = await queuelab(['replay', 'old.json'], { cwd });
    expect(old.code).toBe(0);
    expect(old.stdout).toMatch(/Version 0\.0\.1 recorded it: another version may run differently/);
    for (const [file, reason] of [['edited.json', /changed after queuelab wrote it: its content does not match its digest/], ['resealed.json', /Every event is as it was recorded, and the fingerprint alone is another\. The recording was changed/]] as const) {
      expect(await queuelab(['replay', file], { cwd })).toMatchObject({ code: 3, stderr: expect.stringMatching(reason) });
    }
  }, 60_000);

  it('begin with results, and refuse what holds no run', async () => {
    const cwd = folderWith({ 'busy.yaml': SCENARIO, 'cut.json': '{"schema": "queuelab/repro', 'other.json': '{}', 'newer.json': '{"schema": "queuelab/reproduction/3"}' });
    await queuelab(['run', 'busy.yaml', '--set', 'duration=4s', ...MUTANT, '--reporter', 'json=results.json'], { cwd });
    expect((await queuelab(['replay', 'results.json'], { cwd })).stdout).toContain('It is the recorded run again');
    const elsewhere = folderWith({ 'results.json': readFileSync(join(cwd, 'results.json'), 'utf8') });
    const there = await queuelab(['replay', 'results.json'], { cwd: elsewhere });
    expect([there.code, there.stdout]).toEqual([1, expect.stringContaining('It is the recorded run again')]);
    for (const [file, reason] of [['cut.json', /not JSON, or it is cut off/], ['other.json', /neither a recorded run nor a file of results/], ['newer.json', /a later version/]] as const) {
      const refused = await queuelab(['replay', file], { cwd });
      expect(refused.code).toBe(3);
      expect(refused.stderr).toMatch(reason);
    }
    const held = await queuelab(['shrink', 'busy.yaml', '--seed', '2'], { cwd });
    expect([held.code, held.stderr]).toEqual([4, expect.stringMatching(/there is nothing to make smaller/)]);
    expect((await queuelab(['shrink', 'busy.yaml', '--runs', '0'], { cwd })).code).toBe(2);
    expect((await queuelab(['shrink', 'busy.yaml', '--for', 'ever'], { cwd })).code).toBe(2);
  }, 60_000);
});

describe('queuelab replay', () => {
  it.each([[[]], [['--record', 'run.json']]])('can be interrupted, and then writes nothing (%j)', async (flags: string[]) => {
    const cwd = folderWith({ 'endless.yaml': endlessScenario });
    const { code, stderr } = await queuelab(['replay', 'endless.yaml', ...flags], { cwd, interrupt: AbortSignal.timeout(300) });
    expect([code, stderr]).toEqual([130, 'Interrupted: The run of endless was interrupted before its end.\n']);
    expect(readdirSync(cwd)).toEqual(['endless.yaml']);
  });

  it('of several results makes the first that is broken again, and says which of how many', async () => {
    const cwd = folderWith({ 'busy.yaml': SCENARIO, 'quick.yaml': quickScenario('quick') });
    await queuelab(['run', 'quick.yaml', 'busy.yaml', '--quiet', '--reporter', 'json=two.json'], { cwd });
    const { code, stdout } = await queuelab(['replay', 'two.json'], { cwd });
    expect([code, stdout]).toEqual([0, expect.stringContaining('Run 1 of 2: quick, seed 1.')]);
  });
});
