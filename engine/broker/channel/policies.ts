import type { Queues } from '../../queue/index.js';
import { mergePolicies } from './effective-settings.js';
import type { ApplyTo, Policy, PolicyDefinition } from './policy.js';

const NOTE = 'policy ';
/** What a classic queue has no such thing as, and a quorum queue: a policy that says it does not apply at all. (RabbitMQ: is_policy_applicable.) */
const CLASSIC_LACKS: readonly (keyof PolicyDefinition)[] = ['deliveryLimit', 'deadLetterStrategy'];

export type PolicySubject = { readonly kind: 'classic' | 'quorum' | 'exchange'; readonly name: string };

/** The policies of a node, users' and operators', by name. Those that were set or cleared while it ran are in its journal; the configuration has the others. */
export class Policies {
  readonly #policies = new Map<string, Policy>();
  readonly #queues: Queues;

  constructor(queues: Queues, configured: readonly Policy[]) {
    this.#queues = queues;
    for (const policy of configured) this.#policies.set(keyOf(policy), policy);
    for (const [name, text] of queues.registry.notes) {
      if (!name.startsWith(NOTE)) continue;
      const policy = JSON.parse(text) as Policy | null;
      if (policy === null) this.#policies.delete(name.slice(NOTE.length));
      else this.#policies.set(keyOf(policy), policy);
    }
  }

  set(policy: Policy): void {
    this.#policies.set(keyOf(policy), policy);
    this.#queues.note(NOTE + keyOf(policy), JSON.stringify(policy));
  }

  /** False: there is none of this name. */
  clear(name: string, isOperator: boolean): boolean {
    const key = keyOf({ name, isOperator });
    if (!this.#policies.delete(key)) return false;
    this.#queues.note(NOTE + key, 'null');
    return true;
  }

  /** What applies to a queue or an exchange; null: nothing. */
  of(subject: PolicySubject): PolicyDefinition | null {
    if (this.#policies.size === 0) return null;
    return policyFor(this.#policies.values(), subject);
  }
}

/** What of several policies applies to a queue or an exchange; null: nothing. */
export function policyFor(policies: Iterable<Policy>, subject: PolicySubject): PolicyDefinition | null {
  let user: Policy | null = null;
  let operator: Policy | null = null;
  for (const policy of policies) {
    if (!matches(policy, subject)) continue;
    if (policy.isOperator) operator = better(operator, policy);
    else user = better(user, policy);
  }
  return mergePolicies(user?.definition ?? null, subject.kind === 'exchange' ? null : (operator?.definition ?? null));
}

function better(one: Policy | null, other: Policy): Policy {
  if (one === null || other.priority > one.priority) return other;
  return other.priority === one.priority && other.name < one.name ? other : one;
}

const keyOf = ({ name, isOperator }: Pick<Policy, 'name' | 'isOperator'>): string => `${isOperator ? 'operator' : 'user'} ${name}`;

const SUBJECTS: Readonly<Record<ApplyTo, readonly PolicySubject['kind'][]>> = {
  all: ['classic', 'quorum', 'exchange'], queues: ['classic', 'quorum'], classic_queues: ['classic'], quorum_queues: ['quorum'], exchanges: ['exchange'],
};

function matches({ pattern, applyTo, definition }: Policy, { kind, name }: PolicySubject): boolean {
  if (!SUBJECTS[applyTo].includes(kind) || !new RegExp(pattern).test(name)) return false;
  return kind !== 'classic' || !CLASSIC_LACKS.some((key) => definition[key] !== undefined);
}
