import { describe, expect, it } from 'vitest';
import { aimedAt } from '../../../campaign/shrink/aim.js';
import { MessageTracks } from '../../../campaign/shrink/message-tracks.js';
import { EventKind, Recorder } from '../../../history/index.js';

/** What is noted of these events: kind, message, time. */
function tracksOf(...events: readonly (readonly [EventKind, number, number])[]): MessageTracks {
  const time = { now: 0 };
  const recorder = new Recorder({ time, keep: 'off' });
  const tracks = new MessageTracks();
  recorder.subscribe(tracks);
  for (const [kind, message, at] of events) {
    time.now = at;
    recorder.emit(kind, 0, 0, 0, message, message, 0, 0, 0);
  }
  recorder.flush();
  return tracks;
}

const { accept, leaseGrant, settle, fsync, faultBegin, deliver, move } = EventKind;

describe('a fault is aimed', () => {
  it('as long after the same step of the message as it was, whatever its number is now', () => {
    const before = tracksOf([accept, 7, 100], [leaseGrant, 7, 250], [faultBegin, 0, 253], [settle, 7, 900]);
    const now = tracksOf([accept, 2, 40], [leaseGrant, 2, 90], [settle, 2, 91]);
    expect(aimedAt({ atMicros: 253, message: 7, tracks: before }, now, 2)[0]).toBe(93);
  });

  it('after events of the kind that came last before it, the nearest first, when the message is gone or there is none', () => {
    const before = tracksOf([accept, 1, 10], [fsync, 0, 200], [faultBegin, 0, 205]);
    const now = tracksOf([fsync, 0, 100], [fsync, 0, 150], [accept, 1, 160], [fsync, 0, 230]);
    expect(aimedAt({ atMicros: 205, message: 0, tracks: before }, now, 0)).toEqual([235, 155, 105]);
  });

  it('nowhere when nothing came before it, or it is there already', () => {
    expect(aimedAt({ atMicros: 5, message: 1, tracks: tracksOf([accept, 1, 10]) }, tracksOf([accept, 1, 3]), 1)).toEqual([]);
    const same = tracksOf([accept, 1, 10]);
    expect(aimedAt({ atMicros: 12, message: 1, tracks: same }, same, 1)).toEqual([]);
  });
});

describe('the track of a message', () => {
  it('says what had become of it by a time', () => {
    const tracks = tracksOf([deliver, 1, 10], [deliver, 1, 30], [move, 1, 50], [deliver, 2, 60]);
    expect(tracks.kindOf(1, 29)).toEqual({ redelivered: false, deadLettered: false });
    expect(tracks.kindOf(1, 30)).toEqual({ redelivered: true, deadLettered: false });
    expect(tracks.kindOf(1, 50)).toEqual({ redelivered: true, deadLettered: true });
    expect(tracks.kindOf(2, 99)).toEqual({ redelivered: false, deadLettered: false });
  });
});
