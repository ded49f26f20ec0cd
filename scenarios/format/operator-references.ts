import { CONFIGURABLE } from './build-operators.js';
import { nearest } from './nearest.js';
import type { Path } from './node-at.js';
import { personalityIn } from './personality-keys.js';
import { quoted } from './printable.js';
import { formatDuration } from './quantities/index.js';
import { asList, asMicros, asRecord, asText, type Raw } from './raw.js';
import type { Report } from './report.js';
import { DEFAULT_DURATION } from './schema/scenario-schema.js';


/** Whether each operator speaks of queues that are there, and each of its actions is done at one time, within the run. */
export function checkOperators(raw: unknown, report: Report): void {
  const { queues, operators, duration } = asRecord(raw);
  const names = Object.keys(asRecord(queues));
  const targets = new Set(names.map((name) => asText(asRecord(asRecord(asRecord(queues)[name])['deadLetter'])['queue'])));
  const durationMicros = asMicros(duration ?? DEFAULT_DURATION);
  for (const [operator, entry] of Object.entries(asRecord(operators))) {
    const { watch, actions } = asRecord(entry);
    const path: Path = ['operators', operator];
    checkQueue([...path, 'watch', 'queue'], asRecord(watch)['queue'], names, report);
    for (const [index, action] of asList(actions).entries()) {
      const at: Path = [...path, 'actions', index];
      const said = asRecord(action);
      for (const key of ['queue', 'to']) checkQueue([...at, key], said[key], names, report);
      checkTime(said, at, watch !== undefined, durationMicros, report);
      checkDeed(said, at, personalityIn(raw), report);
      if (said['do'] === 'redrive' || said['do'] === 'cancel-redrive') checkSource(said, at, names, targets, report);
      if (said['do'] === 'configure') checkSettings(said, at, report);
    }
  }
}

const DEEDS: Readonly<Record<string, readonly string[]>> = { sqs: ['redrive', 'cancel-redrive', 'purge', 'configure'], rabbitmq: ['purge', 'set-policy', 'clear-policy'] };

/** What one system's operators can do another's cannot. */
function checkDeed({ do: deed }: Raw, path: Path, personality: string, report: Report): void {
  const known = DEEDS[personality]!;
  const said = asText(deed);
  if (said === null || known.includes(said) || !Object.values(DEEDS).some((deeds) => deeds.includes(said))) return;
  report([...path, 'do'], 'value', { code: 'QL_SCENARIO_CONFLICT', message: `Operators of ${personality} do not ${said}.`, expected: `one of ${known.join(', ')}` });
}

function checkQueue(path: Path, value: unknown, names: readonly string[], report: Report): void {
  const name = asText(value);
  if (name === null || names.includes(name)) return;
  report(path, 'value', {
    code: 'QL_SCENARIO_UNKNOWN_QUEUE', message: `There is no queue ${quoted(name)}.`, expected: `one of ${names.join(', ')}`, nearest: nearest(name, names),
  });
}

/** SQS: a message move task begins at a queue that some queue names as its dead-letter queue. */
function checkSource({ queue }: Raw, path: Path, names: readonly string[], targets: ReadonlySet<string | null>, report: Report): void {
  const name = asText(queue);
  if (name === null || !names.includes(name) || targets.has(name)) return;
  report([...path, 'queue'], 'value', {
    code: 'QL_SCENARIO_CONFLICT', message: `${quoted(name)} is the dead-letter queue of no queue, so nothing can be moved back from it.`, expected: 'a queue that some `deadLetter` names',
  });
}

function checkTime({ at, afterAlert }: Raw, path: Path, isWatching: boolean, durationMicros: number | null, report: Report): void {
  if ((at === undefined) === (afterAlert === undefined)) {
    report(at === undefined ? path : [...path, 'afterAlert'], at === undefined ? 'value' : 'key', {
      code: at === undefined ? 'QL_SCENARIO_MISSING_KEY' : 'QL_SCENARIO_CONFLICT',
      message: at === undefined ? 'This action does not say when it is done.' : 'This action says both at and afterAlert.', expected: 'either `at` or `afterAlert`',
    });
  }
  if (afterAlert !== undefined && !isWatching) {
    report([...path, 'afterAlert'], 'key', { code: 'QL_SCENARIO_CONFLICT', message: 'Nobody raises an alert: the operator watches no queue.', expected: '`watch` beside `actions`' });
  }
  const micros = asMicros(at);
  if (micros === null || durationMicros === null || micros < durationMicros) return;
  report([...path, 'at'], 'value', {
    code: 'QL_SCENARIO_BAD_VALUE', message: `This would be done when the scenario's duration of ${formatDuration(durationMicros)} is over.`, expected: 'a time before `duration`',
  });
}

/** Something must change. */
function checkSettings(action: Raw, path: Path, report: Report): void {
  if (CONFIGURABLE.some((key) => action[key] !== undefined)) return;
  report(path, 'value', { code: 'QL_SCENARIO_MISSING_KEY', message: 'This action changes nothing.', expected: `one of ${CONFIGURABLE.join(', ')}` });
}
