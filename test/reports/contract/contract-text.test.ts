import { describe, expect, it } from 'vitest';
import { renderContract } from '../../../reports/contract/render-contract.js';
import { explainScenario } from '../../../scenarios/index.js';
import { parse } from '../../scenarios/format/given.js';

const PARTIES = `producers: { web: { queue: jobs, rate: 10/s } }
consumers: { worker: { queue: jobs } }
`;

const rendered = (text: string): string => renderContract(explainScenario(parse(text)), { color: false, unicode: false, columns: 120 });

/** What is said of a queue, a sentence or two for each point, as one line each. */
function wordsOf(queue: string, text: string): string[] {
  const blocks = rendered(text).split('\n\n');
  const block = blocks.find((candidate) => candidate.startsWith(`  Queue ${queue}\n`)) ?? '';
  return block.split('\n    - ').slice(1).map((words) => words.replace(/\s+/g, ' '));
}

/** The promises that are listed, whether or not there are exceptions. */
const promisesOf = (text: string): string[] => [...rendered(text).matchAll(/^ {4}[+!] ([a-z-]+)/gm)].map(([, id]) => id!);

const rabbitmq = (queue: string, more = PARTIES): string => `name: demo\npersonality: rabbitmq\nqueues: { jobs: ${queue}, dead: {} }\n${more}`;

const PLAIN = 'Effects: at least once, so some may be repeated. A handler here is plain: it has the effect, then acknowledges; a redelivery, or another copy of the message, repeats the effect.';
const LEASED = 'Deliveries: at least once. A message that was handed out and is not acknowledged within its lease (30s, unless the receive or an extension says otherwise) is handed out again.';
const HELD = 'Deliveries: at least once. There is no lease: whoever was sent a message holds it until it acknowledges it, gives it back, or its channel ends. '
  + 'What was not acknowledged then is handed out again. A delivery that goes without an acknowledgement for 30min closes its channel.';
const RETURNS = 'Order: messages are first handed out as they arrived; what comes back is in a line of its own, which is served first. Those of priority 5 and more come before the others, but each third turn goes to whichever is older.';
const POISON = 'deadLetterExchange: "", deadLetterRoutingKey: dead';

describe('the words for a queue whose consumers ask for messages', () => {
  it('standard: leases, no order, a receive limit or none, retention', () => {
    expect(wordsOf('jobs', `name: demo\nqueues: { jobs: { delay: 2s, deadLetter: { queue: dead, maxReceiveCount: 4 } }, dead: {} }\n${PARTIES}`)).toEqual([
      LEASED, 'Order: not promised.', 'Dead letters: after 4 receives the next one moves the message to dead.',
      'Retention: a message that was sent more than 4d ago is dropped, whoever has it.', 'Delay: no message is handed out earlier than 2s after its send.', PLAIN,
    ]);
  });

  it('FIFO: order within a group, what the window of deduplication holds, and from when a dead letter is old', () => {
    const text = `name: demo\nqueues: { jobs.fifo: { fifo: true, contentBasedDeduplication: true, deadLetter: { queue: dead.fifo, maxReceiveCount: 4 } }, dead.fifo: { fifo: true } }\n${PARTIES.replaceAll('jobs', 'jobs.fifo')}`;
    const order = 'Order: within each message group, that of their arrival. While one of a group is handed out and not acknowledged, none behind it is. Between groups: not promised.';
    const window = 'Deduplication: a send with the id of one that was accepted in the queue less than 5min before is answered with success, and stores nothing. Later than that it stores another message.';
    expect(wordsOf('jobs.fifo', text)).toEqual([
      LEASED, `${order} A message that moves to the dead-letter queue leaves its place: those behind it go on without it.`, `${window} A send without an id has that of its body.`,
      'Dead letters: after 4 receives the next one moves the message to dead.fifo.', 'Retention: a message that was sent more than 4d ago is dropped, whoever has it.', PLAIN,
    ]);
    expect(wordsOf('dead.fifo', text)).toEqual([
      LEASED, order, window, 'Dead letters: none. A message that always fails is handed out until its retention ends.',
      'Retention: a message that was sent, or moved here as a dead letter, more than 4d ago is dropped, whoever has it.', 'Effects: nobody consumes this queue.',
    ]);
  });
});

describe('the words for a queue that pushes', () => {
  it('classic: no lease, age, lengths and what gives way, dead letters, the end of the queue', () => {
    expect(wordsOf('jobs', rabbitmq(`{ messageTtl: 5s, maxLength: 100, maxLengthBytes: 1MiB, ${POISON}, expires: 1h }`))).toEqual([
      HELD, 'Order: messages are first handed out as they arrived; what comes back stands where it stood.',
      'Time to live: a message may be handed out for 5s. After that it is dead-lettered, once it stands at the head.',
      'Length: 100 ready messages, and 1,048,576 bytes of them at most. Beyond that the oldest is dead-lettered, although it was confirmed (drop-head).',
      'Delivery limit: none. A message that always fails and is given back comes again without end.',
      'Dead letters: what is rejected for good, expired or is too much for the length is published to the default exchange with the key dead. At most once: it is gone from here first, and lost where no queue takes it.',
      'Expiry: the queue goes, with what is in it, when it was not used for 1h.', PLAIN,
    ]);
  });

  it('classic without an exchange for dead letters: what is refused, and what is dropped', () => {
    expect(wordsOf('jobs', rabbitmq('{ maxLength: 100, overflow: reject-publish, maxPriority: 5, durable: false, autoDelete: true }'))).toEqual([
      HELD, 'Order: by priority, from 5 down to 0. Within one, messages are first handed out as they arrived; what comes back stands where it stood.', 'Time to live: none. No message is too old.',
      'Length: 100 ready messages at most. What is published then is refused, and not stored (reject-publish); publishers with confirms hear of it.',
      'Delivery limit: none. A message that always fails and is given back comes again without end.', 'Dead letters: none. What is rejected for good is dropped.',
      'Restart: the queue is not durable. A restart of the broker takes what is in it.', 'Auto-delete: the queue goes, with what is in it, when the last of its consumers does.', PLAIN,
    ]);
  });

  it('quorum with an exchange for dead letters: the delivery limit, and how often a dead letter arrives', () => {
    const letters = 'Dead letters: what is rejected for good or came back too often is published to the default exchange with the key dead.';
    const words = (queue: string): string[] => wordsOf('jobs', rabbitmq(queue));
    expect(words(`{ type: quorum, ${POISON}, overflow: reject-publish, deadLetterStrategy: at-least-once }`)).toEqual([
      HELD, RETURNS, 'Time to live: none. No message is too old.', 'Delivery limit: a message that came back more than 20 times is dead-lettered.',
      `${letters} At least once: it stays here until each queue that it goes to has confirmed it.`, PLAIN,
    ]);
    expect(words(`{ type: quorum, ${POISON} }`)).toContain(`${letters} At most once: it is gone from here first, and lost where no queue takes it.`);
  });

  it('quorum without one: what came back too often is dropped', () => {
    expect(wordsOf('jobs', rabbitmq('{ type: quorum, deliveryLimit: 3 }'))).toEqual([
      HELD, RETURNS, 'Time to live: none. No message is too old.',
      'Delivery limit: a message that came back more than 3 times is dropped, although it was confirmed: there is no dead-letter exchange.',
      'Dead letters: none. What is rejected for good or came back too often is dropped.', PLAIN,
    ]);
  });

  it('automatic acknowledgement: at most once', () => {
    expect(wordsOf('jobs', rabbitmq('{}', PARTIES.replace('{ queue: jobs }', '{ queue: jobs, acknowledge: automatic }')))).toEqual([
      'Deliveries: at most once. A message is taken for acknowledged when it is sent: what its consumer did not handle, because it or its connection failed, is lost.',
      'Order: messages are first handed out as they arrived; what comes back stands where it stood.', 'Time to live: none. No message is too old.',
      'Dead letters: none. Nothing leaves it but to its consumers.',
      'Effects: at most once for each stored copy, so some may be missing. A handler here is ack-first: it acknowledges, then has the effect; after a crash between the two there is no redelivery.',
    ]);
  });

  it('policies count: the limit that one sets is said', () => {
    expect(wordsOf('jobs', rabbitmq('{}', `policies: { short: { pattern: "^jobs$", maxLength: 7 } }\n${PARTIES}`)))
      .toContain('Length: 7 ready messages at most. Beyond that the oldest is dropped, although it was confirmed (drop-head).');
  });
});

describe('the promises of a scenario', () => {
  it('are those that concern it', () => {
    const quorum = promisesOf(rabbitmq('{ type: quorum }'));
    expect(quorum).toEqual(expect.arrayContaining(['no-phantom', 'prefetch-bound', 'at-most-once-effects', 'max-deliveries']));
    for (const other of ['lease-cap', 'longpoll-contract', 'group-head-blocks', 'fair-dwell', 'extend-from-now', 'inflight-cap', 'dlq-identity', 'priority-respected']) expect(quorum).not.toContain(other);
    expect(promisesOf(rabbitmq('{}'))).not.toContain('max-deliveries');
    const standard = promisesOf(`name: demo\nqueues: { jobs: {} }\n${PARTIES}`);
    expect(standard).toContain('longpoll-contract');
    for (const other of ['group-fifo', 'prefetch-bound', 'dlq-exact-trigger']) expect(standard).not.toContain(other);
  });
});

describe('the words for acknowledged sends', () => {
  const flat = (text: string): string => rendered(text).replace(/\s+/g, ' ');

  it('are those of each row that some sends come under: by the type of the queue, its durability, persistence, and confirms', () => {
    const text = flat(`name: demo
personality: rabbitmq
queues: { jobs: {}, loose: { durable: false }, vault: { type: quorum } }
producers: { web: { queue: jobs, rate: 1/s }, gauge: { queue: jobs, rate: 1/s, persistent: false }, probe: { queue: vault, rate: 1/s, persistent: false }, clerk: { queue: loose, rate: 1/s }, meter: { queue: vault, rate: 1/s, confirm: false } }
consumers: { worker: { queue: jobs } }
`);
    expect(text).toContain('RabbitMQ classic queue, durable, persistent messages, confirms, flush: always (from web to jobs): kept after crash, pause, slow-down, power-loss,');
    expect(text).toContain('RabbitMQ classic queue, messages with persistent: false (from gauge to jobs): may be lost after crash, power-loss, disk-replace, disk-full, disk-error, fsync-failure, misdirected-write, bit-rot A transient message is confirmed');
    expect(text).toContain('RabbitMQ classic queue, durable: false (from clerk to loose): may be lost after crash,');
    expect(text).toContain('RabbitMQ quorum queue, one member, confirms, flush: always (from probe to vault): kept after crash,');
    expect(text).toContain('RabbitMQ, any queue, publishes with confirm: false (from meter to vault): may be lost after crash,');
  });

  it('say of RabbitMQ that a publish without a queue is confirmed and dropped, and nothing of the kind of SQS', () => {
    const sentence = 'That a publish which no queue is bound for is kept: it is confirmed and dropped';
    expect(flat(rabbitmq('{}'))).toContain(sentence);
    expect(flat(`name: demo\nqueues: { jobs: {} }\n${PARTIES}`)).not.toContain(sentence);
  });
});
