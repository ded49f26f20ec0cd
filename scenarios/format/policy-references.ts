import type { Path } from './node-at.js';
import { asList, asRecord, asText, type Raw } from './raw.js';
import type { Report } from './report.js';
import { POLICY_SETTINGS, type PolicyKey } from './policy-build.js';

const CONFLICT = 'QL_SCENARIO_CONFLICT';
/** What an operator policy may say. */
const OF_OPERATORS: readonly PolicyKey[] = ['messageTtl', 'expires', 'maxLength', 'maxLengthBytes', 'overflow', 'deliveryLimit'];

/** Whether each policy says something, and nothing that RabbitMQ would refuse. */
export function checkPolicies(raw: unknown, report: Report): void {
  const { policies, operators } = asRecord(raw);
  for (const [name, policy] of Object.entries(asRecord(policies))) checkPolicy(['policies', name], asRecord(policy), report);
  for (const [name, operator] of Object.entries(asRecord(operators))) {
    for (const [index, action] of asList(asRecord(operator)['actions']).entries()) {
      if (asRecord(action)['do'] === 'set-policy') checkPolicy(['operators', name, 'actions', index], asRecord(action), report);
    }
  }
}

function checkPolicy(path: Path, policy: Raw, report: Report): void {
  const said = POLICY_SETTINGS.filter((key) => policy[key] !== undefined);
  if (said.length === 0) report(path, 'around', { code: CONFLICT, message: 'This policy says nothing.', expected: `one of ${POLICY_SETTINGS.join(', ')}` });
  const strange = policy['operator'] === true ? said.find((key) => !OF_OPERATORS.includes(key)) : undefined;
  if (strange !== undefined) report([...path, strange], 'key', { code: CONFLICT, message: 'An operator policy cannot say this.', expected: `one of ${OF_OPERATORS.join(', ')}` });
  const pattern = asText(policy['pattern']);
  if (pattern !== null && !isRegularExpression(pattern)) {
    report([...path, 'pattern'], 'value', { code: CONFLICT, message: 'This is no regular expression.', expected: 'such as ^orders' });
  }
}

function isRegularExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}
