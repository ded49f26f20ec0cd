import { describe, expect, it } from 'vitest';
import { folderWith, queuelab } from './given.js';

const SCENARIO = `
name: shop
broker: { flush: interval }
queues:
  orders: { visibilityTimeout: 20s, deadLetter: { queue: dead, maxReceiveCount: 4 } }
  dead: {}
producers:
  web: { queue: orders, rate: 10/s }
consumers:
  worker: { queue: orders, count: 2, handler: { kind: idempotent } }
faults:
  - { at: 5s, fault: power-loss, target: broker, for: 2s }
  - { at: 9s, fault: crash, target: worker, for: 2s, every: 10s }
`;

const explain = (...more: readonly string[]) => queuelab(['explain', '--contract', 'shop.yaml', ...more], { cwd: folderWith({ 'shop.yaml': SCENARIO }) });
/** As one line, so that it does not matter where it is wrapped. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

describe('queuelab explain --contract', () => {
  it('says what may be lost and what is kept, with the faults of the scenario marked', { timeout: 30_000 }, async () => {
    const { code, stdout, stderr } = await explain();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const text = flat(stdout);
    expect(text).toContain('What shop promises');
    expect(text).toContain('may be lost after power-loss * The broker replies before its journal is synced');
    expect(text).toMatch(/kept after crash, pause/);
    expect(text).toContain('5.000s power-loss of broker, for 2s: acknowledged sends may be lost');
    expect(text).toContain('crash of worker-1, worker-2, for 2s, every 10s: acknowledged sends are kept');
  });

  it('says for each queue what becomes of dead letters and what its handlers promise', async () => {
    const text = flat((await explain()).stdout);
    expect(text).toContain('after 4 receives the next one moves the message to dead');
    expect(text).toContain('Effects: exactly once. A handler here is idempotent');
    expect(text).toContain('Effects: nobody consumes this queue.');
  });

  it('changes with a setting: a synced journal loses nothing to a power loss', async () => {
    const text = flat((await explain('--set', 'broker.flush=always')).stdout);
    expect(text).toMatch(/kept after crash, pause, slow-down, power-loss \*/);
    expect(text).toContain('power-loss of broker, for 2s: acknowledged sends are kept');
  });

  it('gives programs the same as JSON', async () => {
    const { stdout } = await explain('--json');
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'queuelab/contract/1',
      scenario: { name: 'shop' },
      queues: [{ name: 'orders', effects: 'exactly-once' }, { name: 'dead', effects: 'none' }],
      schedule: [{ acknowledgedSends: 'may-be-lost' }, { acknowledgedSends: 'kept' }],
    });
  });

  it('wants to know what to explain, and refuses an invalid scenario', async () => {
    expect(await queuelab(['explain'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--contract') as unknown });
    expect(await queuelab(['explain', '--contract', 'shop.yaml'], { cwd: folderWith({ 'shop.yaml': 'name: shop\nqueues: {}\nsurprise: 1\n' }) }))
      .toMatchObject({ code: 3 });
  });
});
