import { type MessageEvent, type MessageState, TRANSITIONS } from '../../engine/index.js';
import { CopyState, EventKind, MoveReason } from '../../history/index.js';
import { CopyColumn } from './copy-track.js';
import type { PointGroup, Probe, ProbeContext } from './point-group.js';

const STATES = Object.keys(TRANSITIONS) as MessageState[];
const EVENTS = Object.keys(TRANSITIONS.ready) as MessageEvent[];

/** What can be the last thing that happened to a copy: the events of the table, and how it came to be here. */
const LASTS = ['accept', 'restore', ...EVENTS] as const;
type Last = (typeof LASTS)[number];

const afterState = (state: MessageState, event: MessageEvent): MessageState | null => {
  const next = TRANSITIONS[state][event];
  return next === 'refused' ? null : next;
};

/** The states in which this can leave a copy. A moved copy goes on, ready, in its new queue. */
function statesAfter(last: Last): MessageState[] {
  if (last === 'accept') return ['ready', 'delayed'];
  if (last === 'restore') return ['ready', 'delayed', 'leased'];
  if (last === 'move') return ['ready'];
  return STATES.flatMap((state) => afterState(state, last) ?? []);
}

/** What a copy that was never received cannot meet: it has no handle, and no receive was one too many. */
const NEEDS_A_RECEIVE: ReadonlySet<MessageEvent> = new Set(['extend', 'release', 'settle', 'move']);
const IS_FRESH: ReadonlySet<Last> = new Set(['accept', 'mature']);
/** Handles of the old queue do nothing in the new one, whose consumers receive the copy first. */
const isPossible = (last: Last, event: MessageEvent): boolean => {
  if (NEEDS_A_RECEIVE.has(event) && (IS_FRESH.has(last) || last === 'move')) return false;
  // A release is of a lease: to give back what is ready is none.
  if (event === 'release' || event === 'expire') return last === 'lease' || last === 'extend' || last === 'restore';
  return statesAfter(last).some((state) => state !== 'settled' && afterState(state, event) !== null);
};

const ROWS = STATES.flatMap((state) => EVENTS.filter((event) => afterState(state, event) !== null).map((event) => `${state} × ${event}`));
const SEQUELS = LASTS.flatMap((last) =>
  EVENTS.filter((event) => isPossible(last, event)).map((event) => `${last} → ${event}`),
);
const POINTS = [...ROWS, ...SEQUELS];
const NUMBERS: ReadonlyMap<string, number> = new Map(POINTS.map((point, number) => [point, number]));

/** Numbers of the points by state or last event and event, for looking up without text; -1 for none. */
const table = (heads: readonly string[], sign: string): Int16Array =>
  Int16Array.from(heads.flatMap((head) => EVENTS.map((event) => NUMBERS.get(`${head} ${sign} ${event}`) ?? -1)));
const ROW_OF = table(STATES, '×');
const SEQUEL_OF = table(LASTS, '→');

const StateNumber = Object.fromEntries(STATES.map((state, number) => [state, number])) as Record<MessageState, number>;
const EventNumber = Object.fromEntries(EVENTS.map((event, number) => [event, number])) as Record<MessageEvent, number>;
const LastNumber = Object.fromEntries(LASTS.map((last, number) => [last, number])) as Record<Last, number>;
const OF_COPY_STATE: Readonly<Record<number, MessageState>> = {
  [CopyState.ready]: 'ready', [CopyState.delayed]: 'delayed', [CopyState.leased]: 'leased',
};

/** The message state machine (engine/queue/states.ts): each of its rows, and each pair of events that can follow one another. */
export const LIFE: PointGroup = {
  id: 'life',
  title: 'the life of a message: state × event, and event → next event',
  points: POINTS,
  canReach: (point, { hasDeadLetters, setsAside }) => (hasDeadLetters || !/\bmove\b/.test(POINTS[point]!)) && (setsAside || !/\bsetAside\b/.test(POINTS[point]!)),
  begin: (context) => new Lives(context).probe,
};

/** Follows every copy through the table. State and last event are kept one higher, so that 0 is a copy that was never seen. */
class Lives {
  readonly #hit: (point: number) => void;
  readonly #states = new CopyColumn();
  readonly #lasts = new CopyColumn();
  /** Copies whose acknowledgement was answered. */
  readonly #acked = new CopyColumn();

  constructor({ hit }: ProbeContext) {
    this.#hit = hit;
  }

  get probe(): Probe {
    return {
      on: {
        [EventKind.accept]: ({ copy, a }, row) => this.#become(copy[row]!, a[row]! > 0 ? 'delayed' : 'ready', 'accept'),
        [EventKind.restore]: ({ copy, b }, row) => this.#become(copy[row]!, OF_COPY_STATE[b[row]!] ?? 'ready', 'restore'),
        [EventKind.leaseGrant]: ({ copy }, row) => this.#grant(copy[row]!),
        [EventKind.leaseExtend]: ({ copy }, row) => this.#step(copy[row]!, 'extend'),
        [EventKind.leaseRelease]: ({ copy }, row) => this.#step(copy[row]!, 'release'),
        [EventKind.leaseExpire]: ({ copy }, row) => this.#step(copy[row]!, 'expire'),
        [EventKind.settle]: ({ copy }, row) => this.#step(copy[row]!, 'settle'),
        [EventKind.drop]: ({ copy }, row) => this.#step(copy[row]!, 'drop'),
        [EventKind.setAside]: ({ copy }, row) => this.#step(copy[row]!, 'setAside'),
        [EventKind.move]: ({ copy, b }, row) => this.#move(copy[row]!, b[row]!),
        [EventKind.ackOk]: ({ copy }, row) => this.#acknowledged(copy[row]!),
        [EventKind.nackOk]: ({ copy, b }, row) => this.#givenBack(copy[row]!, b[row]!),
      },
    };
  }

  #become(copy: number, state: MessageState, last: Last): void {
    this.#states.set(copy, StateNumber[state] + 1);
    this.#lasts.set(copy, LastNumber[last] + 1);
  }

  /** The end of a delay is no event of the history: a delayed copy that is received has matured before. */
  #grant(copy: number): void {
    if (this.#states.get(copy) === StateNumber.delayed + 1) this.#step(copy, 'mature');
    this.#step(copy, 'lease');
  }

  #move(copy: number, reason: number): void {
    this.#step(copy, 'move');
    if (reason === MoveReason.limit) this.#states.set(copy, StateNumber.ready + 1);
  }

  #step(copy: number, event: MessageEvent): void {
    const state = this.#states.get(copy) - 1;
    const last = this.#lasts.get(copy) - 1;
    if (state < 0 || last < 0) return;
    const number = EventNumber[event];
    this.#mark(ROW_OF[state * EVENTS.length + number]!);
    this.#mark(SEQUEL_OF[last * EVENTS.length + number]!);
    const next = afterState(STATES[state]!, event);
    if (next !== null) this.#states.set(copy, StateNumber[next] + 1);
    this.#lasts.set(copy, LastNumber[event] + 1);
  }

  /** To acknowledge what is settled, or to give back what is ready, changes nothing and is told by the client alone. */
  #acknowledged(copy: number): void {
    const isSettled = this.#states.get(copy) === StateNumber.settled + 1;
    if (isSettled && this.#acked.get(copy) === 1) this.#mark(ROW_OF[StateNumber.settled * EVENTS.length + EventNumber.settle]!);
    if (isSettled) this.#acked.set(copy, 1);
  }

  #givenBack(copy: number, delayMicros: number): void {
    const isExpired = this.#states.get(copy) === StateNumber.ready + 1 && this.#lasts.get(copy) === LastNumber.expire + 1;
    if (isExpired && delayMicros === 0) this.#mark(ROW_OF[StateNumber.ready * EVENTS.length + EventNumber.release]!);
  }

  #mark(point: number): void {
    if (point >= 0) this.#hit(point);
  }
}
