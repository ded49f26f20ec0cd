import { firstDifference, type QueueKind, type QueueSettings, type Queues } from '../queue/index.js';
import { attributeName } from './attribute-table.js';
import type { BrokerConfig } from './config.js';
import { type Refusal, refusal } from './refusal.js';
import { badSetting } from './settings-check.js';
import { writeRedrive } from './write-attributes.js';

/** What must be so before a queue is created or gets new settings. Each answers why it cannot be; null: it can. */

export function wrongName(name: string, kind: QueueKind, { queueLimits }: BrokerConfig): Refusal | null {
  if (queueLimits.queueNames[kind]?.test(name) === true) return null;
  return refusal(kind === 'fifo' ? 'invalidGroupQueueName' : 'invalidQueueName', name);
}

export function wrongSettings(name: string, settings: QueueSettings, config: BrokerConfig): Refusal | null {
  const bad = badSetting(name, settings, config.queueLimits, config.queuePolicies);
  if (bad === null) return null;
  if (bad === 'deadLetter' || bad === 'maxReceiveCount') {
    const said = settings.deadLetter === null ? '' : writeRedrive(settings.deadLetter, config.attributes);
    return refusal(bad === 'deadLetter' ? 'invalidDeadLetterTarget' : 'invalidMaxReceiveCount', said);
  }
  return refusal('invalidAttributeValue', attributeName(config.attributes, bad));
}

/** A dead-letter queue exists, is of the same kind, and allows this source. */
export function wrongDeadLetterQueue(name: string, settings: QueueSettings, queues: Queues, { attributes }: BrokerConfig): Refusal | null {
  const { deadLetter } = settings;
  if (deadLetter === null) return null;
  const target = queues.find(deadLetter.queue)?.state.settings;
  const said = writeRedrive(deadLetter, attributes);
  if (target === undefined) return refusal('deadLetterQueueUnknown', said);
  if (target.kind !== settings.kind) return refusal('deadLetterKindDiffers', said);
  const { permission, sources } = target.redriveAllow;
  const isAllowed = permission === 'allowAll' || (permission === 'byQueue' && sources.includes(name));
  return isAllowed ? null : refusal('redriveNotAllowed', said);
}

/** A queue may be created again with settings that it has; what the request does not say does not matter. */
export function differsFrom(known: QueueSettings, asked: Partial<QueueSettings>, config: BrokerConfig): Refusal | null {
  const different = firstDifference(known, { ...known, ...asked });
  return different === null ? null : refusal('queueNameExists', attributeName(config.attributes, different));
}
