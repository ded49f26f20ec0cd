import { asRecord } from './raw.js';
import type { Report } from './report.js';

/** A consumer's buffer that one batch does not fit into would never be filled. */
export function checkBuffers(raw: unknown, report: Report): void {
  for (const [name, value] of Object.entries(asRecord(asRecord(raw)['consumers']))) {
    const { buffer, batchSize = 1 } = asRecord(value);
    if (buffer === undefined || buffer === 'none' || !(Number(buffer) < Number(batchSize))) continue;
    report(['consumers', name, 'buffer'], 'value', {
      code: 'QL_SCENARIO_CONFLICT', message: `A batch of ${Number(batchSize)} does not fit into a buffer of ${Number(buffer)}.`, expected: 'a `buffer` of at least `batchSize`',
    });
  }
}
