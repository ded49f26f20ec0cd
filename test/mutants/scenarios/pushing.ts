import type { ConsumerSpec } from '../../../scenarios/index.js';
import { aConsumer, aScenario, constant, MILLISECOND, MINUTE, SECOND } from '../../scenarios/a-scenario.js';
import { classic, publisher, pushed } from './channels.js';
import * as quorum from './quorum.js';
import type { ScenariosOf } from './parts.js';

type Subscription = NonNullable<ConsumerSpec['subscription']>;

const worker = (name: string, own: Partial<Subscription> = {}, settings: Parameters<typeof aConsumer>[1] = {}): ConsumerSpec => aConsumer(name, {
  concurrency: 1, handler: { time: constant(9 * MILLISECOND) }, ...settings,
  subscription: { prefetch: 5, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'nack', priority: 0, exclusive: false, ...own },
});

const exponential = (mean: number) => ({ kind: 'exponential', mean }) as const;
const slowly = { handler: { time: constant(30 * MILLISECOND) } } as const;

/** Jobs of which some take longer than the consumer timeout of three minutes, or than half of it. */
const longJobs = (meanMicros: number) => aScenario({
  ...pushed, queues: [classic({ consumerTimeoutMicros: 3 * MINUTE })], producers: [{ ...publisher(), messages: 20 }], durationMicros: 180 * MINUTE,
  consumers: ['consumer-1', 'consumer-2'].map((name) => worker(name, { prefetch: 1 }, { handler: { time: exponential(meanMicros) } })),
});
/** An auto-delete queue, and consumers that stop at these times while messages wait. */
const leaving = (...stops: readonly number[]) => aScenario({
  ...pushed, queues: [classic({ autoDelete: true, isDurable: false })], producers: [publisher({ mandatory: false })], stopWhenDone: false,
  consumers: stops.map((stopMicros, index) => worker(`consumer-${index + 1}`, {}, { ...slowly, stopMicros })),
});

export const pushingScenarios: ScenariosOf = {
  'consumer-priority-ignored': aScenario({ ...pushed, consumers: [worker('consumer-1'), worker('consumer-2', { priority: 5 })] }),
  'channel-prefetch-ignored': aScenario({ ...pushed, consumers: [worker('consumer-1', { channelPrefetch: 2 }), worker('consumer-2', { channelPrefetch: 3, prefetch: 0 })] }),
  'exclusive-consumer-joined': aScenario({ ...pushed, consumers: [worker('consumer-1', { exclusive: true }), worker('consumer-2', {}, { startMicros: 500 * MILLISECOND })] }),
  'newest-follows': aScenario({
    ...pushed, queues: [classic({ isSingleActive: true })],
    consumers: [worker('consumer-1', {}, { stopMicros: 700 * MILLISECOND }), worker('consumer-2', {}, { startMicros: 200 * MILLISECOND }), worker('consumer-3', {}, { startMicros: 400 * MILLISECOND })],
  }),
  'outranked-goes-on': aScenario({
    ...quorum.base, queues: [quorum.queue('orders', { isSingleActive: true })],
    consumers: [worker('consumer-1', {}, slowly), worker('consumer-2', { priority: 5 }, { startMicros: 500 * MILLISECOND })],
  }),
  'consumer-timeout-not-restarted': longJobs(50 * SECOND),
  'consumer-timeout-looks-once': longJobs(100 * SECOND),
  'nack-is-multiple': aScenario({
    ...pushed, consumers: ['consumer-1', 'consumer-2'].map((name) => worker(name, {}, { concurrency: 4, handler: { time: exponential(30 * MILLISECOND), failure: 0.1 } })),
  }),
  'multiple-ignored': aScenario({ ...pushed, consumers: ['consumer-1', 'consumer-2'].map((name) => worker(name, { prefetch: 50, acknowledge: 'batched', acknowledgeEvery: 10 }, { stopMicros: 4 * SECOND })) }),
  'deleted-with-first-consumer': leaving(500 * MILLISECOND, 900 * MILLISECOND),
  'auto-delete-forgotten': leaving(500 * MILLISECOND, 500 * MILLISECOND),
  'expires-at-second-look': aScenario({
    ...pushed, queues: [classic({ expiresMicros: 20 * SECOND })], producers: [{ ...publisher(), messages: 100 }], durationMicros: MINUTE, stopWhenDone: false,
    consumers: ['consumer-1', 'consumer-2'].map((name) => worker(name, {}, { ...slowly, stopMicros: SECOND })),
  }),
  'expired-from-the-middle': aScenario({
    ...pushed, producers: [publisher({ expirationMicros: 200 * MILLISECOND }), { ...publisher({ expirationMicros: 60 * SECOND }), name: 'producer-2', interval: constant(20 * MILLISECOND), messages: 100 }],
    consumers: ['consumer-1', 'consumer-2'].map((name) => worker(name, {}, slowly)),
  }),
};
