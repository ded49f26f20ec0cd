import { type PushSettings, type Queues, type QueueSettings, timeToLiveOf } from '../../queue/index.js';
import type { ChannelConfig } from './config.js';
import { givenSettings, withPolicy } from './effective-settings.js';
import { Policies } from './policies.js';
import { type Policy, policyMistake } from './policy.js';
import type { PushedQueue } from './pushed-queue.js';

/** Policies as they change what queues do and where exchanges lead. */
export class AppliedPolicies {
  readonly #policies: Policies;
  readonly #defaults: QueueSettings;

  readonly #known: ChannelConfig['policyKeys'];

  constructor(queues: Queues, { policies, policyKeys }: ChannelConfig, defaults: QueueSettings) {
    this.#policies = new Policies(queues, policies);
    this.#known = policyKeys;
    this.#defaults = defaults;
  }

  /** Null: done. Otherwise why it cannot be; then nothing has changed. */
  set(policy: Policy): string | null {
    const mistake = policyMistake(policy, this.#known);
    if (mistake === null) this.#policies.set(policy);
    return mistake;
  }

  clear(name: string, isOperator: boolean): string | null {
    return this.#policies.clear(name, isOperator) ? null : `policy '${name}' not found`;
  }

  /** The settings of a queue as its arguments and policies have them. */
  applyTo({ queue, push }: PushedQueue): void {
    const { kind, push: declared } = queue.state.settings;
    const policy = this.#policies.of({ kind: kind === 'quorum' ? 'quorum' : 'classic', name: queue.state.name });
    const effective = policy === null ? null : withPolicy(declared as PushSettings, givenSettings(declared as PushSettings, this.#defaults.push as PushSettings), policy, kind === 'quorum');
    const isOther = JSON.stringify(effective ?? declared) !== JSON.stringify(push.settings);
    // A restart may have come between a policy and what it says.
    if (isOther || push.settings.messageTtlMicros !== timeToLiveOf(queue.state)) push.configure(effective);
  }

  /** The alternate exchange of one that was declared without. */
  alternateOf(exchange: string): string | null {
    return this.#policies.of({ kind: 'exchange', name: exchange })?.alternateExchange ?? null;
  }
}
