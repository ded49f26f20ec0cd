import { describe, expect, it } from 'vitest';
import { EventKind, HandleResult, MoveReason } from '../../history/index.js';
import type { BreakdownResult, StageName } from '../../measures/index.js';
import { Stage } from './stage.js';

function breakdownOf(stage: Stage): BreakdownResult {
  stage.recorder.flush();
  return stage.measures.result().breakdown!;
}

/** The stages in which time was spent. */
function spent(breakdown: BreakdownResult): Partial<Record<StageName, number>> {
  return Object.fromEntries(breakdown.stages.filter(({ meanMicros }) => meanMicros > 0).map(({ name, meanMicros }) => [name, meanMicros]));
}

/** Intended at 100, handled well at 1000. */
const oneLife = (stage = new Stage()): Stage =>
  stage.at(130).send(1, 100).at(200).passage(40, 20, 10).accept(1, 1, 50).at(300).grant(1).at(420).passage(70).deliver(1).at(450).start(1).at(1000).end(1);

describe('the breakdown of the end-to-end latency', () => {
  it('tells every stage apart', () => {
    expect(spent(breakdownOf(oneLife()))).toEqual({
      producerWait: 30, network: 40 + 70, brokerWait: 20, brokerCpu: 10, delay: 50, queueWait: 50, disk: 50, consumerWait: 30, handler: 550,
    });
  });

  it('adds up to the latency, to the microsecond, whatever comes in between', () => {
    const stage = oneLife();
    // Accepted by its second attempt; the first delivery fails, the second is in work when a third lease is granted.
    stage.at(2000).send(2).at(2500).passage(100).accept(2).passage(0).grant(2).at(2600).passage(50).deliver(2).start(2).at(2700).end(2, HandleResult.failed);
    stage.expire(2).at(3000).grant(2, 2).at(3100).passage(60).deliver(2, 2).start(2, 2).at(3200).expire(2).grant(2, 3).at(3500).end(2, HandleResult.ok, 2);
    const breakdown = breakdownOf(stage);
    const mean = breakdown.stages.reduce((sum, { meanMicros }) => sum + meanMicros, 0);
    expect(breakdown.count).toBe(2);
    expect(mean).toBe((900 + 1500) / 2);
    expect(spent(breakdown).sendRetries).toBe(400 / 2);
  });

  it('counts what was lost to earlier deliveries', () => {
    const stage = new Stage().at(0).send(1).accept(1).grant(1).at(10).deliver(1).start(1).at(30).end(1, HandleResult.failed);
    stage.at(1000).expire(1).at(1500).grant(1, 2).at(1520).passage(20).deliver(1, 2).start(1, 2).at(1600).end(1, HandleResult.ok, 2);
    expect(spent(breakdownOf(stage))).toEqual({ earlierDeliveries: 1500, network: 20, handler: 80 });
  });

  it('without the world, takes what is between machines for network', () => {
    const stage = new Stage().at(0).send(1).at(90).accept(1).at(100).grant(1).at(150).deliver(1).start(1).at(200).end(1);
    expect(spent(breakdownOf(stage))).toEqual({ network: 140, queueWait: 10, handler: 50 });
  });

  it('tells the slowest apart', () => {
    const stage = new Stage();
    for (let message = 1; message <= 300; message++) {
      const began = message * 10_000;
      stage.at(began).send(message).accept(message).grant(message).deliver(message).start(message).at(began + (message > 297 ? 5_000 : 100)).end(message);
    }
    const breakdown = breakdownOf(stage);
    expect([breakdown.count, breakdown.slowestCount]).toEqual([300, 3]);
    expect(breakdown.stages.find(({ name }) => name === 'handler')).toEqual({ name: 'handler', meanMicros: (297 * 100 + 3 * 5_000) / 300, slowestMeanMicros: 5_000 });
  });

  it('takes little more than one in a hundred for the slowest, whatever the latencies', () => {
    const stage = new Stage();
    for (let message = 1; message <= 1_300; message++) {
      const began = message * 200_000;
      stage.at(began).send(message).accept(message).grant(message).deliver(message).start(message).at(began + message * 100).end(message);
    }
    const { slowestCount, stages } = breakdownOf(stage);
    expect(slowestCount).toBeGreaterThanOrEqual(13);
    expect(slowestCount).toBeLessThan(40);
    expect(stages.find(({ name }) => name === 'handler')!.slowestMeanMicros).toBe((1_300 + 1_301 - slowestCount) * 50);
  });

  it('goes over time in series that add up to the same', () => {
    const stage = oneLife();
    stage.recorder.flush();
    const { values } = stage.measures.series();
    const means = Object.entries(values).filter(([name]) => name.startsWith('time:')).map(([, series]) => series[0]!);
    expect(means.reduce((sum, mean) => sum + mean, 0)).toBe(900);
  });
});

describe('the heat map', () => {
  it('holds every message once, in the row of its latency', () => {
    const stage = oneLife();
    stage.at(5_000_000).send(2).accept(2).grant(2).deliver(2).start(2).at(9_000_000).end(2);
    stage.recorder.flush();
    const { endToEnd } = stage.measures.series().heat!;
    const { boundsMicros, counts, stepMicros } = endToEnd!;
    const seen = counts.flatMap((column, at) => column.flatMap((count, row) => (count === 0 ? [] : [{ at: at * stepMicros, row, count }])));
    expect(seen.map(({ count }) => count)).toEqual([1, 1]);
    for (const [index, micros] of [900, 4_000_000].entries()) {
      expect(boundsMicros[seen[index]!.row]).toBeLessThanOrEqual(micros);
      expect(boundsMicros[seen[index]!.row + 1]).toBeGreaterThan(micros);
    }
    expect(seen[0]!.at).toBe(0);
    expect(seen[1]!.at).toBeLessThanOrEqual(9_000_000);
    expect(seen[1]!.at + stepMicros).toBeGreaterThan(9_000_000);
    expect(counts.every((column) => column.length === boundsMicros.length - 1)).toBe(true);
  });
});

describe('consumers, queues and repetitions', () => {
  it('are counted by name', () => {
    const stage = oneLife();
    stage.at(2_000).send(2).accept(2).grant(2).deliver(2, 1, stage.other).start(2, 1, stage.other).at(2_300).end(2, HandleResult.failed, 1, stage.other);
    stage.at(5_000).expire(2).at(6_000).grant(2, 2).deliver(2, 2).start(2, 2).at(6_400).end(2, HandleResult.ok, 2).settle(2, 2);
    stage.recorder.flush();
    const { consumers, queues, deliveries, attempts } = stage.measures.result();
    expect(consumers).toEqual([
      { name: 'consumer-1', delivered: 2, handled: 2, failed: 0, abandoned: 0, busyMicros: 550 + 400 },
      { name: 'consumer-2', delivered: 1, handled: 0, failed: 1, abandoned: 0, busyMicros: 300 },
    ]);
    expect(queues).toMatchObject([{ name: 'jobs', accepted: 2, leased: 3, redelivered: 1, expired: 1, acknowledged: 1, deadLettered: 0, dropped: 0 }]);
    expect(deliveries).toEqual([{ number: 1, count: 2, meanGapMicros: 0 }, { number: 2, count: 1, meanGapMicros: 4_000 }]);
    expect(attempts).toEqual([{ number: 1, count: 2, meanGapMicros: 0 }]);
  });

  it('the highest lag of a queue is that of an instant, however short, and the whole backlog of a run with one queue', () => {
    const stage = new Stage();
    for (const message of [1, 2, 3, 4, 5, 6]) stage.at(1_000).accept(message);
    for (const message of [1, 2, 3, 4, 5, 6]) stage.at(1_010).grant(message);
    const { queues, gauges } = stage.at(900_000_000).expire(1).result();
    expect(queues).toMatchObject([{ name: 'jobs', backlogMax: 6 }]);
    expect(gauges['backlog']!.max).toBe(6);
    expect(queues![0]!.backlogMean).toBeLessThan(0.001);
  });

  it('a queue that only gets what others move to it is told of, with how much that is', () => {
    const stage = new Stage();
    stage.at(100).accept(1).accept(2).grant(1).at(200).deadLetter(1);
    expect(stage.result().queues).toMatchObject([
      { name: 'jobs', accepted: 2, movedIn: 0, deadLettered: 1 },
      { name: 'jobs-dlq', accepted: 0, movedIn: 1, leased: 0, deadLettered: 0, backlogMax: 1 },
    ]);
  });

  it('what is stored anew in another queue counts there once, as accepted', () => {
    const stage = new Stage();
    stage.at(100).accept(1).grant(1).emit(EventKind.accept, stage.broker, 1, 2, 0, 0, 0, 0, stage.dead);
    stage.emit(EventKind.move, stage.broker, 1, 1, 3, MoveReason.rejected, 1, stage.dead);
    expect(stage.result().queues).toMatchObject([{ name: 'jobs', deadLettered: 1 }, { name: 'jobs-dlq', accepted: 1, movedIn: 0 }]);
  });

  it('each queue has a highest lag of its own, whatever the others hold at the time', () => {
    const stage = new Stage();
    stage.at(100).accept(1).accept(2).at(200).grant(1).grant(2).at(300).deadLetter(1).deadLetter(2).grant(1, 2, 1, stage.dead);
    const { queues, gauges } = stage.accept(3).result();
    expect(queues!.map(({ name, backlogMax }) => [name, backlogMax])).toEqual([['jobs', 2], ['jobs-dlq', 2]]);
    expect(gauges['backlog']!.max).toBe(2);
  });
});
