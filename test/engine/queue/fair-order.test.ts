import { describe, expect, it } from 'vitest';
import { SECOND, Stage } from '../broker/stage.js';

const tenant = (group: string) => ({ properties: { group, deduplicationId: null, attributes: null } });

/** A queue in which the tenant `noisy` holds so many messages in flight, and has more waiting. */
function crowded(inFlight: number, isFair = true) {
  const stage = new Stage({ queues: [{ name: 'jobs', settings: { isFair, visibilityTimeoutMicros: 600 * SECOND } }] });
  const client = stage.client('worker');
  for (let trace = 1; trace <= inFlight + 50; trace++) client.send(trace, tenant('noisy'));
  for (let left = inFlight; left > 0; left -= 10) client.receive({ max: Math.min(10, left) });
  return { stage, client };
}
const groups = (client: ReturnType<typeof crowded>['client'], max: number) => client.receive({ max }).map(({ details }) => details?.properties.group ?? null);

describe('fair queues', () => {
  it('deliver the messages of quiet tenants, and those without a group, before those of a noisy one', () => {
    const { client } = crowded(40);
    client.send(1000, tenant('quiet'));
    client.send(1001);
    expect(groups(client, 4)).toEqual(['quiet', null, 'noisy', 'noisy']);
  });

  it('know no noisy tenant with fewer than 30 of its messages in flight', () => {
    const { client } = crowded(20);
    client.send(1000, tenant('quiet'));
    expect(groups(client, 3)).toEqual(['noisy', 'noisy', 'noisy']);
  });

  it('turn to the quiet ones within one receive, once it makes its tenant noisy', () => {
    const { client } = crowded(25);
    client.send(1000, tenant('quiet'));
    client.send(1001);
    expect(groups(client, 10)).toEqual([...new Array<string>(5).fill('noisy'), 'quiet', null, 'noisy', 'noisy', 'noisy']);
  });

  it('go on with the noisy one when no quiet message waits: nothing is held back', () => {
    const { client } = crowded(40);
    expect(groups(client, 10)).toEqual(new Array(10).fill('noisy'));
  });

  it('are fair to a tenant again when its backlog is gone', () => {
    const { client } = crowded(40);
    for (let turn = 0; turn < 5; turn++) client.receive({ max: 10 });
    expect(client.receive()).toEqual([]);
    client.send(1000, tenant('other'));
    client.send(1001, tenant('noisy'));
    // Its new message finds 90 in flight: it is noisy again, and waits behind the other.
    client.send(1002, tenant('other'));
    expect(groups(client, 3)).toEqual(['other', 'other', 'noisy']);
  });

  it('of several noisy tenants take the one with the fewest in flight first', () => {
    const { client } = crowded(60);
    for (let trace = 2000; trace < 2080; trace++) client.send(trace, tenant('second'));
    for (let turn = 0; turn < 4; turn++) client.receive({ max: 10 });
    const next = groups(client, 10);
    expect(next.every((group) => group === 'second')).toBe(true);
  });

  it('forget a noisy tenant that sends nothing for five minutes', () => {
    const { stage, client } = crowded(40);
    stage.world.pass(300 * SECOND);
    client.send(1000, tenant('quiet'));
    // Its messages are the older ones.
    expect(groups(client, 3)).toEqual(['noisy', 'noisy', 'noisy']);
  });

  it('take a tenant for noisy until just before that', () => {
    const { stage, client } = crowded(40);
    stage.world.pass(300 * SECOND - 1);
    client.send(1000, tenant('quiet'));
    expect(groups(client, 2)).toEqual(['quiet', 'noisy']);
  });

  it('take a tenant for noisy as long as a part of its backlog waits, however little of it is in flight', () => {
    const { client } = crowded(0);
    const received = [10, 10, 10, 10].flatMap((max) => client.receive({ max }));
    for (const { handle } of received) client.delete(handle);
    client.send(1000, tenant('quiet'));
    client.send(1001);
    expect(groups(client, 3)).toEqual(['quiet', null, 'noisy']);
  });

  it('are as good as any other without groups, and where they are turned off', () => {
    const { client } = crowded(40, false);
    client.send(1000, tenant('quiet'));
    expect(groups(client, 3)).toEqual(['noisy', 'noisy', 'noisy']);
  });

  it('know a noisy tenant also after a restart at which all of its messages were in flight', () => {
    const stage = new Stage({ queues: [{ name: 'jobs', settings: { isFair: true, visibilityTimeoutMicros: 30 * SECOND } }] });
    stage.world.pass(400 * SECOND);
    const client = stage.client('worker');
    for (let trace = 1; trace <= 60; trace++) client.send(trace, tenant('noisy'));
    for (let turn = 0; turn < 6; turn++) client.receive({ max: 10 });
    stage.restart();
    const again = stage.client('again');
    stage.world.pass(31 * SECOND);
    again.send(1000, tenant('quiet'));
    expect(groups(again, 2)).toEqual(['quiet', 'noisy']);
  });

  it('survive a restart with everything in them', () => {
    const { stage, client } = crowded(40);
    client.send(1000, tenant('quiet'));
    stage.restart();
    const again = stage.client('again');
    expect(again.counts()).toEqual([51, 40, 0]);
    const seen = new Set<number>();
    for (let turn = 0; turn < 6; turn++) for (const { trace } of again.receive()) seen.add(trace);
    expect(seen.size).toBe(51);
  });
});

describe('a tenant that takes more than a tenth of the processing time', () => {
  /** Ten tenants with a second of work each, and one of whose three messages the first took so long. What it took is forgotten when its backlog is gone. */
  function afterWorkOf(seconds: number) {
    const stage = new Stage({ queues: [{ name: 'jobs', settings: { isFair: true, visibilityTimeoutMicros: 600 * SECOND } }] });
    const client = stage.client('worker');
    let trace = 0;
    const work = (group: string, micros: number, messages = 1): void => {
      for (let left = messages; left > 0; left--) client.send(++trace, tenant(group));
      const { handle } = client.receiveOne();
      stage.world.pass(micros);
      client.delete(handle);
    };
    for (let index = 0; index < 10; index++) work(`quiet-${index}`, SECOND);
    work('slow', seconds * SECOND, 3);
    client.send(++trace, tenant('quiet-0'));
    return { stage, client };
  }

  it('is noisy, though it never had thirty messages in flight', () => {
    expect(groups(afterWorkOf(5).client, 3)).toEqual(['quiet-0', 'slow', 'slow']);
  });

  it('and one that takes no more is not: first come, first served', () => {
    expect(groups(afterWorkOf(1).client, 3)).toEqual(['slow', 'slow', 'quiet-0']);
  });
});
