import type { Event } from './states.js';

/**
 * Which of the messages of a queue a receive takes, and in which order: a part that a kind of queue chooses. It hears of every
 * message that is ready or leased; delayed ones come to it when their delay is over.
 *
 * | event ╲ the message is | not here | ready | leased |
 * | --------------- | ------ | -------- | ------ |
 * | `arrive`        | ready  | –        | –      |
 * | `arriveLeased`  | leased | –        | –      |
 * | `take`          | –      | leased   | –      |
 * | `giveBack`      | –      | –        | ready  |
 * | `remove`        | –      | not here | not here |
 *
 * `take` is called before the message's links are used for its lease, `giveBack` after they are free again.
 */
export interface DeliveryOrder {
  /** The message that a receive takes first, or `NONE` when it would get nothing. */
  readonly first: number;
  /** What the same receive takes after that one, or `NONE`. To be asked before `slot` is taken. */
  following(slot: number): number;
  /** What the same receive looks at next when it leaves `slot` where it is; without this, as `following` says. */
  passing?(slot: number): number;
  arrive(slot: number): void;
  arriveLeased(slot: number): void;
  take(slot: number): void;
  /** Because of `event`: it was released, or its lease expired. */
  giveBack(slot: number, event: Event): void;
  /** What is first leaves without being taken, and that counts as a turn. Left out: there are no turns. */
  pass?(slot: number): void;
  /** It leaves the queue. */
  remove(slot: number, wasReady: boolean): void;
  /** Where there are several lines: calls back for the first message of each. */
  forEachHead?(visit: (slot: number) => void): void;
  /** Calls back for every ready message; those that can be taken come first, in their order. The callback must not change the queue. */
  forEachReady(visit: (slot: number) => void): void;
}
