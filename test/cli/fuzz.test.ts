import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { folderWith, queuelab } from './given.js';

const SMALL = `name: small
duration: 20s
queues:
  orders: { visibilityTimeout: 2s, deadLetter: { queue: dead, maxReceiveCount: 2 } }
  dead: {}
producers: { web: { queue: orders, rate: 10/s, messages: 10 } }
consumers: { worker: { queue: orders, count: 2 } }
`;
const small = (more = ''): string => folderWith({ 'small.yaml': `${SMALL}${more}` });
const corpusOf = (cwd: string, folder = '.queuelab/corpus/small'): string[] => readdirSync(join(cwd, folder)).sort();

describe('queuelab fuzz', { timeout: 60_000 }, () => {
  it('finds nothing in a good scenario, says what was never reached, and keeps what broke new ground', async () => {
    const cwd = small();
    const { code, stdout, stderr } = await queuelab(['fuzz', 'small.yaml', '--runs', '12', '-j', '1'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Nothing was broken.');
    expect(stdout).toContain('12 runs');
    expect(stdout).toMatch(/Coverage +\d+ of [\d,]+ meeting points/);
    expect(stdout).toContain('never reached:');
    expect(corpusOf(cwd).every((name) => name.startsWith('ground-'))).toBe(true);
    const again = await queuelab(['fuzz', 'small.yaml', '--runs', '1', '-j', '1'], { cwd });
    expect(again.stdout).toMatch(/1 run, \d+ of the corpus/);
  });

  it('finds a deliberate bug, makes it small, and writes the file that shows it', async () => {
    const cwd = small();
    const { code, stdout } = await queuelab(['fuzz', 'small.yaml', '--until-fail', '--mutant', 'scribble-body', '--corpus', 'found', '-j', '1'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('no-phantom');
    expect(stdout).toContain('Life of message');
    const [file] = corpusOf(cwd, 'found').filter((name) => name.startsWith('failure-no-phantom-'));
    expect(stdout).toContain(`npx queuelab run ${join('found', file!)} --mutant scribble-body`);
    expect(readFileSync(join(cwd, 'found', file!), 'utf8')).toContain('scribble-body');
    expect((await queuelab(['run', join('found', file!)], { cwd })).code).toBe(0);
    expect((await queuelab(['run', join('found', file!), '--mutant', 'scribble-body'], { cwd })).code).toBe(1);
  });

  it('keeps once what comes down to the same, however it was found, and says so', async () => {
    const cwd = small();
    const { code, stdout } = await queuelab(['fuzz', 'small.yaml', '--runs', '40', '--mutant', 'reply-before-durable', '--corpus', 'found', '-j', '1'], { cwd });
    expect(code).toBe(1);
    const files = corpusOf(cwd, 'found').filter((name) => name.startsWith('failure-'));
    const left = files.map((name) => readFileSync(join(cwd, 'found', name), 'utf8').match(/fault: [a-z-]+/g)?.sort().join());
    expect(new Set(left).size).toBe(files.length);
    expect(stdout).toMatch(new RegExp(`${files.length} failures? of different sorts: `));
    // What else struck in a run makes no other failure of it.
    expect(stdout).toMatch(/; [2-9] runs failed so/);
    for (const file of files) expect(stdout).toContain(file);
  });

  it('makes each promise small that a run breaks, and stops at so many that differ', async () => {
    const cwd = small();
    const { stdout } = await queuelab(['fuzz', 'small.yaml', '--runs', '400', '--max-failures', '2', '--mutant', 'dead-letter-copied-twice', '--corpus', 'found', '-j', '1'], { cwd });
    expect(stdout).toMatch(/\n. 2 failures of different sorts: [a-z-]+, [a-z-]+\. {2}Enough was found\./);
    expect(stdout.match(/made smaller/g)).toHaveLength(2);
    const files = corpusOf(cwd, 'found').filter((name) => name.startsWith('failure-'));
    for (const file of files) {
      const invariant = /^failure-(.*)-\w+\.yaml$/.exec(file)![1]!;
      const again = await queuelab(['run', join('found', file), '--mutant', 'dead-letter-copied-twice'], { cwd });
      expect([again.code, again.stdout]).toEqual([1, expect.stringMatching(new RegExp(`✗ ${invariant} +violated`))]);
    }
    expect(files).toHaveLength(2);
  });

  it('says what was broken as the contract allows, by promise and clause', async () => {
    const cwd = folderWith({ 'lossy.yaml': `${SMALL}broker: { flush: never }\n` });
    const { code, stdout } = await queuelab(['fuzz', 'lossy.yaml', '--runs', '30', '--beyond-contract', '-j', '1'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing was broken.');
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/Broken as the contract allows .*acked-send-not-lost: \d+ times in \d+ runs\. The broker replies before its journal is synced, and a power loss takes what was not synced\./);
  });

  it('keeps nothing of a deliberate bug when nobody says where', async () => {
    const cwd = small();
    const { code } = await queuelab(['fuzz', 'small.yaml', '--runs', '2', '--mutant', 'scribble-body', '--no-shrink', '-j', '1'], { cwd });
    expect([0, 1]).toContain(code);
    expect(existsSync(join(cwd, '.queuelab'))).toBe(false);
  });

  it('names a broken file of the corpus, runs the rest, and says so by its exit code', async () => {
    const cwd = small();
    mkdirSync(join(cwd, 'corpus'));
    writeFileSync(join(cwd, 'corpus/bad.yaml'), 'name: bad\nqueues: { orders: { visibilityTimeout: long } }\n');
    writeFileSync(join(cwd, 'corpus/good.yaml'), SMALL);
    const { code, stdout, stderr } = await queuelab(['fuzz', 'small.yaml', '--runs', '2', '--corpus', 'corpus', '-j', '1'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain(`${join('corpus', 'bad.yaml')}:2`);
    expect(stdout).toContain('2 runs, 1 of the corpus');
  });

  it('tries every value that it may draw before the first run', async () => {
    const { code, stderr } = await queuelab(['fuzz', 'small.yaml'], { cwd: small('fuzz: { vary: { queues.orders.visibilityTimeout: [1s, 20h] } }\n') });
    expect(code).toBe(3);
    expect(stderr).toContain('cannot set queues.orders.visibilityTimeout to 20h');
  });

  it('draws values again that contradict each other', async () => {
    const cwd = folderWith({ 'vary.yaml': `${SMALL.replace('20s', '30s')}fuzz: { vary: { duration: [20s, 30s], producers.web.start: [0s, 25s] } }\n` });
    const { code, stderr } = await queuelab(['fuzz', 'vary.yaml', '--runs', '60', '-j', '1'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
  });

  it('gives up with 3 when the values that it may draw contradict each other draw after draw', async () => {
    // Any one of the thirty is possible, any two are too many machines: hardly one of 10 000 000 draws has fewer than two.
    const names = Array.from({ length: 30 }, (_, index) => `p${index}`);
    const producers = names.map((name) => `  ${name}: { queue: orders, rate: 1/s }`).join('\n');
    const vary = names.map((name) => `producers.${name}.count: [1000]`).join(', ');
    const many = `name: many\nduration: 5s\nqueues: { orders: {} }\nproducers:\n${producers}\nfuzz: { vary: { ${vary} } }\n`;
    const { code, stderr } = await queuelab(['fuzz', 'many.yaml', '--runs', '1', '-j', '1'], { cwd: folderWith({ 'many.yaml': many }) });
    expect(code).toBe(3);
    expect(stderr).toContain('fuzz.vary of many.yaml has values that contradict each other.');
    expect(stderr).toContain('The scenario has more than 2000 machines.');
  });

  it('keeps a failure in the corpus when the search is interrupted before it could be made small', async () => {
    const controller = new AbortController();
    const cwd = small();
    const running = queuelab(['fuzz', 'small.yaml', '--runs', '100000', '--max-failures', '1000', '--mutant', 'scribble-body', '--corpus', 'found', '-j', '1'], { cwd, interrupt: controller.signal });
    const found = (): string[] => (existsSync(join(cwd, 'found')) ? corpusOf(cwd, 'found').filter((name) => name.startsWith('failure-')) : []);
    await vi.waitFor(() => expect(found()).not.toEqual([]), { timeout: 30_000, interval: 50 });
    controller.abort();
    expect((await running).code).toBe(130);
  });

  it.each([
    [['--runs', '0'], 'say a number from 1'],
    [['--strategy', 'luck'], 'choose one of uniform, swarm, coverage'],
    [['--mutant', 'scribble-bod'], 'Did you mean scribble-body?'],
    [['--for', 'soon'], '--for soon'],
    [['-j', 'many'], '-j many'],
    [['--max-failures', '-1'], '--max-failures'],
  ])('refuses %j', async (flags, words) => {
    const { code, stderr } = await queuelab(['fuzz', 'small.yaml', ...flags], { cwd: small() });
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('writes what was found when it is interrupted', async () => {
    const controller = new AbortController();
    const cwd = small();
    const running = queuelab(['fuzz', 'small.yaml', '--until-fail', '-j', '1'], { cwd, interrupt: controller.signal });
    setTimeout(() => controller.abort(), 3_000);
    const { code, stdout } = await running;
    expect(code).toBe(130);
    expect(stdout).toContain('Interrupted');
  });

  it('needs a scenario, and one only', async () => {
    expect((await queuelab(['fuzz'])).code).toBe(4);
    expect((await queuelab(['fuzz', 'visibility-timeout'])).code).toBe(4);
  });
});
