import type { Policy, PolicyDefinition } from '../../engine/index.js';

const MICROS_PER_MILLI = 1_000;

/** As RabbitMQ's policies call what the engine's do. */
const NAMES: Readonly<Record<keyof PolicyDefinition, string>> = {
  messageTtlMicros: 'message-ttl', expiresMicros: 'expires', maxLength: 'max-length', maxLengthBytes: 'max-length-bytes', overflow: 'overflow', deadLetterExchange: 'dead-letter-exchange',
  deadLetterRoutingKey: 'dead-letter-routing-key', deadLetterStrategy: 'dead-letter-strategy', deliveryLimit: 'delivery-limit', consumerTimeoutMicros: 'consumer-timeout', alternateExchange: 'alternate-exchange',
};

/** The management interface of a server, as far as policies go. */
export class Management {
  readonly #url: string;
  readonly #authorization = `Basic ${Buffer.from('guest:guest').toString('base64')}`;

  constructor(url: string) {
    this.#url = url;
  }

  /** False: it is refused. */
  async setPolicy({ name, pattern, applyTo, priority, definition, isOperator }: Policy): Promise<boolean> {
    const said = Object.entries(definition).map(([key, value]) => [NAMES[key as keyof PolicyDefinition], key.endsWith('Micros') ? Number(value) / MICROS_PER_MILLI : value]);
    const body = JSON.stringify({ pattern, 'apply-to': applyTo, priority, definition: Object.fromEntries(said) });
    return (await this.#ask('PUT', name, isOperator, body)).ok;
  }

  /** False: there is none. */
  async clearPolicy(name: string, isOperator: boolean): Promise<boolean> {
    return (await this.#ask('DELETE', name, isOperator)).ok;
  }

  async #ask(method: string, name: string, isOperator: boolean, body?: string): Promise<Response> {
    const url = `${this.#url}/api/${isOperator ? 'operator-policies' : 'policies'}/%2F/${encodeURIComponent(name)}`;
    return fetch(url, { method, headers: { authorization: this.#authorization, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body }) });
  }
}
