/**
 * Where the time of a message goes, from the intended time of its send until its first handling that ends well, in the order in
 * which it goes there. Together they are the end-to-end latency, to the microsecond.
 */
export const stageMeanings = {
  producerWait: 'Waiting in the producer: from the intended time of the send until the first attempt leaves.',
  sendRetries: 'Lost to attempts to send that came to nothing: until the attempt leaves that is accepted.',
  network: 'Between the machines: of the send to the broker, and of the delivery to the consumer.',
  brokerWait: 'On the machine of the broker, until the process runs and a core is free.',
  brokerCpu: 'A core of the broker at work on the send.',
  delay: 'The delay that was asked for: nobody may receive the message yet.',
  queueWait: 'Ready in the queue, until the message is leased for the first time.',
  earlierDeliveries: 'Lost to deliveries that came to nothing: from the first lease to the one that is handled well.',
  disk: 'From the lease until the delivery leaves the broker: waiting for the journal, as its flush policy asks.',
  consumerWait: 'At the consumer, until it begins to handle the message.',
  handler: 'The handler at work.',
} as const;

export type StageName = keyof typeof stageMeanings;
export const STAGE_NAMES = Object.keys(stageMeanings) as readonly StageName[];
export const STAGES = STAGE_NAMES.length;

/** The numbers of the stages. */
export const Stage = Object.fromEntries(STAGE_NAMES.map((name, index) => [name, index])) as Readonly<Record<StageName, number>>;
