import { personalityIn } from './personality-keys.js';
import { asRecord } from './raw.js';
import type { Report } from './report.js';

/** RabbitMQ throttles connections and not requests: no answer of it would ever slow a client down. */
export function checkRetries(raw: unknown, report: Report): void {
  if (personalityIn(raw) !== 'rabbitmq') return;
  for (const section of ['producers', 'consumers']) {
    for (const [name, client] of Object.entries(asRecord(asRecord(raw)[section]))) {
      const { mode, pace } = asRecord(asRecord(client)['retry']);
      if (mode !== 'adaptive' && pace !== 'adaptive') continue;
      report([section, name, 'retry', mode === 'adaptive' ? 'mode' : 'pace'], 'value', {
        code: 'QL_SCENARIO_CONFLICT', message: 'A client of RabbitMQ hears of no throttling that it could adapt to.', expected: '`mode: standard`, or `personality: sqs`',
      });
    }
  }
}
