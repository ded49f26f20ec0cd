/** The systems of which the contracts speak, by their kinds of queues. `strict` is what queuelab's broker promises on one node. */
export const SYSTEMS = {
  'strict': { name: 'queuelab, strict queue', isSimulated: true },
  'sqs-standard': { name: 'SQS standard', isSimulated: true },
  'sqs-fifo': { name: 'SQS FIFO', isSimulated: true },
  'rabbitmq-classic': { name: 'RabbitMQ classic', isSimulated: true },
  'rabbitmq-quorum': { name: 'RabbitMQ quorum', isSimulated: true },
  'rabbitmq-stream': { name: 'RabbitMQ stream', isSimulated: false },
  'kafka-group': { name: 'Kafka consumer group', isSimulated: false },
  'kafka-share': { name: 'Kafka share group', isSimulated: false },
  'redis-streams': { name: 'Redis Streams', isSimulated: false },
} as const satisfies Readonly<Record<string, System>>;

export interface System {
  readonly name: string;
  readonly isSimulated: boolean;
}

export type SystemId = keyof typeof SYSTEMS;
export const SYSTEM_IDS = Object.keys(SYSTEMS) as readonly SystemId[];
