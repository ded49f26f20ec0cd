import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createReporter } from '../../../reports/index.js';
import { page } from '../../../reports/html/page.js';
import { brokenRun, emptyRun, heldRun, manyDayRun } from '../fixtures.js';
import { keptContext } from '../streams.js';

const MEGABYTE = 1_000_000;

describe('page', { timeout: 90_000 }, () => {
  it('is the same bytes each time', async () => {
    const runs = [brokenRun(), emptyRun()];
    expect(await page(runs)).toBe(await page(runs));
  });

  it('needs nothing beside it', async () => {
    const text = await page([brokenRun(), heldRun()]);
    expect(text.replace(/<script.*?<\/script>/gs, '')).not.toMatch(/<(link|img|iframe|object|embed|base)\b|@import|url\((?!#)|src=/);
    expect([...text.matchAll(/https?:\/\/[^"'\s<)]+/g)].map(([address]) => address).filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([]);
  });

  it('uses no id twice, and leads to none that is not there', async () => {
    const text = await page([heldRun(), brokenRun(), manyDayRun()]);
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    const referred = [...text.matchAll(/(?:href="#|aria-labelledby=")([^"]*)"/g)].flatMap((match) => (match[1] ?? '').split(' '));
    expect(referred.length).toBeGreaterThan(10);
    expect(referred.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('tells what operators saw and did, and how clients guarded themselves, where there is something to tell', async () => {
    const operators = { alerts: [{ atMicros: 20_000_000, operator: 'on-call', queue: 'orders-dead', depth: 8 }], actions: [] };
    const counts = { ...heldRun().measures.counts, pauses: 4 };
    const text = await page([heldRun({ operators, measures: { ...heldRun().measures, counts } })]);
    expect(text).toContain('<h3>Operators</h3>\n<ul><li>alert: orders-dead holds 8 messages, which on-call watches, at 20.000s</li></ul>');
    expect(text).toContain('<h3>Clients</h3>\n<ul><li>consumers paused 4 times: their buffer was full</li></ul>');
    expect(await page([heldRun()])).not.toMatch(/<h3>(Operators|Clients)<.h3>/);
  });

  it('marks which settings are defaults and holds what it takes to run it again', async () => {
    const text = await page([heldRun()]);
    expect(text).toMatch(/broker\.flush<\/code><\/th><td><code>always<\/code><\/td><td><span class="muted">default/);
    expect(text).toMatch(/visibilityTimeout<\/code><\/th><td><code>10s<\/code><\/td><td>scenario/);
    for (const told of ['queuelab run scenarios/consumer-crash.yaml --seed 7', '0123456789abcdef0123456789abcdef', '9f86d081884c7d65']) expect(text).toContain(told);
  });

  it('stays below 2 MB however many runs there are, and shows those that broke in full', async () => {
    const runs = [...Array.from({ length: 600 }, (_, index) => heldRun({ seed: String(index) })), brokenRun({ seed: 'the broken one' })];
    const text = await page(runs);
    expect(Buffer.byteLength(text)).toBeLessThan(2 * MEGABYTE);
    expect(text).toContain('1 of 601 runs did not turn out as expected.');
    expect(text).toMatch(/<h2 id="run-601-heading">broker-power-loss/);
    expect(text).toMatch(/goes into \d+ of 601 runs, those that need attention first, and leaves out 101;/);
  });

  it('shows no more than a part of a very long story', async () => {
    const step = { event: 'lease-grant', actor: 'broker', text: 'leases it once more.' };
    const text = await page([brokenRun({ story: Array.from({ length: 5_000 }, (_, index) => ({ atMicros: index, ...step })) })]);
    expect(text.match(/<li>.*leases it once more/g)).toHaveLength(200);
    expect(text).toContain('4,800 more steps');
  });

  it('says so when no run was finished', async () => {
    expect(await page([])).toContain('No run was finished.');
  });
});

it('the reporter writes the page to its file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'queuelab-html-'));
  try {
    const file = join(folder, 'a', 'report.html');
    await (await createReporter({ name: 'html', file }, keptContext())).finish([heldRun()]);
    expect(await readFile(file, 'utf8')).toBe(await page([heldRun()]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
