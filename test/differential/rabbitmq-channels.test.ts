import fc from 'fast-check';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { mutationsOf } from '../../engine/index.js';
import { Comparison, shownByEngine } from './compare.js';
import type { Operation } from './operation.js';
import { routedOperations, transactedOperations } from './routed-operations.js';
import { classicOperations, consumingOperations, keepingOperations, policyOperations, quorumOperations, SHORT_TTL_MILLIS, timedOperations } from './operations.js';

/** The version whose semantics the engine is asked for; the server that is there must be one of it. */
const VERSION = '3.10';

/** A person who looks for more sets both: QUEUELAB_SEED=7 QUEUELAB_RUNS=20 npx vitest run --project differential */
const SEED = Number(process.env['QUEUELAB_SEED'] ?? 20);
const TIMES = Number(process.env['QUEUELAB_RUNS'] ?? 1);

interface Property {
  readonly operations: fc.Arbitrary<Operation[]>;
  readonly numRuns: number;
  readonly passMillis?: number;
  readonly restMillis?: number;
}

/** The smallest list of operations on which the two differ, with both answers; null when they agree. */
async function difference({ operations, numRuns, passMillis = 0, restMillis = 0 }: Property): Promise<string | null> {
  const comparison = await Comparison.with({ url: inject('rabbitmqUrl'), management: inject('rabbitmqManagement'), version: VERSION, passMillis, restMillis });
  let found: string | null = null;
  const property = fc.asyncProperty(operations, async (list) => {
    const told = await comparison.difference(list);
    if (told === null) return true;
    found = told;
    return false;
  });
  const { failed, seed, counterexamplePath } = await fc.check(property, { numRuns: numRuns * TIMES, seed: SEED });
  await comparison.end();
  return failed ? `The engine and RabbitMQ differ (fast-check: seed ${seed}, path ${counterexamplePath}) after\n${found}` : null;
}

beforeAll(() => {
  expect(inject('rabbitmqVersion'), 'what the engine is compared with').toMatch(/^3\.10\./);
});

describe('the engine does what RabbitMQ does', () => {
  it('classic queues: any operations, right and wrong', async () => {
    expect(await difference({ operations: classicOperations(25), numRuns: 45 })).toBeNull();
  });

  it('consumers: turns, prefetch, what comes back', async () => {
    expect(await difference({ operations: consumingOperations(30), numRuns: 35 })).toBeNull();
  });

  it('exchanges of all types, one behind the other', async () => {
    expect(await difference({ operations: routedOperations(24), numRuns: 12 })).toBeNull();
  });

  it('transactions', async () => {
    expect(await difference({ operations: transactedOperations(24), numRuns: 12 })).toBeNull();
  });

  it('quorum queues', async () => {
    expect(await difference({ operations: quorumOperations(20), numRuns: 30 })).toBeNull();
  });

  // In these three the server is mostly left to rest: they do not disturb one another.
  it.concurrent('quorum queues that keep their dead letters until these are confirmed', async () => {
    expect(await difference({ operations: keepingOperations(20), numRuns: 12, restMillis: 25 })).toBeNull();
  });

  it.concurrent('policies and operator policies', async () => {
    expect(await difference({ operations: policyOperations(16), numRuns: 12, restMillis: 25 })).toBeNull();
  });

  it.concurrent('times to live that pass', async () => {
    expect(await difference({ operations: timedOperations(8), numRuns: 5, passMillis: SHORT_TTL_MILLIS * 1.5 })).toBeNull();
  });
});

describe('it is noticed when the engine does not', () => {
  const mutants = [
    ['prefetch-off-by-one', consumingOperations(30)], ['requeued-at-tail', consumingOperations(30)], ['second-taken-first', consumingOperations(30)],
    ['length-limit-off-by-one', classicOperations(25)], ['returned-after-confirm', classicOperations(25)],
  ] as const;

  it.each(mutants)('%s', async (name, operations) => {
    const mutations = mutationsOf([name]);
    const comparison = await Comparison.with({ url: inject('rabbitmqUrl'), management: inject('rabbitmqManagement'), version: VERSION, mutations, takesFirst: true });
    let told: string | null = null;
    // Lists on which the mutant is like the engine need no server.
    for (const list of fc.sample(operations, { numRuns: 200, seed: SEED })) {
      if (shownByEngine(list, { version: VERSION, mutations }) === shownByEngine(list, { version: VERSION })) continue;
      told = await comparison.difference(list);
      if (told !== null) break;
    }
    await comparison.end();
    expect(told).toMatch(/ {2}1\. A\/1 queueDeclare [^]*\n +engine: [^]*\n +RabbitMQ: /);
  });
});
