import { CopyState } from '../../history/index.js';

/**
 * Where a message stands in its queue, and what can happen to it.
 *
 * | state ╲ event | mature | lease  | extend  | release | expire | settle  | move    | drop    | set aside |
 * | ------------- | ------ | ------ | ------- | ------- | ------ | ------- | ------- | ------- | --------- |
 * | delayed       | ready  | –      | –       | –       | –      | –       | –       | settled | –         |
 * | ready         | –      | leased | leased¹ | ready²  | –      | settled¹| settled | settled | delayed   |
 * | leased        | –      | –      | leased  | ready   | ready  | settled | –       | settled | –         |
 * | settled       | –      | –      | –       | –       | –      | settled³| –       | –       | –         |
 *
 * ¹ By a handle whose lease has ended, of a message that was not received since (SQS standard queues take it).
 * ² The message is ready already: nothing changes. ³ Acknowledging again is answered with success.
 * A move is made at a receive attempt, so of a ready message; `settled` means that the message is in this queue no more.
 */
export const TRANSITIONS: Readonly<Record<MessageState, Readonly<Record<MessageEvent, MessageState | 'refused'>>>> = {
  delayed: {
    mature: 'ready', lease: 'refused', extend: 'refused', release: 'refused',
    expire: 'refused', settle: 'refused', move: 'refused', drop: 'settled', setAside: 'refused',
  },
  ready: {
    mature: 'refused', lease: 'leased', extend: 'leased', release: 'ready',
    expire: 'refused', settle: 'settled', move: 'settled', drop: 'settled', setAside: 'delayed',
  },
  leased: {
    mature: 'refused', lease: 'refused', extend: 'leased', release: 'ready',
    expire: 'ready', settle: 'settled', move: 'refused', drop: 'settled', setAside: 'refused',
  },
  settled: {
    mature: 'refused', lease: 'refused', extend: 'refused', release: 'refused',
    expire: 'refused', settle: 'settled', move: 'refused', drop: 'refused', setAside: 'refused',
  },
};

export type MessageState = 'delayed' | 'ready' | 'leased' | 'settled';

/**
 * `mature`: the delay is over. `lease`: a receive takes it. `extend`: change visibility to a time above 0. `release`: change
 * visibility to 0. `expire`: the lease ran out. `settle`: acknowledged. `move`: to the dead-letter queue, or a redrive. `drop`: retention, purge. `setAside`: it
 * waits for a while, or until it is dead-lettered.
 */
export type MessageEvent = 'mature' | 'lease' | 'extend' | 'release' | 'expire' | 'settle' | 'move' | 'drop' | 'setAside';

/** The states as the slot columns hold them; the first three are {@link CopyState}. */
export const State = { ...CopyState, settled: 3 } as const;
export type State = (typeof State)[keyof typeof State];

/** The events as row numbers of {@link TRANSITIONS}. */
export const Event = { mature: 0, lease: 1, extend: 2, release: 3, expire: 4, settle: 5, move: 6, drop: 7, setAside: 8 } as const;
export type Event = (typeof Event)[keyof typeof Event];

/** No transition: the event cannot happen in this state. */
export const REFUSED = 255;

/** The state that follows, or {@link REFUSED}. */
export function nextState(state: number, event: Event): number {
  return TABLE[state * EVENT_COUNT + event] as number;
}

const EVENT_COUNT = 9;
const TABLE = compile();

function compile(): Uint8Array {
  const table = new Uint8Array(4 * EVENT_COUNT).fill(REFUSED);
  for (const [state, row] of Object.entries(TRANSITIONS) as [MessageState, Record<MessageEvent, MessageState | 'refused'>][]) {
    for (const [event, next] of Object.entries(row) as [MessageEvent, MessageState | 'refused'][]) {
      if (next !== 'refused') table[State[state] * EVENT_COUNT + Event[event]] = State[next];
    }
  }
  return table;
}
