import type { Mutations } from '../mutants/index.js';
import { NONE } from './links.js';
import type { MessageStore } from './message-store.js';
import type { QueueState } from './queue-state.js';
import { State } from './states.js';

/** Which of a queue's ready messages is the next to be taken; `NONE` when there is none. */
export function nextReady(state: QueueState, store: MessageStore, mutations: Mutations): number {
  const { order } = state;
  const { first } = order;
  if (mutations.lowerPriorityFirst && first !== NONE) return lowerThan(first, state, store);
  if (mutations.upperPrioritiesAlike && first !== NONE) return oldestOfUpper(first, state, store);
  if (mutations.normalLaneStarves && first !== NONE) return firstOfLines(state);
  if (mutations.returnsByAge && first !== NONE) return oldestReturned(first, state, store);
  if (!mutations.secondTakenFirst || first === NONE) return first;
  const second = order.following(first);
  const areNew = second !== NONE && store.count[first] === 0 && store.count[second] === 0;
  return areNew ? second : first;
}

/** Mutant `lower-priority-first`: the next one that nobody has had and that has a lower priority, if there is one. */
function lowerThan(first: number, { order }: QueueState, store: MessageStore): number {
  const priorityOf = (slot: number): number => store.envelope[slot]?.priority ?? 0;
  let slot = first;
  while (slot !== NONE && (priorityOf(slot) >= priorityOf(first) || store.count[slot] !== 0)) slot = order.following(slot);
  return slot === NONE || store.count[first] !== 0 ? first : slot;
}

const UPPER = 2;

/** Mutant `upper-priorities-alike`: of those of priority 2 and above the one that came first. */
function oldestOfUpper(first: number, { order }: QueueState, store: MessageStore): number {
  const isUpper = (slot: number): boolean => (store.envelope[slot]?.priority ?? 0) >= UPPER;
  let oldest = first;
  for (let slot = first; slot !== NONE && isUpper(slot); slot = order.following(slot)) {
    if ((store.messageId[slot] as number) < (store.messageId[oldest] as number)) oldest = slot;
  }
  return oldest;
}

/** Mutant `normal-lane-starves`: the first of the first line that has any. */
function firstOfLines({ order }: QueueState): number {
  let first = NONE;
  order.forEachReady((slot) => {
    if (first === NONE) first = slot;
  });
  return first;
}

/** Mutant `returns-by-age`: of those at the head that came back the one that came to the queue first. */
function oldestReturned(first: number, { order }: QueueState, store: MessageStore): number {
  let oldest = first;
  for (let slot = first; slot !== NONE && store.count[slot] !== 0; slot = order.following(slot)) {
    if ((store.messageId[slot] as number) < (store.messageId[oldest] as number)) oldest = slot;
  }
  return oldest;
}

/** Mutant `group-opens-at-first-delete`: the first ready message behind those in flight behind this one in its group. */
export function nextReadyInGroup(store: MessageStore, slot: number): number {
  if (store.extras.groupOf(slot) === null) return NONE;
  const second = store.extras.next[slot] as number;
  let next = second;
  while (next !== NONE && store.state[next] !== State.ready) next = store.extras.next[next] as number;
  return next === second ? NONE : next;
}
