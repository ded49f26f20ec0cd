/** Who sets these limits, as messages say it. */
export const RABBITMQ = 'a limit of RabbitMQ';

/** Durations are whole milliseconds, and not more than 2^32 - 1 of them. */
export const MILLISECONDS = { max: 4_294_967_295_000, step: 1_000, because: RABBITMQ } as const;
