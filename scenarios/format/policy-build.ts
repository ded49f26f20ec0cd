import type { Policy, PolicyDefinition } from '../../engine/index.js';
import type { ParsedPolicy } from './schema/scenario-schema.js';

/** The settings of a policy: as a file calls them, and as the engine does. */
const KEYS = {
  messageTtl: 'messageTtlMicros', expires: 'expiresMicros', maxLength: 'maxLength', maxLengthBytes: 'maxLengthBytes', overflow: 'overflow', deadLetterExchange: 'deadLetterExchange',
  deadLetterRoutingKey: 'deadLetterRoutingKey', deadLetterStrategy: 'deadLetterStrategy', deliveryLimit: 'deliveryLimit', consumerTimeout: 'consumerTimeoutMicros', alternateExchange: 'alternateExchange',
} as const satisfies Partial<Record<keyof ParsedPolicy, keyof PolicyDefinition>>;
export type PolicyKey = keyof typeof KEYS;
export const POLICY_SETTINGS = Object.keys(KEYS) as readonly PolicyKey[];

export function buildPolicy(name: string, parsed: ParsedPolicy): Policy {
  const said = POLICY_SETTINGS.filter((key) => parsed[key] !== undefined).map((key) => [KEYS[key], parsed[key]]);
  const { pattern, applyTo, priority, operator } = parsed;
  return { name, pattern, applyTo, priority, isOperator: operator, definition: Object.fromEntries(said) as PolicyDefinition };
}

export function unbuildPolicy({ pattern, applyTo, priority, isOperator, definition }: Policy): ParsedPolicy {
  const said = POLICY_SETTINGS.filter((key) => definition[KEYS[key]] !== undefined).map((key) => [key, definition[KEYS[key]]]);
  return { pattern, applyTo, priority, operator: isOperator, ...Object.fromEntries(said) };
}
