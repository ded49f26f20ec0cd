import type { Mutations } from '../../mutants/index.js';
import type { PushPolicy } from '../../queue/index.js';
import type { Consume, Qos } from './protocol.js';
import type { PushedQueue } from './pushed-queue.js';
import { checkPriority, checkTimeout, type KnownArguments } from './queue-arguments.js';
import { ChannelFailure } from './reply-codes.js';

interface AdmissionScene {
  readonly isShared: boolean;
  readonly node: { readonly known: KnownArguments; readonly mutations: Mutations };
}

/**
 * Whether a queue takes another consumer, and whether that one has it for itself. `isShared`: its channel has a prefetch for all of its consumers.
 *
 * @throws {ChannelFailure} 403 where somebody has the queue, or is to have it, for himself; 406 for arguments that cannot be
 */
export function admit({ exclusive = false, priority = 0, timeoutMillis }: Consume, queue: PushedQueue, { isShared, node: { known, mutations } }: AdmissionScene): { readonly isExclusive: boolean } {
  checkPriority(queue.name, priority);
  const { policy, settings } = queue.push;
  checkTimeout(queue.name, { kind: queue.queue.state.settings.kind, isTaken: policy.takesConsumerTimeouts }, timeoutMillis, known);
  if (isShared && !policy.heedsChannelPrefetch) throw new ChannelFailure('NOT_IMPLEMENTED', `queue '${queue.name}' in vhost '/' does not support global qos`);
  const isExclusive = exclusive && policy.takesExclusiveConsumers;
  if (mutations.exclusiveConsumerJoined) return { isExclusive };
  if (queue.consumers.hasExclusive || (isExclusive && (queue.consumers.size > 0 || settings.isSingleActive))) {
    throw new ChannelFailure('ACCESS_REFUSED', `queue '${queue.name}' in vhost '/' in exclusive use`);
  }
  return { isExclusive };
}

/** 0 stands for any number. */
export function prefetchUnder({ maxPrefetch }: PushPolicy, asked: number): number {
  return maxPrefetch === Infinity ? asked : Math.min(asked === 0 ? maxPrefetch : asked, maxPrefetch);
}

/** The most that AMQP can say of a prefetch. */
const MAX_PREFETCH = 65_535;

/** @throws {ChannelFailure} 540 for a prefetch in bytes, 530 for what is no number of messages */
export function checkedPrefetch({ prefetch, prefetchSize = 0 }: Qos): number {
  if (prefetchSize !== 0) throw new ChannelFailure('NOT_IMPLEMENTED', `prefetch_size!=0 (${prefetchSize})`);
  if (!(Number.isInteger(prefetch) && prefetch >= 0 && prefetch <= MAX_PREFETCH)) throw new ChannelFailure('NOT_ALLOWED', `invalid prefetch count ${prefetch}`);
  return prefetch;
}
