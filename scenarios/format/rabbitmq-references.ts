import { nearest } from './nearest.js';
import type { Path } from './node-at.js';
import { quoted } from './printable.js';
import { asList, asRecord, asText } from './raw.js';
import type { Report } from './report.js';
import { personalityIn } from './personality-keys.js';

const CONFLICT = 'QL_SCENARIO_CONFLICT';
/** What is there without being said. */
const PREDECLARED = ['amq.direct', 'amq.fanout', 'amq.topic', 'amq.headers', 'amq.match'];

/** Whether exchanges, bindings, and who sends where, fit together. */
export function checkRabbitmq(raw: unknown, report: Report): void {
  if (personalityIn(raw) !== 'rabbitmq') return;
  const exchanges = asRecord(asRecord(raw)['exchanges']);
  const queues = Object.keys(asRecord(asRecord(raw)['queues']));
  const known = [...Object.keys(exchanges), ...PREDECLARED];
  const check = (path: Path, value: unknown, names: readonly string[], what: string): void => {
    const name = asText(value);
    if (name === null || names.includes(name)) return;
    report(path, 'value', {
      code: what === 'queue' ? 'QL_SCENARIO_UNKNOWN_QUEUE' : CONFLICT, message: `There is no ${what} ${quoted(name)}.`,
      expected: names.length === 0 ? `a ${what} of the scenario` : `one of ${names.join(', ')}`, nearest: nearest(name, [...names]),
    });
  };
  for (const [name, value] of Object.entries(exchanges)) {
    const exchange = asRecord(value);
    check(['exchanges', name, 'alternate'], exchange['alternate'], known, 'exchange');
    for (const [index, entry] of asList(exchange['bindings']).entries()) {
      const binding = asRecord(entry);
      check(['exchanges', name, 'bindings', index, 'queue'], binding['queue'], queues, 'queue');
      check(['exchanges', name, 'bindings', index, 'exchange'], binding['exchange'], known, 'exchange');
      if ((binding['queue'] === undefined) === (binding['exchange'] === undefined)) {
        report(['exchanges', name, 'bindings', index], 'around', { code: CONFLICT, message: 'A binding leads to a queue or to an exchange.', expected: 'either `queue` or `exchange`' });
      }
    }
  }
  for (const [name, producer] of Object.entries(asRecord(asRecord(raw)['producers']))) {
    const { exchange, write, confirm } = asRecord(producer);
    check(['producers', name, 'exchange'], exchange, known, 'exchange');
    if (write === 'outbox' && confirm === false) {
      report(['producers', name, 'confirm'], 'key', { code: CONFLICT, message: 'The relay of an outbox marks what was confirmed: without confirms it would publish the same for ever.', expected: 'no `confirm: false`, or a `transaction`' });
    }
  }
  checkQueues(asRecord(asRecord(raw)['queues']), String(asRecord(raw)['version']), report);
}

function checkQueues(queues: Readonly<Record<string, unknown>>, version: string, report: Report): void {
  for (const [name, value] of Object.entries(queues)) {
    const queue = asRecord(value);
    const isQuorum = queue['type'] === 'quorum';
    const conflict = (key: string, message: string, expected: string): void => report(['queues', name, key], 'key', { code: CONFLICT, message, expected });
    if (isQuorum && queue['maxPriority'] !== undefined) conflict('maxPriority', 'A quorum queue has priorities of its own.', 'a classic queue, or no `maxPriority`');
    if (isQuorum && queue['overflow'] === 'reject-publish-dlx') conflict('overflow', 'A quorum queue cannot reject-publish-dlx.', 'drop-head or reject-publish');
    if (!isQuorum && queue['durable'] === false && queue['exclusive'] !== true && version === '4.3') conflict('durable', 'Version 4.3 refuses transient queues that are not exclusive.', 'a durable queue, or an earlier version');
    if (isQuorum && queue['exclusive'] === true) conflict('exclusive', 'A quorum queue is nobody\'s own.', 'a classic queue');
    if (isQuorum && queue['durable'] === false) conflict('durable', 'A quorum queue is durable.', 'a classic queue');
    if (!isQuorum && queue['deadLetterStrategy'] !== undefined) conflict('deadLetterStrategy', 'A classic queue dead-letters at most once.', '`type: quorum`');
    if (queue['deadLetterStrategy'] !== undefined && queue['deadLetterExchange'] === undefined) {
      conflict('deadLetterStrategy', 'There is a strategy for dead letters and no exchange.', 'a `deadLetterExchange`');
    }
    if (queue['consumerTimeout'] !== undefined && version === '3.10') conflict('consumerTimeout', 'Queues say this from version 3.12 on.', '`consumerTimeout` of the scenario, or a later version');
    if (!isQuorum && queue['consumerTimeout'] !== undefined && version === '4.3') conflict('consumerTimeout', 'From version 4.3 on quorum queues alone have a consumer timeout.', '`type: quorum`');
    if (queue['consumerTimeout'] === 'never' && version === '4.3') conflict('consumerTimeout', 'From version 4.3 on a queue cannot say that there is no timeout.', 'a duration');
    if (queue['delayedRetry'] !== undefined && (!isQuorum || version !== '4.3')) conflict('delayedRetry', 'Delayed retry is for quorum queues from version 4.3 on.', '`version: 4.3` and `type: quorum`');
    if (!isQuorum && queue['deliveryLimit'] !== undefined) conflict('deliveryLimit', 'A classic queue has no delivery limit.', '`type: quorum`');
    if (queue['deadLetterRoutingKey'] !== undefined && queue['deadLetterExchange'] === undefined) {
      conflict('deadLetterRoutingKey', 'There is a routing key for dead letters and no exchange.', 'a `deadLetterExchange`');
    }
  }
}
