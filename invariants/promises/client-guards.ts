import { EventKind, Guard, type NameId } from '../../history/index.js';
import { guardedClients } from '../contracts/concerns.js';
import type { ClientContract } from '../contracts/run-contract.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Unguarded extends Breach {
  readonly client: NameId;
  readonly what: 'over-budget' | 'stays-open';
}

/** Beyond the rounding of timers; a breaker is open for seconds. */
const SLACK_MICROS = 1_000_000;
type Budget = NonNullable<ClientContract['retryBudget']>;

/** Sums of shares are not exact. */
const ROUNDING = 1e-6;
/** What makes the timers of a machine late, or ends its process. */
const DISTURBING = new Set(['crash', 'pause', 'power-loss', 'disk-replace', 'clock-drift', 'slow-down']);

/**
 * Retries are counted at one token each, what they cost at least: a bucket that is counted so is never emptier than the client's own. A client whose machine was struck may
 * open its breaker late.
 */
export const clientGuards = defineInvariant<Unguarded, 'client-guards'>({
  id: 'client-guards',
  promise: 'A client tries no more often again than its retry budget allows, and its circuit breaker lets trials through when its time is over.',
  exercisedBy: 'retries that a budget paid for, and circuit breakers whose time was over',
  concerns: guardedClients,
  create(facts, tally) {
    const tokens = new Map<NameId, number>();
    /** Retries that were paid for and not made. */
    const paid = new Map<NameId, number>();
    const deadlines = new Map<NameId, number>();
    const struck = new Set<string>();

    function overBudget(event: EventView): void {
      if (tally.breach(null)) tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, client: event.actor, what: 'over-budget' });
    }

    function pays({ burst }: Budget, event: EventView): void {
      const left = (tokens.get(event.actor) ?? burst) - 1;
      tokens.set(event.actor, left);
      paid.set(event.actor, (paid.get(event.actor) ?? 0) + 1);
      tally.exercised++;
      if (left < -ROUNDING) overBudget(event);
    }

    function retried(event: EventView): void {
      // What a program sends anew is no retry of its client.
      if (clientOf(facts, event.actor)?.retryBudget === undefined || event.a <= 1 || event.b === 1) return;
      const left = (paid.get(event.actor) ?? 0) - 1;
      paid.set(event.actor, Math.max(0, left));
      if (left < 0) overBudget(event);
    }

    function succeeded(event: EventView): void {
      const budget = clientOf(facts, event.actor)?.retryBudget;
      if (budget === undefined) return;
      const left = tokens.get(event.actor) ?? budget.burst;
      tokens.set(event.actor, Math.min(budget.burst, left + (event.a <= 1 ? budget.share : 1)));
    }

    function guarded(event: EventView): void {
      const budget = clientOf(facts, event.actor)?.retryBudget;
      if (event.a === Guard.retryPaid && budget !== undefined) pays(budget, event);
      else if (event.a === Guard.breakerOpened) deadlines.set(event.actor, event.time + (clientOf(facts, event.actor)?.breakerOpenMicros ?? Infinity) + SLACK_MICROS);
      else if (event.a === Guard.breakerHalfOpen && deadlines.delete(event.actor)) tally.exercised++;
    }

    return {
      on: {
        [EventKind.sendAttempt]: retried,
        [EventKind.sendOk]: succeeded,
        [EventKind.clientGuard]: guarded,
        [EventKind.nodeStart]: (event) => {
          tokens.delete(event.actor);
          paid.delete(event.actor);
          deadlines.delete(event.actor);
        },
        [EventKind.faultBegin]: (event) => {
          if (DISTURBING.has(facts.names.text(event.b))) struck.add(facts.names.text(event.actor));
        },
      },
      finish: () => {
        for (const [client, deadline] of deadlines) {
          if (facts.nowMicros <= deadline || struck.has(facts.names.text(client))) continue;
          tally.exercised++;
          if (tally.breach(null)) tally.tell({ atMicros: deadline, message: 0, queue: 0, client, what: 'stays-open' });
        }
      },
    };
  },
  word({ atMicros, message, client, what }, { at, name }) {
    return what === 'over-budget'
      ? `${name(client)} sent message ${message} again at ${at(atMicros)}, when its retry budget was used up`
      : `the circuit breaker of ${name(client)} should have let trials through by ${at(atMicros)}, and never did`;
  },
});

const clientOf = (facts: Facts, client: NameId): ClientContract | undefined => facts.contract.clients.find(({ name }) => name === facts.names.text(client));
