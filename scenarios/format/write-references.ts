import { quoted } from './printable.js';
import { asList, asRecord, asText } from './raw.js';
import type { Report } from './report.js';

/** The kinds of handlers that a setting is for. */
const KINDS_OF: Readonly<Record<string, readonly string[]>> = { memory: ['idempotent'], keys: ['upsert'], transaction: ['inbox'], noteTime: ['idempotent', 'inbox'] };

/** Whether programs take the steps after which they are killed, and settings of outboxes and handlers have something to set. */
export function checkWrites(raw: unknown, report: Report): void {
  for (const [name, value] of Object.entries(asRecord(asRecord(raw)['producers']))) checkProducer(name, asRecord(value), report);
  for (const [name, value] of Object.entries(asRecord(asRecord(raw)['consumers']))) {
    const handler = asRecord(asRecord(value)['handler']);
    checkConsumer(name, handler, asRecord(value), report);
    for (const [key, kinds] of Object.entries(KINDS_OF)) {
      if (handler[key] === undefined || kinds.includes(String(handler['kind'])) || isDefault(key, handler[key])) continue;
      report(['consumers', name, 'handler', key], 'key', {
        code: 'QL_SCENARIO_CONFLICT', message: `${quoted(key)} says nothing of a handler that is ${asText(handler['kind']) ?? 'plain'}.`, expected: kinds.map((kind) => `\`kind: ${kind}\``).join(' or '),
      });
    }
  }
}

/** Only an inbox has a transaction to die in, and only one that is written apart a note to die after. */
function checkConsumer(name: string, handler: Readonly<Record<string, unknown>>, consumer: Readonly<Record<string, unknown>>, report: Report): void {
  const kind = asText(handler['kind']) ?? 'plain';
  const transaction = asText(handler['transaction']) ?? DEFAULTS.transaction;
  for (const [index, crash] of asList(consumer['crashes']).entries()) {
    const after = asText(asRecord(crash)['after']);
    if (after === 'acknowledged' && asText(consumer['acknowledge']) === 'automatic') {
      report(['consumers', name, 'crashes', index, 'after'], 'value', {
        code: 'QL_SCENARIO_CONFLICT', message: 'A consumer with `acknowledge: automatic` acknowledges nothing.', expected: '`acknowledge: manual` or `batched`, or another step',
      });
      continue;
    }
    const isInbox = kind === 'inbox';
    if (after === 'noted' ? isInbox && transaction === 'apart' : after !== 'effect-written' || isInbox) continue;
    report(['consumers', name, 'crashes', index, 'after'], 'value', {
      code: 'QL_SCENARIO_CONFLICT', message: `A handler that is ${kind}${isInbox ? ` with \`transaction: ${transaction}\`` : ''} never comes to ${quoted(after ?? '')}.`,
      expected: after === 'noted' ? '`kind: inbox` with `transaction: apart`' : '`kind: inbox`',
    });
  }
}

const DEFAULTS = { memory: 'unlimited', keys: 'message', transaction: 'together', noteTime: '1ms' } as const;
const isDefault = (key: string, value: unknown): boolean => DEFAULTS[key as keyof typeof DEFAULTS] === value;

function checkProducer(name: string, producer: Readonly<Record<string, unknown>>, report: Report): void {
  const write = asText(producer['write']) ?? 'message';
  for (const [index, crash] of asList(producer['crashes']).entries()) {
    const after = asText(asRecord(crash)['after']);
    const needs = after === 'marked' ? 'outbox' : 'a row';
    if (after === 'marked' ? write === 'outbox' : after !== 'row-committed' || write !== 'message') continue;
    report(['producers', name, 'crashes', index, 'after'], 'value', {
      code: 'QL_SCENARIO_CONFLICT', message: `A producer with \`write: ${write}\` never comes to ${quoted(after ?? '')}.`,
      expected: needs === 'outbox' ? '`write: outbox`' : 'a `write` that commits rows',
    });
  }
}
