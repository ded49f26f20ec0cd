import type { PushTerms } from '../../scenarios/index.js';
import { counted, formatCount, formatDuration } from '../words/numbers.js';

/** What a queue promises that pushes its messages to consumers (RabbitMQ), a sentence or two for each point. */
export function pushWords(terms: PushTerms): string[] {
  return [
    ...deliveryWords(terms),
    orderWords(terms),
    ...limitWords(terms),
    ...deliveryLimitWords(terms),
    deadLetterWords(terms),
    ...lifeWords(terms),
    ...(terms.mayChange ? ['An operator changes policies during the run: what is said here holds as long as none of them is for this queue.'] : []),
  ];
}

function deliveryWords({ automatic, consumerTimeoutMicros, ownTimeouts, onConsumerTimeout, isSingleActive }: PushTerms): string[] {
  const held = 'There is no lease: whoever was sent a message holds it until it acknowledges it, gives it back, or its channel ends. What was not acknowledged then is handed out again.';
  const timeout = onConsumerTimeout === 'close-channel' ? 'closes its channel' : 'ends its consumer';
  const late = consumerTimeoutMicros === null ? '' : ` A delivery that goes without an acknowledgement for ${formatDuration(consumerTimeoutMicros)}${ownTimeouts ? ', or for as long as its consumer says,' : ''} ${timeout}.`;
  const lost = 'taken for acknowledged when it is sent: what its consumer did not handle, because it or its connection failed, is lost';
  const active = isSingleActive ? ['Consumers: a single active one gets everything; the next follows when it goes.'] : [];
  if (automatic === 'all') return [`Deliveries: at most once. A message is ${lost}.`, ...active];
  const some = automatic === 'some' ? ` To consumers with automatic acknowledgement it is at most once: a message is ${lost}.` : '';
  return [`Deliveries: at least once. ${held}${late}${some}`, ...active];
}

function orderWords({ type, requeue, priorities, maxPriority, deliveryLimit }: PushTerms): string {
  const back = requeue === 'original' ? 'what comes back stands where it stood'
    : deliveryLimit === null ? 'what is given back goes to the tail, without its priority' : 'what comes back is in a line of its own, which is served first';
  const arrival = `messages are first handed out as they arrived; ${back}`;
  if (type === 'classic' && maxPriority !== null) return `Order: by priority, from ${maxPriority} down to 0. Within one, ${arrival}.`;
  if (priorities === 'strict') return `Order: by priority, from 31 down to 0. Within one, ${arrival}.`;
  if (priorities === 'two-to-one') return `Order: ${arrival}. Those of priority 5 and more come before the others, but each third turn goes to whichever is older.`;
  return `Order: ${arrival}.`;
}

const mayExpire = ({ messageTtlMicros, takesExpirations }: PushTerms): boolean => messageTtlMicros !== null || takesExpirations;
const hasLimit = ({ maxLength, maxLengthBytes }: PushTerms): boolean => maxLength !== null || maxLengthBytes !== null;
const fate = ({ deadLetterExchange }: PushTerms): string => (deadLetterExchange === null ? 'dropped' : 'dead-lettered');

/** Age and length. */
function limitWords(terms: PushTerms): string[] {
  const { messageTtlMicros, takesExpirations, maxLength, maxLengthBytes } = terms;
  const own = takesExpirations ? (messageTtlMicros === null ? 'as long as its publisher said' : ', or less where its publisher said so') : '';
  const time = messageTtlMicros === null ? own : `for ${formatDuration(messageTtlMicros)}${own}`;
  const most = [...(maxLength === null ? [] : [counted(maxLength, 'ready message')]), ...(maxLengthBytes === null ? [] : [`${formatCount(maxLengthBytes)} bytes of them`])].join(', and ');
  return [
    mayExpire(terms)
      ? `Time to live: a message may be handed out ${time}. After that it is ${fate(terms)}, once it stands at the head.`
      : 'Time to live: none. No message is too old.',
    ...(hasLimit(terms) ? [`Length: ${most} at most. ${overflowWords(terms)}`] : []),
  ];
}

function overflowWords(terms: PushTerms): string {
  const { overflow, type } = terms;
  if (overflow === 'drop-head') return `Beyond that the oldest is ${fate(terms)}, although it was confirmed (drop-head).`;
  const late = type === 'quorum' ? ' What is under way by then is still taken.' : '';
  const letter = overflow === 'reject-publish-dlx' && terms.deadLetterExchange !== null ? ' and dead-lettered' : '';
  return `What is published then is refused${letter}, and not stored (${overflow}); publishers with confirms hear of it.${late}`;
}

function deliveryLimitWords(terms: PushTerms): string[] {
  const { type, deliveryLimit, deadLetterExchange, countedReturns, automatic } = terms;
  if (automatic === 'all') return [];
  if (type === 'classic' || deliveryLimit === null) return ['Delivery limit: none. A message that always fails and is given back comes again without end.'];
  const counts = countedReturns === 'failed' ? ' What is given back by basic.nack does not count.' : '';
  const end = deadLetterExchange === null ? 'dropped, although it was confirmed: there is no dead-letter exchange' : 'dead-lettered';
  return [`Delivery limit: a message that came back more than ${counted(deliveryLimit, 'time')} is ${end}.${counts}`];
}

function deadLetterWords(terms: PushTerms): string {
  const { deadLetterExchange, deadLetterRoutingKey, type, deliveryLimit, overflow, automatic } = terms;
  const reasons = [
    ...(automatic === 'all' ? [] : ['is rejected for good']), ...(mayExpire(terms) ? ['expired'] : []), ...(hasLimit(terms) && overflow !== 'reject-publish' ? ['is too much for the length'] : []),
    ...(type === 'quorum' && deliveryLimit !== null && automatic !== 'all' ? ['came back too often'] : []),
  ];
  if (reasons.length === 0) return 'Dead letters: none. Nothing leaves it but to its consumers.';
  const what = reasons.length === 1 ? reasons[0]! : `${reasons.slice(0, -1).join(', ')} or ${reasons.at(-1)!}`;
  if (deadLetterExchange === null) return `Dead letters: none. What ${what} is dropped.`;
  const exchange = deadLetterExchange === '' ? 'the default exchange' : `the exchange ${deadLetterExchange}`;
  const key = deadLetterRoutingKey === null ? 'the keys it was published with' : `the key ${deadLetterRoutingKey}`;
  return `Dead letters: what ${what} is published to ${exchange} with ${key}. ${strategyWords(terms)}`;
}

/** Where the head is dropped the strategy at-least-once has no effect. */
function strategyWords({ type, deadLetterStrategy = 'at-most-once', overflow }: PushTerms): string {
  return type === 'quorum' && deadLetterStrategy === 'at-least-once' && overflow === 'reject-publish'
    ? 'At least once: it stays here until each queue that it goes to has confirmed it.'
    : 'At most once: it is gone from here first, and lost where no queue takes it.';
}

/** The queue itself. */
function lifeWords({ isDurable, isExclusive = false, expiresMicros, autoDelete }: PushTerms): string[] {
  return [
    ...(isDurable ? [] : ['Restart: the queue is not durable. A restart of the broker takes what is in it.']),
    ...(expiresMicros === null ? [] : [`Expiry: the queue goes, with what is in it, when it was not used for ${formatDuration(expiresMicros)}.`]),
    ...(isExclusive ? ['Exclusive: the queue is one connection\'s own, and goes, with what is in it, when that ends. Nobody else may use it (405 RESOURCE_LOCKED).'] : []),
    ...(autoDelete ? ['Auto-delete: the queue goes, with what is in it, when the last of its consumers does.'] : []),
  ];
}
