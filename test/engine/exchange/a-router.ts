import { type ExchangeSettings, type ExchangeType, type Headers, Router } from '../../../engine/exchange/index.js';

export const settingsOf = (type: ExchangeType, changes: Partial<ExchangeSettings> = {}): ExchangeSettings =>
  ({ type, durable: true, autoDelete: false, internal: false, alternateExchange: null, ...changes });

/** A router with a few exchanges of its own, whose queues are known by their names. */
export function aRouter(): Router<string> {
  return new Router<string>({ predeclared: { '': settingsOf('direct'), 'amq.topic': settingsOf('topic') }, reservedPrefix: 'amq.' });
}

/** The queues that a message reaches, sorted. */
export function reached(router: Router<string>, exchange: string, key: string | readonly string[], headers: Headers = {}): string[] {
  const queues: string[] = [];
  const count = router.route(exchange, typeof key === 'string' ? [key] : key, headers, (queue) => queues.push(queue));
  if (count !== queues.length) throw new Error('the count is not that of the queues');
  return queues.sort();
}

/** Binds a queue, which is made if it is not there. */
export function bindQueue(router: Router<string>, source: string, queue: string, key = '', args: Headers = {}): void {
  router.addQueue(queue, queue);
  router.bind({ source, target: { kind: 'queue', name: queue }, key, arguments: args });
}
