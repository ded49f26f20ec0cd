import { describe, expect, it } from 'vitest';
import { InstantWorld } from '../../../bench/instant/instant-world.js';
import { Publisher } from '../../../engine/index.js';
import { SeenEvents } from '../broker/stage.js';

const SECOND = 1_000_000;
const RETRY = { timeoutMicros: SECOND, attempts: 1, backoffBaseMicros: SECOND, backoffCapMicros: SECOND, jitter: 'none' } as const;

/** A client of a broker that answers its greeting as told, and falls silent: when its connections come, and what it says on the first. */
function aSilentBroker({ wanted = null, agreed }: { readonly wanted?: number | null; readonly agreed: number | null }) {
  const world = new InstantWorld();
  const opened: number[] = [];
  const said: { readonly operation: string; readonly heartbeatMicros?: number | null; readonly at: number }[] = [];
  world.host('broker').network.listen((connection) => {
    opened.push(world.now / SECOND);
    return {
      onOpen: () => {},
      onClose: () => {},
      onMessage: (message) => {
        if (opened.length === 1) said.push({ ...message, at: world.now / SECOND });
        if (message.operation === 'hello' && agreed !== null) connection.send({ operation: 'tune', heartbeatMicros: agreed } as never, 0);
      },
    };
  });
  const client = new Publisher({
    host: world.host('client'), sink: new SeenEvents(world), name: 'client', address: 'broker', retry: RETRY, confirm: true, mandatory: false, maxInFlight: 1, destination: 'jobs', heartbeatMicros: wanted,
    routeOf: () => ({ exchange: '', routingKey: 'jobs', properties: {} }),
  });
  world.pass(65 * SECOND);
  client.close();
  return { opened, said, world };
}

describe('a client of a broker that has fallen silent', () => {
  it('says which heartbeat it wants, goes by the one that they have, and connects again after two of them', () => {
    const { opened, said } = aSilentBroker({ wanted: 30 * SECOND, agreed: 10 * SECOND });
    expect(said[0]).toMatchObject({ operation: 'hello', heartbeatMicros: 30 * SECOND });
    expect(said.filter(({ operation }) => operation === 'heartbeat').map(({ at }) => at)).toEqual([5, 10, 15]);
    expect(opened).toEqual([0, 21, 42, 63]);
  });

  it('never does without heartbeats, and sends none', () => {
    const { opened, said } = aSilentBroker({ wanted: 0, agreed: 0 });
    expect(opened).toEqual([0]);
    expect(said.filter(({ operation }) => operation === 'heartbeat')).toEqual([]);
  });

  it('waits ten seconds for the word which heartbeat they have', () => {
    expect(aSilentBroker({ agreed: null }).opened).toEqual([0, 11, 22, 33, 44, 55]);
  });

  it('leaves no timer behind', () => {
    for (const agreed of [null, 10 * SECOND]) expect(aSilentBroker({ agreed }).world.armedTimers).toBe(0);
  });
});
