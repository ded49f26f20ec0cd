import { aConsumer, aQueue, SECOND } from '../../scenarios/a-scenario.js';

import type { Scenario } from '../../../scenarios/index.js';

/** Scenarios by the name of the mutant that they show. */
export type ScenariosOf = Readonly<Record<string, Scenario>>;

export const withDeadLetters = [aQueue('orders', { visibilityTimeoutMicros: 5 * SECOND, deadLetter: { queue: 'dead', maxReceiveCount: 3 } }), aQueue('dead')];

export const poisoned = (name: string) => aConsumer(name, { onFailure: { kind: 'release' }, handler: { poisonEvery: 50 } });

export const twoConsumers = (make: (name: string) => ReturnType<typeof aConsumer>) => [make('consumer-1'), make('consumer-2')];
