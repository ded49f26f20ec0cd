import type { Path } from './node-at.js';
import { formatDuration } from './quantities/index.js';
import { asList, asMicros, asRecord, type Raw } from './raw.js';
import type { Report } from './report.js';
import { DEFAULT_DURATION } from './schema/scenario-schema.js';

/** Settings that say how sends are drawn. */
const DRAWN = ['rate', 'interval', 'start', 'messages'] as const;

/** Whether producers that list their sends say nothing else of them, and could send each. */
export function checkListedSends(raw: unknown, report: Report): void {
  for (const [name, entry] of Object.entries(asRecord(asRecord(raw)['producers']))) {
    const producer = asRecord(entry);
    if (producer['sends'] !== undefined) checkProducer(raw, producer, ['producers', name], report);
  }
}

function checkProducer(raw: unknown, producer: Raw, path: Path, report: Report): void {
  for (const key of DRAWN) {
    if (producer[key] === undefined) continue;
    const message = `${path.join('.')} lists its sends: ${key} has nothing to say.`;
    report([...path, key], 'key', { code: 'QL_SCENARIO_CONFLICT', message, expected: 'either `sends`, or `rate` or `interval` and what goes with them' });
  }
  checkSizes(producer, path, report);
  checkTimes(raw, producer, path, report);
}

function checkSizes(producer: Raw, path: Path, report: Report): void {
  const { size, sends } = producer;
  if (typeof size !== 'string' || !size.includes('(') || asList(sends).every((send) => asRecord(send)['size'] !== undefined)) return;
  report([...path, 'size'], 'value', {
    code: 'QL_SCENARIO_CONFLICT',
    message: 'Listed sends have sizes that are not drawn.',
    expected: 'one size, or a `size` with each of `sends`',
  });
}

function checkTimes(raw: unknown, producer: Raw, path: Path, report: Report): void {
  const durationMicros = asMicros(asRecord(raw)['duration'] ?? DEFAULT_DURATION);
  if (durationMicros === null || durationMicros === 0) return;
  for (const [index, send] of asList(producer['sends']).entries()) {
    const atMicros = asMicros(asRecord(send)['at']);
    if (atMicros === null || atMicros < durationMicros) continue;
    report([...path, 'sends', index, 'at'], 'value', {
      code: 'QL_SCENARIO_BAD_VALUE',
      message: `This would never be sent: the scenario stops its producers after ${formatDuration(durationMicros)}.`,
      expected: 'a time before `duration`',
    });
  }
}
