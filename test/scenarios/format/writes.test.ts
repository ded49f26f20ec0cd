import { describe, expect, it } from 'vitest';
import { goodWith, mistakesOf, parse } from './given.js';

const PRODUCER = '    rate: 10/s\n';
const CONSUMER = '    count: 2\n';
const producerWith = (line: string) => parse(goodWith(PRODUCER, `${PRODUCER}    ${line}\n`)).producers[0]!;
const consumerWith = (line: string) => parse(goodWith(CONSUMER, `${CONSUMER}    ${line}\n`)).consumers[0]!;

describe('what programs store beside the queue', () => {
  it('is nothing when nothing is said', () => {
    expect(producerWith('start: 1s')).toMatchObject({ write: null, crashes: [] });
    expect(consumerWith('start: 1s')).toMatchObject({ crashes: [], handler: { kind: 'plain', memory: null, keys: null, transaction: 'together' } });
    expect(consumerWith('handler: { kind: idempotent }').handler).toMatchObject({ noteMicros: 1_000 });
  });

  it('is an outbox with its relay, a dual write, an inbox, a row by key, ids that are remembered', () => {
    expect(producerWith('write: outbox').write).toEqual({ kind: 'outbox', pollMicros: 100_000, batchSize: 10 });
    expect(producerWith('write: row-then-message').write).toEqual({ kind: 'row-then-message' });
    expect(consumerWith('handler: { kind: inbox, transaction: apart }').handler).toMatchObject({ kind: 'inbox', transaction: 'apart' });
    expect(consumerWith('handler: { kind: upsert, keys: 12 }').handler).toMatchObject({ kind: 'upsert', keys: 12 });
    expect(consumerWith('handler: { kind: inbox, noteTime: 3ms }').handler).toMatchObject({ noteMicros: 3_000 });
    expect(consumerWith('handler: { kind: idempotent, memory: 1000 }').handler).toMatchObject({ kind: 'idempotent', memory: 1000 });
  });

  it('crashes strike by what a program does', () => {
    expect(consumerWith('crashes: [{ after: effect-had, nth: 3, for: 5s }, { after: acknowledged }]').crashes).toEqual([
      { after: 'effect-had', nth: 3, forMicros: 5_000_000 }, { after: 'acknowledged', nth: 1, forMicros: 1_000_000 },
    ]);
  });

  it.each([
    [PRODUCER, 'write: inbox', 'QL_SCENARIO_UNKNOWN_CHOICE'],
    [PRODUCER, 'outboxPoll: 0s', 'QL_SCENARIO_BAD_VALUE'],
    [PRODUCER, 'outboxBatch: 0', 'QL_SCENARIO_BAD_VALUE'],
    [PRODUCER, 'crashes: [{ after: effect-had }]', 'QL_SCENARIO_UNKNOWN_CHOICE'],
    [PRODUCER, 'crashes: [{ nth: 2 }]', 'QL_SCENARIO_MISSING_KEY'],
    [PRODUCER, 'crashes: [{ after: row-committed }]', 'never comes to'],
    [PRODUCER, 'crashes: [{ after: marked }]', 'never comes to'],
    [CONSUMER, 'crashes: [{ after: marked }]', 'QL_SCENARIO_UNKNOWN_CHOICE'],
    [CONSUMER, 'crashes: [{ after: effect-written }]', 'A handler that is plain never comes to "effect-written"'],
    [CONSUMER, 'handler: { kind: idempotent }\n    crashes: [{ after: effect-had }, { after: noted }]', 'A handler that is idempotent never comes to "noted"'],
    [CONSUMER, 'handler: { kind: inbox }\n    crashes: [{ after: noted }]', 'A handler that is inbox with `transaction: together` never comes to "noted"'],
    [CONSUMER, 'crashes: [{ after: effect-had, nth: 0 }]', 'QL_SCENARIO_BAD_VALUE'],
    [CONSUMER, 'crashes: [{ after: effect-had, for: 5 }]', 'QL_SCENARIO_'],
    [CONSUMER, 'handler: { kind: outbox }', 'QL_SCENARIO_UNKNOWN_CHOICE'],
    [CONSUMER, 'handler: { memory: 10 }', 'says nothing of a handler that is plain'],
    [CONSUMER, 'handler: { kind: inbox, keys: 10 }', 'says nothing of a handler that is inbox'],
    [CONSUMER, 'handler: { kind: idempotent, memory: 0 }', 'QL_SCENARIO_BAD_VALUE'],
    [CONSUMER, 'handler: { kind: plain, transaction: apart }', 'says nothing of a handler that is plain'],
    [CONSUMER, 'handler: { noteTime: 2ms }', 'says nothing of a handler that is plain'],
    [CONSUMER, 'handler: { kind: idempotent, noteTime: -1ms }', 'QL_SCENARIO_'],
    [CONSUMER, 'handler: { kind: inbox, transaction: both }', 'QL_SCENARIO_UNKNOWN_CHOICE'],
    [CONSUMER, 'acknowledge: automatic\n    crashes: [{ after: acknowledged }]', 'acknowledges nothing'],
  ])('is refused with its place when it is wrong (%#)', (part, line, what) => {
    const text = mistakesOf(goodWith(part, `${part}    ${line}\n`));
    expect(text).toContain(what);
    expect(text).toContain('Expected ');
  });

  it('a crash inside a transaction, or after a note of its own, needs an inbox that has it', () => {
    expect(consumerWith('handler: { kind: inbox }\n    crashes: [{ after: effect-written }]').crashes).toMatchObject([{ after: 'effect-written' }]);
    expect(consumerWith('handler: { kind: inbox, transaction: apart }\n    crashes: [{ after: effect-written }, { after: noted }]').crashes).toHaveLength(2);
  });

  it('a crash after a row needs a row, and after a mark an outbox', () => {
    expect(producerWith('write: message-then-row\n    crashes: [{ after: row-committed }]').crashes).toHaveLength(1);
    expect(mistakesOf(goodWith(PRODUCER, `${PRODUCER}    write: row-then-message\n    crashes: [{ after: marked }]\n`))).toContain('`write: outbox`');
  });
});
