import { expect, it } from 'vitest';
import type { CloseReason, Connection, ConnectionHandler, WireMessage } from '../../engine/index.js';
import type { CreateFixture, HostedNode } from './host-suite.js';
import { withFixture } from './with-fixture.js';

export interface NumberedMessage extends WireMessage {
  readonly operation: 'number';
  readonly value: number;
}

export function numbered(value: number): NumberedMessage {
  return { operation: 'number', value };
}

/** One side of a connection that notes what it hears. */
export class Party implements ConnectionHandler {
  readonly heard: string[] = [];
  connection: Connection | null = null;
  /** Called with each message, after it was noted. */
  onNumber: (value: number) => void = () => undefined;

  /** Called when the connection opens, after it was noted. */
  onOpening: () => void = () => undefined;

  onOpen(): void {
    this.heard.push('open');
    this.onOpening();
  }

  onMessage(message: WireMessage): void {
    const { value } = message as NumberedMessage;
    this.heard.push(`${message.operation} ${value}`);
    this.onNumber(value);
  }

  onClose(reason: CloseReason): void {
    this.heard.push(reason);
  }

  get numbers(): string[] {
    return this.heard.filter((line) => line.startsWith('number'));
  }

  send(value: number, sizeBytes = 100): void {
    this.connection!.send(numbered(value), sizeBytes);
  }
}

/** Makes the node accept connections; the parties appear in the list in the order of acceptance. */
export function listen(node: HostedNode): Party[] {
  const parties: Party[] = [];
  node.host.network.listen((connection) => {
    const party = new Party();
    party.connection = connection;
    parties.push(party);
    return party;
  });
  return parties;
}

export function connect(from: HostedNode, address: string): Party {
  const party = new Party();
  party.connection = from.host.network.connect(address, party);
  return party;
}

export function networkRules(create: CreateFixture): void {
  it(
    'opening is asynchronous, and both sides know their peer',
    withFixture(create, async (fixture) => {
      const accepted = listen(fixture.two);
      const party = connect(fixture.one, fixture.two.address);
      expect(party.heard).toEqual([]);
      expect(accepted).toEqual([]);
      await fixture.until(() => party.heard.length > 0);
      expect(party.heard).toEqual(['open']);
      expect(party.connection!.peer).toBe(fixture.two.address);
      expect(accepted).toHaveLength(1);
      expect(accepted[0]!.connection!.peer).toBe(fixture.one.address);
      expect(accepted[0]!.heard).toEqual(['open']);
    }),
  );

  it(
    'messages arrive whole and in order in both directions, those sent before the opening first',
    withFixture(create, async (fixture) => {
      const accepted = listen(fixture.two);
      const party = connect(fixture.one, fixture.two.address);
      party.send(0);
      party.send(1, 100_000);
      party.send(2, 0);
      await fixture.until(() => accepted[0]?.numbers.length === 3);
      for (let value = 3; value < 50; value++) party.send(value, value % 3 === 0 ? 50_000 : 10);
      for (let value = 0; value < 50; value++) accepted[0]!.send(value, value % 4 === 0 ? 50_000 : 10);
      expect(party.numbers).toEqual([]);
      await fixture.until(() => accepted[0]!.numbers.length === 50 && party.numbers.length === 50);
      const expected = Array.from({ length: 50 }, (_, value) => `number ${value}`);
      expect(accepted[0]!.numbers).toEqual(expected);
      expect(party.numbers).toEqual(expected);
    }),
  );

  it(
    'what is sent on opening comes after what was sent before',
    withFixture(create, async (fixture) => {
      const accepted = listen(fixture.two);
      const party = connect(fixture.one, fixture.two.address);
      party.onOpening = () => party.send(2);
      party.send(1);
      await fixture.until(() => accepted[0]?.numbers.length === 2);
      expect(accepted[0]!.numbers).toEqual(['number 1', 'number 2']);
    }),
  );

  it(
    'a handler may answer from within its callback',
    withFixture(create, async (fixture) => {
      const accepted: Party[] = [];
      fixture.two.host.network.listen((connection) => {
        const echo = new Party();
        echo.connection = connection;
        echo.onNumber = (value) => echo.send(value + 1);
        accepted.push(echo);
        return echo;
      });
      const party = connect(fixture.one, fixture.two.address);
      party.onNumber = (value) => {
        if (value < 9) party.send(value + 1);
      };
      party.send(0);
      await fixture.until(() => party.numbers.length === 5);
      expect(party.numbers).toEqual(['number 1', 'number 3', 'number 5', 'number 7', 'number 9']);
    }),
  );

  it(
    'connecting to nobody ends with a reset',
    withFixture(create, async (fixture) => {
      const party = connect(fixture.one, fixture.two.address);
      expect(party.heard).toEqual([]);
      await fixture.until(() => party.heard.length > 0);
      expect(party.heard).toEqual(['reset']);
    }),
  );

  it(
    'an orderly end lets everything sent before arrive, and its own side hears nothing more',
    withFixture(create, async (fixture) => {
      const accepted = listen(fixture.two);
      const party = connect(fixture.one, fixture.two.address);
      await fixture.until(() => party.heard.length > 0);
      party.send(1, 100_000);
      party.send(2);
      accepted[0]!.send(7);
      party.connection!.close();
      party.send(3);
      await fixture.until(() => accepted[0]!.heard.includes('closed'));
      accepted[0]!.send(8);
      await fixture.elapse(20_000);
      expect(accepted[0]!.heard).toEqual(['open', 'number 1', 'number 2', 'closed']);
      expect(party.heard).toEqual(['open']);
    }),
  );

  it(
    'an end before the opening still delivers what was sent',
    withFixture(create, async (fixture) => {
      const accepted = listen(fixture.two);
      const party = connect(fixture.one, fixture.two.address);
      party.send(1);
      party.connection!.close();
      await fixture.until(() => accepted[0]?.heard.includes('closed') === true);
      expect(accepted[0]!.heard).toEqual(['open', 'number 1', 'closed']);
      expect(party.heard).toEqual([]);
    }),
  );

  it(
    'connections are independent of each other',
    withFixture(create, async (fixture) => {
      const accepted = listen(fixture.two);
      const first = connect(fixture.one, fixture.two.address);
      const second = connect(fixture.one, fixture.two.address);
      await fixture.until(() => accepted.length === 2 && second.heard.length > 0);
      first.connection!.close();
      second.send(4);
      await fixture.until(() => accepted[1]!.numbers.length === 1 && accepted[0]!.heard.includes('closed'));
      expect(accepted[1]!.heard).toEqual(['open', 'number 4']);
    }),
  );
}
