import type { QueueTerms, ScenarioContract } from '../../scenarios/index.js';
import { formatDuration } from '../words/numbers.js';

type DeadLetter = ScenarioContract['queues'][number]['deadLetter'];

/** What a queue promises whose consumers ask for messages and hold them until a deadline, a sentence or two for each point. */
export function queueWords(terms: QueueTerms, deadLetter: DeadLetter): string[] {
  const { visibilityTimeoutMicros, delayMicros } = terms;
  return [
    `Deliveries: at least once. A message that was handed out and is not acknowledged within its lease (${formatDuration(visibilityTimeoutMicros)}, unless the receive or an extension says otherwise) is handed out again.`,
    orderWords(terms, deadLetter),
    ...deduplicationWords(terms),
    deadLetter === null
      ? 'Dead letters: none. A message that always fails is handed out until its retention ends.'
      : `Dead letters: after ${deadLetter.maxReceiveCount} receives the next one moves the message to ${deadLetter.queue}.`,
    retentionWords(terms),
    ...(delayMicros === 0 ? [] : [`Delay: no message is handed out earlier than ${formatDuration(delayMicros)} after its send.`]),
  ];
}

function orderWords({ kind }: QueueTerms, deadLetter: DeadLetter): string {
  if (kind !== 'fifo') return 'Order: not promised.';
  const aside = deadLetter === null ? '' : ' A message that moves to the dead-letter queue leaves its place: those behind it go on without it.';
  return `Order: within each message group, that of their arrival. While one of a group is handed out and not acknowledged, none behind it is. Between groups: not promised.${aside}`;
}

function deduplicationWords({ deduplication }: QueueTerms): string[] {
  if (deduplication === null) return [];
  const { windowMicros, scope, ofBodies } = deduplication;
  const among = scope === 'queue' ? 'in the queue' : 'in the same message group';
  const without = ofBodies ? ' A send without an id has that of its body.' : '';
  return [`Deduplication: a send with the id of one that was accepted ${among} less than ${formatDuration(windowMicros)} before is answered with success, and stores nothing. Later than that it stores another message.${without}`];
}

/** SQS: in a FIFO dead-letter queue the age counts from the move. */
function retentionWords({ kind, retentionMicros, takesDeadLetters }: QueueTerms): string {
  const from = kind === 'fifo' && takesDeadLetters ? 'was sent, or moved here as a dead letter,' : 'was sent';
  return `Retention: a message that ${from} more than ${formatDuration(retentionMicros)} ago is dropped, whoever has it.`;
}
