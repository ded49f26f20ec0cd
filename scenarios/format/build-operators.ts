import type { OperatorSettings, PlannedAction } from '../../sim/index.js';
import { buildPolicy, unbuildPolicy } from './policy-build.js';
import type { ParsedOperator, ParsedScenario } from './schema/scenario-schema.js';

type ParsedAction = ParsedOperator['actions'][number];
type Attribute = Exclude<keyof Extract<ParsedAction, { readonly do: 'configure' }>, 'do' | 'queue' | 'at' | 'afterAlert'>;

const MICROS_PER_SECOND = 1_000_000;

/** Settings that an operator may change, by their names at the API. */
const ATTRIBUTES: Readonly<Record<Attribute, string>> = {
  visibilityTimeout: 'VisibilityTimeout', delay: 'DelaySeconds', retention: 'MessageRetentionPeriod', receiveWait: 'ReceiveMessageWaitTimeSeconds',
};
export const CONFIGURABLE = Object.keys(ATTRIBUTES) as readonly Attribute[];

/** Left out of a scenario that has none. */
export function buildOperators({ operators }: ParsedScenario): { readonly operators?: readonly OperatorSettings[] } {
  const built = Object.entries(operators).map(([name, { watch, actions, retry }]) => ({
    name,
    watch: watch === undefined ? null : { queue: watch.queue, atLeast: watch.atLeast, everyMicros: watch.every },
    actions: actions.map(buildAction),
    retry: {
      timeoutMicros: retry.timeout, attempts: retry.attempts, backoffBaseMicros: retry.backoffBase, backoffCapMicros: retry.backoffCap, jitter: retry.jitter,
    },
  }));
  return built.length === 0 ? {} : { operators: built };
}

/** The references are checked: it has one of the two times. */
function buildAction(parsed: ParsedAction): PlannedAction {
  const { at, afterAlert } = parsed;
  const time = at === undefined ? { kind: 'afterAlert', micros: afterAlert ?? 0 } as const : { kind: 'at', micros: at } as const;
  if (parsed.do === 'set-policy') return { time, action: { kind: 'setPolicy', queue: parsed.policy, policy: buildPolicy(parsed.policy, parsed) } };
  if (parsed.do === 'clear-policy') return { time, action: { kind: 'clearPolicy', queue: parsed.policy, isOperator: parsed.operator } };
  const { queue } = parsed;
  if (parsed.do === 'purge') return { time, action: { kind: 'purge', queue } };
  if (parsed.do === 'cancel-redrive') return { time, action: { kind: 'cancelRedrive', queue } };
  if (parsed.do === 'redrive') return { time, action: { kind: 'redrive', queue, to: parsed.to ?? null, ratePerSecond: parsed.rate } };
  const said = CONFIGURABLE.flatMap((key) => (parsed[key] === undefined ? [] : [[ATTRIBUTES[key], String(parsed[key] / MICROS_PER_SECOND)] as const]));
  return { time, action: { kind: 'configure', queue, attributes: Object.fromEntries(said) } };
}

export function unbuildOperators(operators: readonly OperatorSettings[]): ParsedScenario['operators'] {
  return Object.fromEntries(operators.map(({ name, watch, actions, retry }) => [name, {
    ...(watch === null ? {} : { watch: { queue: watch.queue, atLeast: watch.atLeast, every: watch.everyMicros } }),
    actions: actions.map(unbuildAction),
    retry: {
      timeout: retry.timeoutMicros, attempts: retry.attempts, backoffBase: retry.backoffBaseMicros, backoffCap: retry.backoffCapMicros, jitter: retry.jitter,
    },
  }]));
}

function unbuildAction({ time, action }: PlannedAction): ParsedAction {
  const { queue } = action;
  const when = { [time.kind]: time.micros };
  if (action.kind === 'setPolicy') return { do: 'set-policy', policy: queue, ...unbuildPolicy(action.policy), ...when };
  if (action.kind === 'clearPolicy') return { do: 'clear-policy', policy: queue, operator: action.isOperator, ...when };
  if (action.kind === 'purge') return { do: 'purge', queue, ...when };
  if (action.kind === 'cancelRedrive') return { do: 'cancel-redrive', queue, ...when };
  if (action.kind === 'redrive') return { do: 'redrive', queue, ...(action.to === null ? {} : { to: action.to }), rate: action.ratePerSecond ?? 500, ...when };
  const said = CONFIGURABLE.flatMap((key) => {
    const value = action.attributes[ATTRIBUTES[key]];
    return value === undefined ? [] : [[key, Number(value) * MICROS_PER_SECOND] as const];
  });
  return { do: 'configure', queue, ...Object.fromEntries(said), ...when };
}
