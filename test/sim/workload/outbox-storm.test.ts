import { describe, expect, it } from 'vitest';
import { judgeScenario, type Scenario } from '../../../scenarios/index.js';
import { parse } from '../../scenarios/format/given.js';

const SERVICES = `producers:
  shop:
    queue: orders
    rate: 20/s
    messages: 200
    write: outbox
    retry: { mode: standard, timeout: 1s }
    breaker: { openFor: 2s, minimum: 5, whenOpen: fail }
    buffer: { messages: 20, whenFull: reject }
    crashes: [{ after: sent, nth: 20 }, { after: published, nth: 70 }, { after: marked, nth: 120 }]
consumers:
  warehouse:
    queue: orders
    concurrency: 5
    handler: { kind: inbox, time: 20ms }
    crashes: [{ after: effect-had, nth: 40 }, { after: handling-begun, nth: 90 }]
`;
const BROKERS = {
  sqs: 'queues: { orders: { visibilityTimeout: 5s } }\n',
  rabbitmq: 'personality: rabbitmq\nqueues: { orders: { type: quorum } }\n',
};
const KINDS = ['crash', 'pause', 'power-loss', 'network-partition', 'connection-reset', 'half-open'] as const;

/** Twelve faults of any kind on any machine, drawn from the seed. */
function struck(scenario: Scenario, seed: number): Scenario {
  let state = seed * 7919;
  const draw = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
  const machines = ['broker', 'shop', 'warehouse'];
  const faults = Array.from({ length: 12 }, () => {
    const [at, fault, target] = [draw(10_000_000), KINDS[draw(KINDS.length)]!, machines[draw(machines.length)]!];
    return fault === 'connection-reset' || fault === 'half-open' ? { at, fault, target } : { at, fault, target, for: 10_000 + draw(3_000_000) };
  });
  return { ...scenario, faults };
}

describe('an outbox and an inbox, guarded and struck by whatever comes', () => {
  it.each(Object.keys(BROKERS) as (keyof typeof BROKERS)[])('tell of every row, and have every effect once (%s)', (personality) => {
    const scenario = parse(`name: storm\nduration: 1min\n${BROKERS[personality]}${SERVICES}`);
    for (let seed = 1; seed <= 12; seed += 1) {
      const { verdicts } = judgeScenario(struck(scenario, seed), { seed: String(seed) });
      const verdictOf = (id: string) => verdicts.find(({ invariant }) => invariant === id)!.verdict;
      expect([seed, verdicts.filter(({ verdict }) => verdict === 'violated')]).toEqual([seed, []]);
      expect([seed, verdictOf('row-and-message'), verdictOf('exactly-once-effects')]).toEqual([seed, 'holds', 'holds']);
    }
  });

  it('and a dual write is caught in the gap by some of it', () => {
    const scenario = parse(`name: storm\nduration: 1min\n${BROKERS.sqs}${SERVICES.replace('write: outbox', 'write: row-then-message').replace(/ {4}crashes.*after: sent.*\n/, '')}`);
    const caught = Array.from({ length: 6 }, (_, index) => judgeScenario(struck(scenario, index + 1), { seed: String(index + 1) }))
      .filter(({ verdicts }) => verdicts.some(({ invariant, verdict }) => invariant === 'row-and-message' && verdict === 'anomaly'));
    expect(caught.length).toBeGreaterThan(2);
  });
});
