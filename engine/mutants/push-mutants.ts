import { defineMutants } from './mutant.js';

/** Whose turn it is of those who are pushed to, how long they may hold a message, and how long a queue is there. */
export const pushMutants = defineMutants([
  {
    name: 'consumer-priority-ignored', where: 'engine/broker/channel/consumers.ts', invariant: 'consumer-priority',
    mistake: 'Consumers of all priorities take turns.',
    source: 'An argument of basic.consume, `x-priority`, that is read as a text where a number was sent, and so as none.',
    needs: 'consumers of different priorities, and fewer messages than they have room for',
  },
  {
    name: 'channel-prefetch-ignored', where: 'engine/broker/channel/channel.ts', invariant: 'prefetch-bound',
    mistake: 'A prefetch for the channel as a whole is ignored: only that of each consumer counts.',
    source: 'The flag `global` of basic.qos, which RabbitMQ reads in another way than AMQP 0-9-1 says, and which versions that no longer permit it take for one of each consumer.',
    needs: 'a consumer whose channel has a smaller prefetch than itself, and more messages than that',
  },
  {
    name: 'exclusive-consumer-joined', where: 'engine/broker/channel/consumer-admission.ts', invariant: 'exclusive-consumer',
    mistake: 'A queue takes another consumer beside an exclusive one.',
    source: 'A check of who is there that is made before a registration which is under way has ended.',
    needs: 'a classic queue with an exclusive consumer, and another one',
  },
  {
    name: 'newest-follows', where: 'engine/broker/channel/consumers.ts', invariant: 'sac-one-active',
    mistake: 'When a single active consumer goes, the one that came last follows.',
    source: 'A list of those who wait to which the newest is added in front.',
    needs: 'a queue with a single active consumer, two others that wait, and an end of the active one',
  },
  {
    name: 'outranked-goes-on', where: 'engine/broker/channel/consumers.ts', invariant: 'sac-one-active',
    mistake: 'A single active consumer of a quorum queue is given messages as long as it holds some, though one of higher priority waits for its turn: under load it never gives way.',
    source: 'RabbitMQ quorum queues since 4.0 make it quiesce first: a takeover that only asks whether the active one is idle.',
    needs: 'a quorum queue with a single active consumer that is busy, and one of higher priority that comes later',
  },
  {
    name: 'consumer-timeout-not-restarted', where: 'engine/broker/channel/consumer-timeout.ts', invariant: 'consumer-timeout',
    mistake: 'The consumer timeout of a channel runs from its first delivery: acknowledgements do not begin it anew.',
    source: 'A timer that is armed once and not for each delivery (RabbitMQ: consumer_timeout, which is held against the oldest delivery that was not acknowledged).',
    needs: 'a channel that lives for longer than the consumer timeout and holds something then',
  },
  {
    name: 'consumer-timeout-looks-once', where: 'engine/broker/channel/consumer-timeout.ts', invariant: 'consumer-timeout',
    mistake: 'A channel is looked at a minute after a delivery, and not again before the next one: who holds one message for ever keeps it.',
    source: 'A timer that is not armed again when it finds nothing to do.',
    needs: 'consumers that hold messages for longer than the consumer timeout',
  },
  {
    name: 'nack-is-multiple', where: 'engine/broker/channel/channel.ts', invariant: 'lease-not-early', alsoCaughtBy: ['ack-carried-out'],
    mistake: 'A negative acknowledgement gives back everything up to its delivery tag, though it does not say `multiple`.',
    source: 'The flag `multiple` of basic.nack, which basic.reject does not have, read with the wrong default.',
    needs: 'consumers that work on several messages at a time and give some back',
  },
  {
    name: 'multiple-ignored', where: 'engine/broker/channel/channel.ts', invariant: 'ack-carried-out',
    mistake: 'An acknowledgement of several deliveries settles the last of them; the others stay with the channel, and come again when it ends.',
    source: 'The flag `multiple` of basic.ack that is not looked at.',
    needs: 'consumers that acknowledge several messages at once',
  },
  {
    name: 'deleted-with-first-consumer', where: 'engine/broker/channel/channel-node.ts', invariant: 'dropped-with-cause',
    mistake: 'An auto-delete queue goes when one of its consumers goes, though another is there.',
    source: 'AMQP 0-9-1: it goes with the last one; a flag for "has a consumer" instead of a count.',
    needs: 'an auto-delete queue with two consumers, of which one goes while messages wait',
  },
  {
    name: 'auto-delete-forgotten', where: 'engine/broker/channel/channel-node.ts', invariant: 'queue-lifetime',
    mistake: 'An auto-delete queue stays when its last consumer has gone.',
    source: 'Queues that are deleted where a consumer is cancelled, and not where its connection is lost.',
    needs: 'an auto-delete queue whose last consumer goes while messages wait',
  },
  {
    name: 'expires-at-second-look', where: 'engine/broker/channel/queue-expiry.ts', invariant: 'queue-lifetime',
    mistake: 'A queue that expires goes when a second look, its time later, finds it unused as the first did.',
    source: 'Expiry by mark and sweep with a period as long as what it measures: what is found marked goes, what is not is marked.',
    needs: 'a queue that expires, with messages in it, whose consumers have stopped',
  },
  {
    name: 'expired-from-the-middle', where: 'engine/queue/message-expiry.ts', invariant: 'expiry-at-head',
    mistake: 'A message leaves its queue when its time to live is over, wherever it stands.',
    source: 'What users expect of RabbitMQ, and what classic queues do not do: a timer for each message.',
    needs: 'a classic queue in which messages with a short time to live stand behind others with a long one',
  },
]);
