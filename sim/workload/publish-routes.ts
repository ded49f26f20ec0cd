import type { PublishProperties, PublishRoute } from '../../engine/index.js';
import type { PublishSettings } from './settings.js';

const MICROS_PER_MILLI = 1_000;

/** Where and how a producer's messages are published: one route for each routing key, made once. */
export class PublishRoutes {
  readonly #routes: readonly PublishRoute[];

  constructor({ exchange, routingKeys, headers, persistent, priority, expirationMicros, cc = [], bcc = [] }: PublishSettings) {
    const properties: PublishProperties = {
      headers, persistent, ...(cc.length === 0 ? {} : { cc }), ...(bcc.length === 0 ? {} : { bcc }), ...(priority === null ? {} : { priority }),
      ...(expirationMicros === null ? {} : { expiration: String(Math.floor(expirationMicros / MICROS_PER_MILLI)) }),
    };
    this.#routes = routingKeys.map((routingKey) => ({ exchange, routingKey, properties }));
  }

  /** Of the n-th message, from 1. */
  of(number: number): PublishRoute {
    return this.#routes[(number - 1) % this.#routes.length]!;
  }
}
