import { policyOf, type QueuePolicies, type QueueSettings } from '../queue/index.js';
import type { QueueLimits, Range } from './config.js';

const RANGED = ['visibilityTimeoutMicros', 'delayMicros', 'retentionMicros', 'receiveWaitMicros', 'maxMessageBytes', 'maxInFlight'] as const;
const MAX_COUNT = 2_147_483_647;
/** Storage servers are drawn as bits of a number. */
const MAX_SERVERS = 30;

/** The first of a queue's settings that is out of its range or does not fit the others; null: all is well. */
export function badSetting(name: string, settings: QueueSettings, limits: QueueLimits, policies: QueuePolicies): keyof QueueSettings | 'maxReceiveCount' | null {
  for (const field of RANGED) {
    if (!isWithin(settings[field], limits[field])) return field;
  }
  const { deadLetter, redriveAllow, replicas } = settings;
  if (settings.throughputLimit === 'perMessageGroupId' && settings.deduplicationScope !== 'messageGroup') return 'throughputLimit';
  if (redriveAllow.sources.length > limits.maxRedriveSources) return 'redriveAllow';
  if (replicas !== null && (policyOf(policies, settings.kind).order !== 'arrival' || !areReplicas(replicas))) return 'replicas';
  if (!isCount(settings.quotaPerSecond) || !isCount(settings.lookAhead)) return isCount(settings.lookAhead) ? 'quotaPerSecond' : 'lookAhead';
  if (settings.removalMicros !== undefined && !isWithin(settings.removalMicros, { min: 0, max: limits.recreateAfterMicros })) return 'removalMicros';
  for (const field of TAKES) if (!isWithin(settings[field] ?? 0, { min: 0, max: limits[field] })) return field;
  if (deadLetter === null) return null;
  if (!isWithin(deadLetter.maxReceiveCount, limits.maxReceiveCount)) return 'maxReceiveCount';
  // A message that moved to its own queue would move for ever.
  return deadLetter.queue === name ? 'deadLetter' : null;
}

/** How long changes of a queue may take. */
const TAKES = ['attributesTakeMicros', 'retentionTakesMicros'] as const;

function areReplicas(replicas: NonNullable<QueueSettings['replicas']>): boolean {
  const { servers, sampled, missedReceive, missedPoll, missedDelete, staleMicros, counterAgeMicros } = replicas;
  const isChance = (value: number): boolean => value >= 0 && value <= 1;
  return isWithin(servers, { min: 1, max: MAX_SERVERS }) && isWithin(sampled, { min: 1, max: servers })
    && isChance(missedReceive) && isChance(missedPoll) && isChance(missedDelete) && staleMicros >= 0 && counterAgeMicros >= 0;
}

const isCount = (value: number | null | undefined): boolean => value === undefined || value === null || isWithin(value, { min: 1, max: MAX_COUNT });

export function isWithin(value: number, range: Range): boolean {
  return Number.isInteger(value) && value >= range.min && value <= range.max;
}
