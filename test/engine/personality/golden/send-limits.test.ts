import { describe, expect, it } from 'vitest';
import type { MessageAttributes, Reply } from '../../../../engine/index.js';
import { Account, errorOf } from './account.js';

const CHARACTERS = 'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF';
const MIB = 1_048_576;

const strings = (count: number): MessageAttributes =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, { dataType: 'String', value: 'x' }]));

describe('SQS send: what is refused changes nothing', () => {
  it('an empty body', () => {
    const account = new Account();
    const queue = account.queue('q');
    expect(account.refused(() => queue.trySend(''))).toEqual({
      code: 'MissingParameter', message: 'The request must contain the parameter MessageBody.',
    });
  });

  it.each([
    ['a control character', '\u0000'], ['another', 'a\u000B'], ['the escape', '\u001B[31m'], ['a non-character', '\uFFFE'], ['the other', 'x\uFFFF'],
  ])('a body with %s', (_, body) => {
    const account = new Account();
    const queue = account.queue('q');
    expect(account.refused(() => queue.trySend(body))).toEqual({ code: 'InvalidMessageContents', message: CHARACTERS });
  });

  it.each(['\t', 'a\r\nb', '\uD7FF', '\uE000', '\uFFFD', '\u{10000}', '\u{10FFFF}'])('but not a body of valid characters: %j', (body) => {
    const queue = new Account().queue('q');
    queue.send(body);
    expect(queue.receive()).toEqual([body]);
  });

  it('a body that is no UTF-8', () => {
    const account = new Account();
    const queue = account.queue('q');
    const call = () => account.client.call({ operation: 'send', queue: queue.number, ...queue.entry('x'), body: Uint8Array.of(0xC3, 0x28) });
    expect(account.refused(call).code).toBe('InvalidMessageContents');
  });

  it('a body of one byte more than the queue takes, and the largest is taken', () => {
    const account = new Account();
    const queue = account.queue('q', { MaximumMessageSize: '1024' });
    expect(queue.trySend('x'.repeat(1024))).toBeNull();
    expect(account.refused(() => queue.trySend('x'.repeat(1025)))).toEqual({
      code: 'InvalidParameterValue', message: 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
    });
  });

  it('a body of more than 1 MiB by default', () => {
    const account = new Account();
    const queue = account.queue('q');
    expect(queue.trySend('x'.repeat(MIB))).toBeNull();
    expect(account.refused(() => queue.trySend('x'.repeat(MIB + 1))).message).toContain('shorter than 1048576 bytes');
  });

  it('a size that bytes make, not characters', () => {
    const account = new Account();
    const queue = account.queue('q', { MaximumMessageSize: '1024' });
    expect(queue.trySend('é'.repeat(512))).toBeNull();
    expect(account.refused(() => queue.trySend('é'.repeat(513))).code).toBe('InvalidParameterValue');
  });

  it('a size that attributes make, with their names and types', () => {
    const account = new Account();
    const queue = account.queue('q', { MaximumMessageSize: '1024' });
    const attributes = (length: number): MessageAttributes => ({ name: { dataType: 'String', value: 'x'.repeat(length) } });
    const free = 1024 - 'body'.length - 'name'.length - 'String'.length;
    expect(queue.trySend('body', { attributes: attributes(free) })).toBeNull();
    expect(account.refused(() => queue.trySend('body', { attributes: attributes(free + 1) })).code).toBe('InvalidParameterValue');
  });

  it('the eleventh attribute', () => {
    const account = new Account();
    const queue = account.queue('q');
    expect(queue.trySend('a', { attributes: strings(10) })).toBeNull();
    expect(account.refused(() => queue.trySend('a', { attributes: strings(11) }))).toEqual({
      code: 'InvalidParameterValue', message: 'Number of message attributes [11] exceeds the allowed maximum [10].',
    });
  });

  const TYPE = "The message attribute 'n' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.";
  it.each<[string, MessageAttributes, string]>([
    ['an unknown type', { n: { dataType: 'Text', value: 'x' } }, TYPE],
    ['a type in small letters', { n: { dataType: 'string', value: 'x' } }, TYPE],
    ['a type of 257 characters', { n: { dataType: `Number.${'L'.repeat(250)}`, value: '1' } }, TYPE],
    ['an empty value', { n: { dataType: 'String', value: '' } }, "Message (user) attribute 'n' must contain a non-empty value of type 'String'."],
    ['a number that is none', { n: { dataType: 'Number', value: 'ten' } }, "Can't cast the value of message (user) attribute 'n' to a number."],
    ['a number in another base', { n: { dataType: 'Number.hex', value: '0x10' } }, "Can't cast the value of message (user) attribute 'n' to a number."],
    ['a value with a control character', { n: { dataType: 'String', value: 'x\u0008' } }, 'Invalid characters found'],
  ])('an attribute with %s', (_, attributes, message) => {
    const account = new Account();
    const queue = account.queue('q');
    const error = account.refused(() => queue.trySend('a', { attributes }));
    expect(error.code).toBe('InvalidParameterValue');
    expect(error.message).toContain(message);
  });

  it.each(['', 'a!', 'a b', 'a"', 'a§', 'a(b)', 'a?', '.a', 'a.', 'a..b', 'aWs.a', 'AMAZON.a', 'L'.repeat(257)])('an attribute with the name %j', (name) => {
    const account = new Account();
    const queue = account.queue('q');
    expect(account.refused(() => queue.trySend('a', { attributes: { [name]: { dataType: 'String', value: 'x' } } }))).toMatchObject({
      code: 'InvalidParameterValue', message: expect.stringContaining(`The message attribute name '${name}' is invalid.`) as string,
    });
  });

  it.each(['attr.1øßä', 'a-b_c.D', 'awsome', 'L'.repeat(256)])('but not an attribute with the name %j', (name) => {
    expect(new Account().queue('q').trySend('a', { attributes: { [name]: { dataType: 'String', value: 'x' } } })).toBeNull();
  });

  it.each(['1614717034367', '-1', '+1.5', '.5', '5.', '1e-7'])('nor an attribute with the number %s', (value) => {
    expect(new Account().queue('q').trySend('a', { attributes: { n: { dataType: 'Number', value } } })).toBeNull();
  });

  it('but not attributes with types of their own', () => {
    const queue = new Account().queue('q');
    const attributes = { when: { dataType: 'Number.unix', value: '1' }, what: { dataType: 'String.my-type', value: 'x' } };
    queue.send('a', { attributes });
    expect(queue.one().details?.properties.attributes).toEqual(attributes);
  });

  it.each([-1, 901])('a delay of %d seconds', (delay) => {
    const account = new Account();
    const queue = account.queue('q');
    expect(account.refused(() => queue.trySend('a', { delay }))).toEqual({
      code: 'InvalidParameterValue', message: `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    });
  });

  it('a delay of more than 0 at a FIFO queue', () => {
    const account = new Account();
    const queue = account.fifo();
    expect(account.refused(() => queue.trySend('a', { group: 'g', dedup: 'd', delay: 2 }))).toEqual({
      code: 'InvalidParameterValue',
      message: 'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    });
  });

  it('a deduplication id at a standard queue', () => {
    const account = new Account();
    const queue = account.queue('q');
    expect(account.refused(() => queue.trySend('a', { dedup: 'd' }))).toEqual({
      code: 'InvalidParameterValue',
      message: 'Value d for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type.',
    });
  });

  it('a refused FIFO send does not take up its deduplication id', () => {
    const account = new Account();
    const queue = account.fifo({ MaximumMessageSize: '1024' });
    account.refused(() => queue.trySend('x'.repeat(1025), { group: 'g', dedup: 'd' }));
    expect(queue.trySend('a', { group: 'g', dedup: 'd' })).toBeNull();
    expect(queue.receive()).toEqual(['a']);
  });
});

describe('SQS batches: what is refused as a whole changes nothing', () => {
  const WHOLE: [string, string[], string, string][] = [
    ['no entries', [], 'EmptyBatchRequest', 'There should be at least one entry in the request.'],
    ['20 entries', Array.from({ length: 20 }, (_, index) => `e${index}`), 'TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10. You have sent 20.'],
    ['two entries with one id', ['a', 'b', 'a'], 'BatchEntryIdsNotDistinct', 'Id a repeated.'],
    ...['', 'a b', 'ä', 'a.b', 'x'.repeat(81)].map((id): [string, string[], string, string] => [
      `the id ${JSON.stringify(id)}`, ['fine', id], 'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    ]),
  ];

  function everyBatch(account: Account, ids: readonly string[]): [string, () => Reply][] {
    const queue = account.queue('q');
    queue.send('there');
    const { handle } = queue.one();
    return [
      ['SendMessageBatch', () => queue.batch(ids.map((id) => queue.entry(`body ${id}`)), ids)],
      ['DeleteMessageBatch', () => queue.deleteBatch(ids.map(() => handle), ids)],
      ['ChangeMessageVisibilityBatch', () => queue.changeBatch(ids.map(() => ({ handle, seconds: 0 })), ids)],
    ];
  }

  it.each(WHOLE)('%s', (_, ids, code, message) => {
    const account = new Account();
    for (const [operation, call] of everyBatch(account, ids)) expect(account.refused(call), operation).toEqual({ code, message });
  });

  it('but not ids of 80 letters, digits, hyphens and underscores', () => {
    const account = new Account();
    for (const [operation, call] of everyBatch(account, ['A-z_09', 'x'.repeat(80)])) expect(errorOf(call()), operation).toBeNull();
  });

  it('1 048 577 bytes in all, by bodies and by attributes', () => {
    const account = new Account();
    const queue = account.queue('q');
    const half = 'x'.repeat(MIB / 2);
    expect(errorOf(queue.batch([queue.entry(half), queue.entry(half)]))).toBeNull();
    const error = { code: 'BatchRequestTooLong', message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.' };
    expect(account.refused(() => queue.batch([queue.entry(half), queue.entry(`${half}y`)]))).toEqual(error);
    const attributes = { n: { dataType: 'String', value: '1' } };
    const rest = half.slice('nString1'.length - 1);
    expect(account.refused(() => queue.batch([queue.entry(half), queue.entry(rest, { attributes })]))).toEqual(error);
  });

  it('entries are refused one by one, each with its own code, and the others are stored', () => {
    const account = new Account();
    const queue = account.queue('q', { MaximumMessageSize: '1024' });
    const reply = queue.batch([
      queue.entry('good'), queue.entry('\u0000'), queue.entry(''), queue.entry('x'.repeat(1025)), queue.entry('late', { delay: 901 }), queue.entry('fine'),
    ]);
    const { results } = reply as Extract<Reply, { operation: 'sendBatchReply' }>;
    expect(results.map((result) => (typeof result === 'number' ? 'stored' : result.code))).toEqual([
      'stored', 'InvalidMessageContents', 'MissingParameter', 'InvalidParameterValue', 'InvalidParameterValue', 'stored',
    ]);
    expect(results[3]).toMatchObject({ message: 'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.' });
    expect(queue.receive({ max: 10 }).sort()).toEqual(['fine', 'good']);
  });
});
