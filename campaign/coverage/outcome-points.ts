import { DropReason, EventKind, HandleResult, HandleState, MoveReason, OutcomeReason } from '../../history/index.js';
import type { PointGroup, Sight } from './point-group.js';

const POINTS: string[] = [];

/** Adds a point to the list and answers its number. */
function point(name: string): number {
  POINTS.push(name);
  return POINTS.length - 1;
}

/** `connectionLost` → `connection lost`. */
const inWords = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A point for each word of a code; answers their numbers by code. */
function pointsOf(prefix: string, codes: Readonly<Record<string, number>>, words: readonly string[] = Object.keys(codes)): ReadonlyMap<number, number> {
  return new Map(words.map((word) => [codes[word]!, point(`${prefix} ${inWords(word)}`)]));
}

/** 1, 2, 3, 4 to 7, 8 and more. */
const BUCKETS = ['1', '2', '3', '4 to 7', '8 or more'];
const bucketOf = (count: number): number => (count < 4 ? Math.max(count, 1) - 1 : count < 8 ? 3 : 4);
const bucketsOf = (name: (bucket: string) => string): readonly number[] => BUCKETS.map((bucket) => point(name(bucket)));

const SENT = bucketsOf((bucket) => `send succeeds at attempt ${bucket}`);
const DELIVERED = bucketsOf((bucket) => `delivery number ${bucket}`);
const MOVED = bucketsOf((bucket) => `dead-lettered after ${bucket} deliveries`);

/** What a client can learn of an operation that did not succeed. A rejected one is known to have failed; otherwise it depends on what left the client. */
const FAILURES = ['timeout', 'connectionLost', 'rejected'];
const UNKNOWNS = ['timeout', 'connectionLost'];
const failed = (operation: string): ReadonlyMap<number, number> => pointsOf(`${operation} fails:`, OutcomeReason, FAILURES);
const unknown = (operation: string): ReadonlyMap<number, number> => pointsOf(`${operation} has an unknown outcome:`, OutcomeReason, UNKNOWNS);

const OK = { ack: point('acknowledgement succeeds'), extend: point('extension succeeds'), nack: point('negative acknowledgement succeeds') };
const FAIL = { send: failed('send'), ack: failed('acknowledgement'), extend: failed('extension'), nack: failed('negative acknowledgement') };
const INFO = { send: unknown('send'), ack: unknown('acknowledgement'), extend: unknown('extension'), nack: unknown('negative acknowledgement') };
const HANDLED = pointsOf('handling ends:', HandleResult);
const SETTLED = pointsOf('settled by a handle that is', HandleState);
const DROPPED = pointsOf('dropped by', DropReason, ['retention']);
const EFFECT = [point('effect suppressed'), point('effect applied')];
const POLL = [point('poll ends empty'), point('poll ends with messages')];

/** How operations end, as their clients see it, and how messages fare. */
export const OUTCOME: PointGroup = {
  id: 'outcome',
  title: 'outcomes of operations, handlings and deliveries',
  points: POINTS,
  canReach: (number, { hasDeadLetters }) => hasDeadLetters || !MOVED.includes(number),
  begin: ({ hit }) => {
    const byA = (points: ReadonlyMap<number, number>): Sight => ({ a }, row) => hitKnown(hit, points.get(a[row]!));
    const byB = (points: ReadonlyMap<number, number>): Sight => ({ b }, row) => hitKnown(hit, points.get(b[row]!));
    return {
      on: {
        [EventKind.sendOk]: ({ a }, row) => hit(SENT[bucketOf(a[row]!)]!),
        [EventKind.sendFail]: byA(FAIL.send),
        [EventKind.sendInfo]: byA(INFO.send),
        [EventKind.ackOk]: () => hit(OK.ack),
        [EventKind.ackFail]: byB(FAIL.ack),
        [EventKind.ackInfo]: byB(INFO.ack),
        [EventKind.extendOk]: () => hit(OK.extend),
        [EventKind.extendFail]: byB(FAIL.extend),
        [EventKind.extendInfo]: byB(INFO.extend),
        [EventKind.nackOk]: () => hit(OK.nack),
        [EventKind.nackFail]: byB(FAIL.nack),
        [EventKind.nackInfo]: byB(INFO.nack),
        [EventKind.deliver]: ({ b }, row) => hit(DELIVERED[bucketOf(b[row]!)]!),
        [EventKind.handleEnd]: byB(HANDLED),
        [EventKind.effect]: ({ b }, row) => hit(EFFECT[b[row]! === 0 ? 0 : 1]!),
        [EventKind.pollEnd]: ({ a }, row) => hit(POLL[a[row]! === 0 ? 0 : 1]!),
        [EventKind.settle]: byB(SETTLED),
        [EventKind.drop]: byA(DROPPED),
        [EventKind.move]: ({ a, b }, row) => {
          if (b[row]! === MoveReason.limit) hit(MOVED[bucketOf(a[row]!)]!);
        },
      },
    };
  },
};

function hitKnown(hit: (point: number) => void, number: number | undefined): void {
  if (number !== undefined) hit(number);
}
