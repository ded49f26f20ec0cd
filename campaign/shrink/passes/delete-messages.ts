import type { Scenario } from '../../../scenarios/index.js';
import { ddmin } from '../ddmin.js';
import type { Lead } from '../lead.js';
import { withSends } from '../parts.js';
import { type Attempt, attemptAimed, type Pass, tryFirst } from '../pass.js';

/** A listed send, by its producer and its place. */
type SendKey = string;

const keyOf = (producer: string, index: number): SendKey => `${producer} ${index}`;

function only(scenario: Scenario, keys: Iterable<SendKey>): Scenario {
  const wanted = new Set(keys);
  return withSends(scenario, (_send, producer, index) => wanted.has(keyOf(producer, index)));
}

/** Messages around the one that the failure is about, which are tried alone before all others are tried one by one. */
const NEIGHBOURS = [0, 1, 3, 10, 40];

/**
 * Failed attempts after which a first look at the messages ends. Which of them matter hangs on when each is sent and on how long everything
 * takes; with fewer faults, machines and random times there are fewer of those.
 */
const PATIENCE = 24;

/** What makes so large a part of the messages superfluous is worth a look for where its fault has to strike then. */
const LARGE_SHARE = 1 / 8;

const deleting = (patience: number): Pass['run'] => async (scenario, attempt, lead) => {
  let base = await aroundTheMessage(scenario, attempt, lead);
  const keys = keysOf(base);
  let left = keys.length;
  const keeps = async (fewer: readonly SendKey[]): Promise<boolean> => {
    const candidate = only(base, fewer);
    const isLarge = left - fewer.length >= LARGE_SHARE * left && fewer.length > 0;
    const move = isLarge ? await attemptAimed(candidate, attempt, lead) : await attempt(candidate) ? unmoved : null;
    if (move === null) return false;
    base = move(base);
    left = fewer.length;
    return true;
  };
  const kept = await ddmin(keys, keeps, patience);
  return only(base, kept);
};

const unmoved = (scenario: Scenario): Scenario => scenario;

/** As far as it is easy. */
export const thinOutMessages: Pass = { name: 'thin out messages', run: deleting(PATIENCE) };

/** One message after the other; of very many it is hardly ever one alone that is superfluous. */
export const deleteMessages: Pass = { name: 'delete messages', run: deleting(60) };

/** In the order in which they are sent, as far as the scenario says. */
function keysOf({ producers }: Scenario): SendKey[] {
  const sends = producers.flatMap(({ name, sends: listed }) => (listed ?? []).map(({ atMicros }, index) => ({ key: keyOf(name, index), atMicros })));
  return sends.sort((one, other) => one.atMicros - other.atMicros).map(({ key }) => key);
}

async function aroundTheMessage(scenario: Scenario, attempt: Attempt, { message }: Lead): Promise<Scenario> {
  const keys = keysOf(scenario);
  if (message === 0 || keys.length <= 2) return scenario;
  const place = Math.min(message, keys.length) - 1;
  const windows = NEIGHBOURS.flatMap((many) => [keys.slice(Math.max(0, place - many), place + 1), keys.slice(Math.max(0, place - many), place + 1 + many)]);
  return tryFirst(scenario, windows.filter((window) => window.length < keys.length).map((window) => only(scenario, window)), attempt);
}
