/**
 * The records of a queue's journal. Little-endian, no padding; ids, traces and times are float64 (integers below 2^53).
 *
 * | kind | layout after the kind's byte | meaning |
 * | --- | --- | --- |
 * | `enqueue` | queue u32, id, trace, sentWall, delayMicros, body to the end | a message was accepted |
 * | `lease` | serial u32, count u32, id, timeoutMicros | delivered once more |
 * | `extend` | id, timeoutMicros | the lease ends that long after the record |
 * | `ready` | cause u8, id | delay over, lease expired or given back |
 * | `settle` | id | acknowledged |
 * | `drop` | id | left without acknowledgement |
 * | `move` | target u32, id | dead-lettered |
 * | `redrive` | task u32, target u32, id, new id, sentWall, delayMicros | moved by a task, as a new message |
 * | `purge` | queue u32 | every message of the queue dropped |
 * | `queue` | queue u32, JSON of name and settings | created or configured |
 * | `taskStart` | task u32, JSON | a message move task runs |
 * | `taskEnd` | task u32 | and has ended |
 * | `enqueueWith` | queue u32, id, trace, sentWall, delayMicros, properties (below), body to the end | a message with properties was accepted |
 * | `moveTo` | target u32, id, sequence, sentWall | dead-lettered, with a new place and age in its queue |
 * | `queueDelete` | queue u32, wall time | every message of the queue dropped, and the queue is gone |
 * | `publish` | queue u32, id, trace, sentWall, length of the envelope u32, envelope (JSON), body to the end | a routed message was accepted |
 * | `excused` | id | it came back, and the delivery limit does not count it |
 * | `setAside` | dead for which reason u8 (0: not dead), id, delayMicros | it waits to be dead-lettered, or to be ready again |
 * | `timeToLive` | queue u32, micros f64 (Infinity: none) | the time to live of what comes from now on |
 * | `note` | is there u32, JSON of its name and text | something that the node wants to know after a restart |
 *
 * Properties: length of the group u16, of the deduplication id u16, of the attributes u32; then group, deduplication id and attributes (JSON)
 * in UTF-8. A length of 0: there is none.
 *
 * Durations, never deadlines: see `lease.ts`.
 */
export const JournalKind = {
  enqueue: 1,
  lease: 2,
  extend: 3,
  ready: 4,
  settle: 5,
  drop: 6,
  move: 7,
  redrive: 8,
  purge: 9,
  queue: 10,
  taskStart: 11,
  taskEnd: 12,
  enqueueWith: 13,
  moveTo: 14,
  queueDelete: 15,
  publish: 16,
  excused: 17,
  note: 18,
  setAside: 19,
  timeToLive: 20,
} as const;
export type JournalKind = (typeof JournalKind)[keyof typeof JournalKind];

/** Size of a record, or of what is before its body or text. */
export const RECORD_BYTES = {
  enqueue: 37,
  lease: 25,
  extend: 17,
  ready: 10,
  message: 9,
  move: 13,
  redrive: 41,
  purge: 5,
  text: 5,
  moveTo: 29,
  queueDelete: 13,
  publish: 33,
  setAside: 18,
  timeToLive: 13,
} as const;
