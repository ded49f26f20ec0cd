import * as z from 'zod';
import { APPLY_TO } from '../../../engine/index.js';
import { COUNT, DURATION, SIZE } from '../quantities/index.js';
import { quantity, quantityOr } from './quantity.js';
import { MILLISECONDS } from './rabbitmq-limits.js';
import { byName, choice, flag, shortString, text } from './word.js';

const MAX_PATTERN = 1_000;
const MAX_PRIORITY = 1_000_000;
const MAX_POLICIES = 1_000;

/** What a policy says; `actions` of operators say it too. */
export const policyFields = {
  pattern: text(MAX_PATTERN, 'A regular expression, to be found somewhere in the names of those that it is for.'),
  applyTo: choice(APPLY_TO, 'What it is for.').prefault('all'),
  priority: quantity(COUNT, { min: 0, max: MAX_PRIORITY, description: 'Of several policies that match only one applies, that of the highest priority.' }).prefault('0'),
  operator: flag('An operator policy: it applies beside another, and limits it. The lower of two limits counts.').prefault(false),
  messageTtl: quantity(DURATION, { min: 0, ...MILLISECONDS, description: 'As of queues, for messages that come after it; the lower counts.' }).optional(),
  expires: quantity(DURATION, { min: 1_000, ...MILLISECONDS, description: 'As of queues; the lower counts.' }).optional(),
  maxLength: quantity(COUNT, { min: 0, description: 'As of queues; the lower counts.' }).optional(),
  maxLengthBytes: quantity(SIZE, { min: 0, description: 'As of queues; the lower counts.' }).optional(),
  overflow: choice(['drop-head', 'reject-publish', 'reject-publish-dlx'], 'As of queues; that of a classic queue counts, of a quorum queue that of the policy.').optional(),
  deadLetterExchange: shortString('As of queues; that of the queue counts.').optional(),
  deadLetterRoutingKey: shortString('As of queues; that of the queue counts.').optional(),
  deadLetterStrategy: choice(['at-most-once', 'at-least-once'], 'As of queues; that of the queue counts. A policy with it does not apply to classic queues.').optional(),
  deliveryLimit: quantityOr(COUNT, 'unlimited', -1, { min: 0, alias: '-1', description: 'As of queues, unlimited (or -1) too; the lower counts. A policy with it does not apply to classic queues.' }).optional(),
  consumerTimeout: quantity(DURATION, { min: 1_000, ...MILLISECONDS, description: 'As of queues, from version 3.12 on; the lower counts.' }).optional(),
  alternateExchange: shortString('Of exchanges: as `alternate`; that of the exchange counts.').optional(),
} as const;

/** One entry of `policies:`. */
export const policySection = z.strictObject(policyFields).meta({ description: 'RabbitMQ: settings for all queues or exchanges whose name matches a pattern.' });

export const policiesSection = byName(policySection, MAX_POLICIES, 'RabbitMQ: the policies, by name.').prefault({});
