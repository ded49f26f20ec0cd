import { expect, it } from 'vitest';
import { retell, runScenario } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../a-scenario.js';

const scenario = aScenario({
  queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND, deadLetter: { queue: 'dead', maxReceiveCount: 2 } }), aQueue('dead')],
  producers: [aProducer({ messages: 20, interval: constant(50 * MILLISECOND) })],
  consumers: [aConsumer('consumer-1', { handler: { poisonEvery: 5 } })],
  faults: [{ at: 300 * MILLISECOND, fault: 'pause', target: 'consumer-1', for: 3 * SECOND }],
});

it('tells any message of a run again, with the setting by which each step happened', async () => {
  const result = runScenario(scenario);
  const { fingerprint, messages, stories } = await retell(scenario, [5, 7, 99]);
  expect(fingerprint).toBe(result.fingerprint);
  expect(messages).toBe(20);
  expect(stories.get(99)).toEqual([]);
  const poisoned = stories.get(5)!;
  expect(poisoned.map(({ atMicros }) => atMicros)).toEqual(poisoned.map(({ atMicros }) => atMicros).sort((a, b) => a - b));
  const rules = (event: string) => poisoned.filter((step) => step.event === event).map(({ rule }) => rule);
  expect(rules('lease-grant')).toEqual(['visibilityTimeout of orders is 2s', 'visibilityTimeout of orders is 2s']);
  expect(rules('lease-expire')[0]).toBe('visibilityTimeout of orders is 2s');
  expect(rules('handle-end')[0]).toBe('poisonEvery is 5: every such message fails whenever it is handled');
  expect(rules('move')).toEqual(['maxReceiveCount of orders is 2']);
  expect(poisoned.find(({ event }) => event === 'lease-grant')).toMatchObject({ actor: 'broker', peer: 'consumer-1', queue: 'orders', lease: 1, copy: 5 });
  expect(poisoned.filter(({ event }) => event === 'deliver').map(({ lease }) => lease)).toEqual([1, 2]);
});

it('the clock of a broker that runs fast ends leases early by true time, and the rule says so', async () => {
  const fast = { ...scenario, faults: [{ at: 0, fault: 'clock-drift', target: 'broker', for: 60 * SECOND, drift: 50_000 }] };
  const { stories } = await retell(fast, [5]);
  const expiry = stories.get(5)!.find(({ event }) => event === 'lease-expire')!;
  expect(expiry.rule).toMatch(/^visibilityTimeout of orders is 2s; by true time it ended \d+\.\d+ms early, by the broker's clock in time; broker's clock ran \d+\.\d+ms ahead$/);
});

it('tells how wrong the clock of the consumer that had the lease was, and of no other', async () => {
  const jump = (target: string, by: number) => ({ at: 0, fault: 'clock-jump', target, by });
  const consumers = [aConsumer('consumer-1', { handler: { poisonEvery: 5 } }), aConsumer('consumer-2', { handler: { poisonEvery: 5 } })];
  const { stories } = await retell({ ...scenario, consumers, faults: [jump('consumer-1', 40 * MILLISECOND), jump('consumer-2', -7 * SECOND)] }, [5, 10, 15]);
  const told = new Map<string, Set<string>>();
  for (const steps of stories.values()) {
    for (const { event, rule, lease } of steps) {
      if (event !== 'lease-expire') continue;
      const holder = steps.find((step) => step.event === 'lease-grant' && step.lease === lease)!.peer!;
      told.set(holder, (told.get(holder) ?? new Set()).add(rule!));
    }
  }
  expect([...told].sort()).toEqual([
    ['consumer-1', new Set(["visibilityTimeout of orders is 2s; consumer-1's clock ran 40ms ahead"])],
    ['consumer-2', new Set(["visibilityTimeout of orders is 2s; consumer-2's clock ran 7s behind"])],
  ]);
});
