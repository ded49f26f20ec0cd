import { describe, expect, it } from 'vitest';
import { MessageLife } from '../../bench/message-life.js';
import { CopyState, DropReason, EventKind, HandleResult, MoveReason, OutcomeReason, Recorder, StopCause } from '../../history/index.js';
import { COUNT_NAMES, GAUGE_NAMES, LATENCY_NAMES, Measures, RATE_NAMES, STAGE_NAMES } from '../../measures/index.js';
import { Stage } from './stage.js';

describe('latencies', () => {
  it('send: from the intended time; sendService: from the start; neither for a send that failed or is unknown', () => {
    const stage = new Stage().at(1000).send(1, 400).at(1600).sendOk(1);
    stage.send(2).emit(EventKind.sendFail, stage.producer, 2, 0, OutcomeReason.rejected, 1);
    stage.send(3).emit(EventKind.sendInfo, stage.producer, 3, 0, OutcomeReason.timeout, 1);
    expect(stage.latency('send')).toEqual({ count: 1, mean: 1200 });
    expect(stage.latency('sendService')).toEqual({ count: 1, mean: 600 });
  });

  it('queueWait: until the first lease, from when the delay is over, and again from a move', () => {
    const stage = new Stage().at(100).accept(1).at(350).grant(1);
    expect(stage.latency('queueWait')).toEqual({ count: 1, mean: 250 });
    stage.accept(2, 2, 1000).at(1400).grant(2);
    expect(stage.latency('queueWait')).toEqual({ count: 2, mean: (250 + 50) / 2 });
    stage.expire(1).at(2000).deadLetter(1).at(2900).grant(1, 2);
    expect(stage.latency('queueWait')).toEqual({ count: 3, mean: (250 + 50 + 900) / 3 });
  });

  it('redeliveryDelay: from the end of a lease to the next lease of the copy', () => {
    const stage = new Stage().at(100).accept(1).grant(1).at(500).expire(1).at(1200).grant(1, 2);
    expect(stage.latency('redeliveryDelay')).toEqual({ count: 1, mean: 700 });
    expect(stage.latency('queueWait').count).toBe(1);
    stage.emit(EventKind.leaseRelease, stage.broker, 1, 1).at(1300).grant(1, 3);
    expect(stage.latency('redeliveryDelay')).toEqual({ count: 2, mean: 400 });
  });

  it('delivery: until the message first reaches a consumer, even before its producer knows', () => {
    const stage = new Stage().at(100).send(1).accept(1).at(130).grant(1).at(300).deliver(1).at(400).sendOk(1);
    expect(stage.latency('delivery')).toEqual({ count: 1, mean: 200 });
    stage.at(900).deliver(1, 2);
    expect(stage.latency('delivery').count).toBe(1);
  });

  it('handling: each consumer by itself, without what was abandoned', () => {
    const stage = new Stage().at(0).accept(1).deliver(1).start(1).at(100).deliver(1, 2).start(1, 2);
    stage.emit(EventKind.handleStart, stage.other, 1, 1, 1_048_577, 1);
    stage.at(400).end(1, HandleResult.failed);
    expect(stage.latency('handling')).toEqual({ count: 1, mean: 400 });
    stage.at(1000).end(1, HandleResult.ok, 2);
    expect(stage.latency('handling')).toEqual({ count: 2, mean: (400 + 900) / 2 });
    stage.end(1, HandleResult.abandoned, 1, stage.other);
    expect(stage.latency('handling').count).toBe(2);
    expect(stage.measures.held.handlings).toBe(0);
  });

  it('endToEnd: from the intended send to the first handling that ends well', () => {
    const stage = new Stage().at(100).send(1, 50).accept(1).sendOk(1).grant(1).deliver(1).start(1).at(300).end(1, HandleResult.failed);
    expect(stage.latency('endToEnd').count).toBe(0);
    stage.expire(1).grant(1, 2).deliver(1, 2).start(1, 2).at(1050).end(1, HandleResult.ok, 2);
    expect(stage.latency('endToEnd')).toEqual({ count: 1, mean: 1000 });
    stage.grant(1, 3).deliver(1, 3).start(1, 3).at(2000).end(1, HandleResult.ok, 3);
    expect(stage.latency('endToEnd').count).toBe(1);
  });

  it('endToEnd: also of a consumer that acknowledges before it processes', () => {
    const stage = new Stage().at(100).send(1).accept(1).sendOk(1).grant(1).deliver(1).at(200).settle(1).start(1).at(600).end(1);
    expect(stage.latency('endToEnd')).toEqual({ count: 1, mean: 500 });
    expect(stage.measures.held.messages).toBe(0);
  });

  it('holds days in microseconds', () => {
    const days = 4 * 24 * 3600 * 1_000_000;
    const stage = new Stage().at(100).send(1).accept(1).sendOk(1).grant(1).deliver(1).start(1).at(100 + days).end(1);
    expect(stage.result().latencies['endToEnd']).toMatchObject({ count: 1, maxMicros: days, p50Micros: days });
  });
});

describe('counts', () => {
  it('of plain kinds are how often the kind was seen, and all are there from the start', () => {
    const empty = new Stage().result();
    expect(Object.keys(empty.counts)).toEqual(COUNT_NAMES);
    expect(Object.values(empty.counts).every((count) => count === 0)).toBe(true);
    const stage = new Stage();
    const kinds: readonly (readonly [EventKind, string])[] = [
      [EventKind.sendInvoke, 'sent'], [EventKind.sendOk, 'send-ok'], [EventKind.sendFail, 'send-failed'],
      [EventKind.sendInfo, 'send-unknown'], [EventKind.accept, 'accepted'], [EventKind.leaseGrant, 'leased'], [EventKind.deliver, 'delivered'],
      [EventKind.settle, 'acknowledged'], [EventKind.ackFail, 'ack-failed'], [EventKind.ackInfo, 'ack-unknown'], [EventKind.nackOk, 'negatively-acknowledged'],
      [EventKind.leaseExtend, 'lease-extended'], [EventKind.leaseExpire, 'lease-expired'], [EventKind.leaseRelease, 'lease-released'],
      [EventKind.drop, 'dropped'], [EventKind.pollEnd, 'polls'], [EventKind.emptyReceive, 'empty-receives'], [EventKind.faultBegin, 'faults'], [EventKind.recoverEnd, 'recoveries'], [EventKind.corruption, 'corruptions'],
    ];
    kinds.forEach(([kind], i) => {
      for (let n = 0; n <= i; n++) stage.emit(kind, stage.broker, 1000 * i + n + 1, 1000 * i + n + 1);
    });
    const { counts } = stage.result();
    kinds.forEach(([, name], i) => expect(counts[name], name).toBe(i + 1));
  });

  it('redelivered is the broker’s view, duplicates the consumers’', () => {
    const stage = new Stage().accept(1).grant(1).expire(1).grant(1, 2).deliver(1, 2);
    expect(stage.result().counts).toMatchObject({ leased: 2, redelivered: 1, delivered: 1, duplicates: 0 });
    stage.deliver(1, 1);
    expect(stage.result().counts).toMatchObject({ delivered: 2, duplicates: 1 });
  });

  it('a second copy of a message makes a duplicate, however late it comes', () => {
    const stage = new Stage().send(1).accept(1).sendOk(1).grant(1).deliver(1).start(1).effect(1).end(1).settle(1);
    for (let message = 2; message < 20_000; message++) stage.accept(message).settle(message);
    stage.accept(1, 30_000).grant(1, 1, 30_000).deliver(1).effect(1).effect(1, 0).settle(1, 30_000);
    expect(stage.result().counts).toMatchObject({ duplicates: 1, effects: 2, 'duplicate-effects': 1, 'suppressed-effects': 1 });
  });

  it('tell handlings, moves, stops and empty receives apart by what they say', () => {
    const stage = new Stage();
    for (const result of [HandleResult.ok, HandleResult.ok, HandleResult.failed, HandleResult.abandoned]) stage.end(1, result);
    stage.deadLetter(1).deadLetter(2).emit(EventKind.move, stage.broker, 1, 1, 1, MoveReason.redrive);
    for (const cause of [StopCause.kill, StopCause.kill, StopCause.powerLoss, StopCause.storage, StopCause.shutdown]) stage.stop(stage.broker, cause);
    for (const attempt of [1, 2, 3]) stage.emit(EventKind.sendAttempt, stage.producer, 1, 0, attempt);
    for (const messages of [0, 0, 3]) stage.emit(EventKind.pollEnd, stage.consumer, 0, 0, messages);
    for (const ready of [0, 5, 1]) stage.emit(EventKind.emptyReceive, stage.broker, 0, 0, ready);
    expect(stage.result().counts).toMatchObject({
      handled: 2, 'handle-failed': 1, 'handle-abandoned': 1, 'dead-lettered': 2, redriven: 1, crashes: 2, 'power-losses': 1, 'storage-stops': 1,
      polls: 3, 'empty-polls': 2, 'empty-receives': 3, 'falsely-empty': 2, 'send-retries': 2,
    });
  });

  it('tell drops apart by their reason, which add up, and failed sends by what refused them', () => {
    const stage = new Stage();
    const reasons = Object.values(DropReason);
    reasons.forEach((reason, index) => {
      for (let n = 0; n <= index; n++) stage.emit(EventKind.drop, stage.broker, 0, 0, reason);
    });
    const failures: readonly (readonly [OutcomeReason, number])[] = [[OutcomeReason.rejected, 1], [OutcomeReason.rejected, 2], [OutcomeReason.overloaded, 1], [OutcomeReason.overloaded, 0], [OutcomeReason.breakerOpen, 0]];
    for (const [reason, attempt] of failures) stage.emit(EventKind.sendFail, stage.producer, 1, 0, reason, attempt);
    stage.emit(EventKind.unroutable, stage.broker, 1, 0, 1).emit(EventKind.unroutable, stage.broker, 2, 0).emit(EventKind.returned, stage.producer, 1, 0, 312);
    const { counts } = stage.result();
    const drops = COUNT_NAMES.filter((name) => name.startsWith('dropped-')).map((name) => counts[name]!);
    expect(drops.toSorted((left, right) => left - right)).toEqual(reasons.map((_, index) => index + 1));
    expect(drops.reduce((sum, often) => sum + often, 0)).toBe(counts['dropped']);
    expect(counts).toMatchObject({
      'dropped-retention': 1, 'dropped-expired': 6, 'dropped-length': 7, 'dropped-delivery-limit': 8,
      'send-failed': 5, 'send-rejected': 2, 'send-throttled': 1, 'buffer-refused': 1, 'breaker-refused': 1, unroutable: 2, returned: 1,
    });
  });
});

describe('rates', () => {
  it('are taken over the active part of the run', () => {
    const stage = new Stage();
    for (let i = 0; i < 101; i++) stage.at(5_000_000 + i * 10_000).send(i + 1).accept(i + 1).sendOk(i + 1).grant(i + 1).deliver(i + 1);
    for (let i = 0; i < 101; i++) stage.at(7_000_000 + i * 10_000).settle(i + 1);
    stage.at(60_000_000).emit(EventKind.drainEnd, 0, 0, 0, 1);
    const { rates } = stage.result();
    expect(Object.keys(rates)).toEqual(RATE_NAMES);
    expect(rates['offered']).toBe(100);
    expect(rates['sendRate']).toBe(101);
    expect(rates['deliveryRate']).toBe(101);
    expect(rates['throughput']).toBeCloseTo(101 / 3, 9);
  });

  it('of nothing, or over no time, are 0', () => {
    expect(Object.values(new Stage().result().rates)).toEqual([0, 0, 0, 0]);
    expect(Object.values(new Stage().at(1000).send(1).accept(1).sendOk(1).grant(1).deliver(1).settle(1).result().rates)).toEqual([0, 0, 0, 0]);
  });

  it('start with the earliest intended send, in whatever order the sends come', () => {
    const stage = new Stage().at(4_000_000).send(1, 4_000_000).send(2, 3_000_000).send(3, 1_000_000);
    expect(stage.result().rates['offered']).toBeCloseTo(2 / 3, 12);
  });
});

describe('levels', () => {
  it('follow each copy through ready, leased and delayed', () => {
    const stage = new Stage();
    const levels = (): number[] => [stage.level('backlog'), stage.level('inFlight'), stage.level('delayed')];
    stage.accept(1).accept(2).accept(3, 3, 3_600_000_000);
    expect(levels()).toEqual([2, 0, 1]);
    stage.grant(1);
    expect(levels()).toEqual([1, 1, 1]);
    stage.expire(1);
    expect(levels()).toEqual([2, 0, 1]);
    stage.grant(1, 2).grant(2).settle(1);
    expect(levels()).toEqual([0, 1, 1]);
    stage.emit(EventKind.drop, stage.broker, 3, 3, DropReason.retention).settle(2);
    expect(levels()).toEqual([0, 0, 0]);
    expect(stage.result().gauges).toMatchObject({ backlog: { max: 2 }, inFlight: { max: 2 }, delayed: { max: 1 } });
    expect(Object.keys(stage.result().gauges)).toEqual(GAUGE_NAMES);
  });

  it('move on when a delay is over, at that very time and without an event', () => {
    const stage = new Stage().at(0).accept(1, 1, 3000).accept(2, 2, 1000).accept(3, 3, 1000).at(10_000).emit(EventKind.drainBegin, 0, 0, 0);
    const { gauges } = stage.result();
    expect(gauges['delayed']).toEqual({ mean: (3000 + 2 * 1000) / 10_000, max: 3 });
    expect(gauges['backlog']).toEqual({ mean: (7000 + 2 * 9000) / 10_000, max: 3 });
  });

  it('take no notice of a delay whose copy is gone or was leased', () => {
    const stage = new Stage().at(0).accept(1, 1, 1000).accept(2, 2, 1000).at(500).settle(1).grant(2).accept(3);
    stage.at(2000);
    expect([stage.level('backlog'), stage.level('inFlight'), stage.level('delayed')]).toEqual([1, 1, 0]);
  });

  it('are Little’s law: the mean in flight is the lease rate times the mean lease', () => {
    const stage = new Stage();
    for (let i = 1; i <= 1000; i++) stage.at(i * 1000).accept(i).grant(i).at(i * 1000 + 250).settle(i);
    expect(stage.result().gauges['inFlight']!.mean).toBeCloseTo((1000 * 250) / 1_000_250, 12);
  });

  it('move with a dead-lettered copy to its new queue', () => {
    const stage = new Stage().accept(1).accept(2).grant(1).deadLetter(1);
    expect(stage.level('backlog:jobs')).toBe(1);
    expect(stage.level('backlog:jobs-dlq')).toBe(1);
    expect(stage.level('inFlight')).toBe(0);
  });

  it('give a redriven copy up for the new one that takes its place, and the message its time', () => {
    const stage = new Stage().at(100).send(1).accept(1).sendOk(1).grant(1).deadLetter(1);
    stage.emit(EventKind.move, stage.broker, 1, 1, 1, MoveReason.redrive, 0, stage.jobs, stage.dead).accept(1, 2);
    expect(stage.level('backlog:jobs')).toBe(1);
    expect(stage.level('backlog:jobs-dlq')).toBe(0);
    stage.at(5_000_100).grant(1, 1, 2).deliver(1).start(1).end(1).settle(1, 2);
    expect(stage.latency('endToEnd')).toEqual({ count: 1, mean: 5_000_000 });
    expect(stage.measures.held).toEqual({ messages: 0, copies: 0, handlings: 0 });
  });

  it('take an extension by the handle of an ended lease for a lease', () => {
    const stage = new Stage().accept(1).grant(1).expire(1);
    stage.emit(EventKind.leaseExtend, stage.broker, 1, 1, 1_048_577, 0, 60_000_000);
    expect([stage.level('backlog'), stage.level('inFlight')]).toEqual([0, 1]);
    stage.expire(1);
    expect([stage.level('backlog'), stage.level('inFlight')]).toEqual([1, 0]);
  });

  it('stay what they are when the engine reports nonsense', () => {
    const stage = new Stage().accept(1).settle(99).expire(1).grant(98).grant(1).grant(1, 2).settle(1).settle(1);
    expect([stage.level('backlog'), stage.level('inFlight'), stage.level('delayed')]).toEqual([0, 0, 0]);
  });
});

describe('a recovery', () => {
  it('sets the levels to what the journal held, and forgets what it did not', () => {
    const stage = new Stage();
    for (let message = 1; message <= 6; message++) stage.send(message).accept(message).sendOk(message);
    stage.grant(1).grant(2).grant(3);
    stage.recoverBegin().restore(1, 1, CopyState.leased, 30_000_000).restore(2, 0, CopyState.ready).restore(4, 0, CopyState.ready);
    stage.restore(5, 0, CopyState.delayed, 3_600_000_000).recoverEnd();
    expect([stage.level('backlog'), stage.level('inFlight'), stage.level('delayed')]).toEqual([2, 1, 1]);
    expect(stage.measures.held).toMatchObject({ copies: 4, messages: 4 });
  });

  it('of one broker leaves the copies of another alone', () => {
    const stage = new Stage();
    const second = stage.recorder.name('broker-2');
    stage.accept(1).emit(EventKind.accept, second, 2, 1);
    stage.recoverBegin().recoverEnd();
    expect(stage.level('backlog')).toBe(1);
    expect(stage.measures.held.copies).toBe(1);
  });

  it('lets a copy that was ready all along go on waiting', () => {
    const stage = new Stage().at(100).accept(1).at(5000).recoverBegin().restore(1, 0, CopyState.ready).recoverEnd().at(6100).grant(1);
    expect(stage.latency('queueWait')).toEqual({ count: 1, mean: 6000 });
  });

  it('brings back what was acknowledged and lost', () => {
    const stage = new Stage().send(1).accept(1).sendOk(1).grant(1).deliver(1).start(1).end(1).settle(1);
    expect(stage.measures.held.copies).toBe(0);
    stage.recoverBegin().restore(1, 1, CopyState.ready).recoverEnd();
    expect(stage.level('backlog')).toBe(1);
    stage.grant(1, 2).deliver(1, 2).settle(1);
    expect(stage.result().counts['duplicates']).toBe(1);
    expect(stage.level('backlog')).toBe(0);
  });
});

describe('series', () => {
  it('have one value of each kind for each step', () => {
    const stage = new Stage().at(0).send(1).accept(1).sendOk(1).grant(1).at(2_000_000).deadLetter(1).emit(EventKind.drainEnd, 0, 0, 0, 1);
    stage.recorder.flush();
    const series = stage.measures.series();
    expect(series.stepMicros).toBe(10_000);
    expect(series.atMicros).toEqual(Array.from({ length: 201 }, (_, i) => i * 10_000));
    expect(Object.keys(series.values)).toEqual([
      'throughput', 'offered', 'sendRate', 'redeliveries', 'duplicates', 'deadLettered',
      'backlog', 'backlog:jobs', 'backlog:jobs-dlq', 'inFlight', 'inFlight:jobs', 'inFlight:jobs-dlq', 'delayed', 'delayed:jobs', 'delayed:jobs-dlq',
      'sendP50', 'sendP99', 'sendMax', 'sendServiceP50', 'sendServiceP99', 'sendServiceMax', 'endToEndP50', 'endToEndP99', 'endToEndMax',
      ...STAGE_NAMES.map((name) => `time:${name}`),
    ]);
    for (const [name, values] of Object.entries(series.values)) {
      expect(values.length, name).toBe(201);
      expect(values.every(Number.isFinite), name).toBe(true);
    }
  });

  it('put each thing into the step in which it happened, and an offered send into the one it was intended for', () => {
    const stage = new Stage().at(5_000).send(1).at(35_000).send(2, 12_000).accept(1).grant(1).deliver(1).settle(1).grant(2, 2).deliver(1).at(45_000).deadLetter(1).sendOk(2);
    stage.recorder.flush();
    const { values } = stage.measures.series();
    expect(values['offered']).toEqual([100, 100, 0, 0, 0]);
    expect(values['throughput']).toEqual([0, 0, 0, 100, 0]);
    expect(values['redeliveries']).toEqual([0, 0, 0, 100, 0]);
    expect(values['duplicates']).toEqual([0, 0, 0, 100, 0]);
    expect(values['sendRate']).toEqual([0, 0, 0, 0, 100]);
    expect(values['deadLettered']).toEqual([0, 0, 0, 0, 1]);
    expect(values['sendMax']).toEqual([0, 0, 0, 0, 33_000]);
  });

  it('show a delay ending in the step in which it ends, though nothing else happened then', () => {
    const stage = new Stage().at(0).accept(1, 1, 25_000).at(50_000).emit(EventKind.drainEnd, 0, 0, 0, 1);
    stage.recorder.flush();
    const { values } = stage.measures.series();
    expect(values['delayed']).toEqual([1, 1, 0.5, 0, 0, 0]);
    expect(values['backlog']).toEqual([0, 0, 0.5, 1, 1, 1]);
  });

  it('of days have hours for steps and lose nothing', () => {
    const stage = new Stage();
    const hour = 3_600_000_000;
    for (let i = 0; i < 72; i++) stage.at(i * hour).send(i + 1).accept(i + 1).sendOk(i + 1).at(i * hour + hour / 2).grant(i + 1).settle(i + 1);
    stage.recorder.flush();
    const series = stage.measures.series();
    expect(series.atMicros.length).toBeLessThanOrEqual(600);
    expect(series.atMicros.length).toBeGreaterThan(300);
    const total = (name: string): number => series.values[name]!.reduce((sum, rate) => sum + (rate * series.stepMicros) / 1_000_000, 0);
    expect(total('offered')).toBeCloseTo(72, 9);
    expect(total('throughput')).toBeCloseTo(72, 9);
    const end = 71.5 * hour;
    const area = series.values['backlog']!.reduce((sum, level, step) => sum + level * Math.min(series.stepMicros, end - series.atMicros[step]!), 0);
    expect(area).toBeCloseTo(72 * (hour / 2), 0);
  });
});

describe('Measures', () => {
  it('gives the same figures however the history is cut into chunks', () => {
    const play = (flushEvery: number): string => {
      const life = new MessageLife();
      const recorder = new Recorder({ time: life.time, keep: 'off' });
      const measures = new Measures({ names: recorder.names });
      recorder.subscribe(measures);
      for (let i = 0; i < 20; i++) {
        life.emit(recorder, 100, 10);
        if (i % flushEvery === 0) recorder.flush();
      }
      recorder.flush();
      return JSON.stringify([measures.result(), measures.series()]);
    };
    expect(play(1)).toBe(play(7));
  });

  it('holds what is in flight and nothing more', () => {
    const life = new MessageLife();
    const recorder = new Recorder({ time: life.time, keep: 'off' });
    const measures = new Measures({ names: recorder.names });
    recorder.subscribe(measures);
    life.emit(recorder, 50_000, 300);
    recorder.flush();
    expect(measures.held).toEqual({ messages: 0, copies: 0, handlings: 0 });
    const { counts, latencies, gauges } = measures.result();
    expect(counts).toMatchObject({ sent: 50_000, accepted: 50_000, acknowledged: 50_000, handled: 50_000, effects: 50_000, duplicates: 0 });
    for (const name of LATENCY_NAMES) if (name !== 'redeliveryDelay') expect(latencies[name]!.count, name).toBe(50_000);
    expect(gauges['backlog']!.max).toBe(301);
  });

  it('forgets a message that no handling ever ended well, once it is gone', () => {
    const stage = new Stage().send(1).accept(1).sendOk(1).grant(1).deliver(1).start(1).end(1, HandleResult.failed).deadLetter(1);
    expect(stage.result().counts['handle-failed']).toBe(1);
    expect(stage.measures.held.messages).toBe(1);
    stage.emit(EventKind.drop, stage.broker, 1, 1, DropReason.retention).recorder.flush();
    expect(stage.measures.held).toEqual({ messages: 0, copies: 0, handlings: 0 });
  });

  it('forgets the handlings of a consumer that died, and counts no time for them', () => {
    const stage = new Stage().accept(1).grant(1).deliver(1).start(1).deliver(2, 1).start(2, 1);
    stage.emit(EventKind.handleStart, stage.other, 3, 3, 3 * 1_048_576, 1).at(1000).stop(stage.consumer, StopCause.kill);
    expect(stage.result().latencies['handling']!.count).toBe(0);
    expect(stage.measures.held.handlings).toBe(1);
  });

  it('may be read at any time, again and again', () => {
    const stage = new Stage().at(100).send(1).accept(1).sendOk(1);
    const first = JSON.stringify([stage.result(), stage.measures.series()]);
    expect(JSON.stringify([stage.result(), stage.measures.series()])).toBe(first);
    stage.at(20_000).grant(1).settle(1);
    expect(stage.result().counts['acknowledged']).toBe(1);
    expect(stage.result().gauges['backlog']!.mean).toBe((20_000 - 100) / 20_000);
  });
});
