import { checkBuffers } from './buffer-references.js';
import { checkWrites } from './write-references.js';
import { checkPersonalityKeys, personalityIn } from './personality-keys.js';
import { checkQueueKinds } from './queue-kinds.js';
import { checkPolicies } from './policy-references.js';
import { checkRabbitmqClients } from './rabbitmq-client-references.js';
import { checkRabbitmq } from './rabbitmq-references.js';
import { nearest } from './nearest.js';
import type { Path } from './node-at.js';
import { quoted } from './printable.js';
import { MAX_MACHINES, type MachineGroup } from './machines.js';
import { asMicros, asRecord, asText } from './raw.js';
import { formatDuration } from './quantities/index.js';
import { checkRegions } from './region-references.js';
import { checkRetries } from './retry-references.js';
import type { Report } from './report.js';
import { DEFAULT_DURATION } from './schema/scenario-schema.js';

/**
 * What no single setting shows: whether its parts fit together. It reads the scenario before the schema accepted it, so
 * that a mistake in one place does not hide those in others.
 */
export function checkReferences(raw: unknown, groups: readonly MachineGroup[], report: Report): void {
  checkQueueReferences(raw, report);
  checkDeadLetterCycles(raw, report);
  checkPersonalityKeys(raw, report);
  if (personalityIn(raw) === 'sqs') checkQueueKinds(raw, report);
  checkRabbitmq(raw, report);
  checkRabbitmqClients(raw, report);
  checkPolicies(raw, report);
  checkDestinations(raw, report);
  checkArrivals(raw, report);
  checkStarts(raw, report);
  checkBuffers(raw, report);
  checkRetries(raw, report);
  checkWrites(raw, report);
  checkMachineNames(groups, report);
  checkRegions(raw, groups, report);
}

function checkQueueReferences(raw: unknown, report: Report): void {
  const queues = Object.keys(asRecord(asRecord(raw)['queues']));
  const check = (path: Path, value: unknown, possible = queues): void => {
    const name = asText(value);
    if (name === null || queues.includes(name)) return;
    const expected = possible.length === 0 ? 'a queue under `queues`' : `one of ${possible.join(', ')}`;
    report(path, 'value', { code: 'QL_SCENARIO_UNKNOWN_QUEUE', message: `There is no queue ${quoted(name)}.`, expected, nearest: nearest(name, possible) });
  };
  for (const section of ['producers', 'consumers']) {
    for (const [name, client] of Object.entries(asRecord(asRecord(raw)[section]))) check([section, name, 'queue'], asRecord(client)['queue']);
  }
  for (const name of queues) check(['queues', name, 'deadLetter', 'queue'], deadLetterOf(raw, name), queues.filter((target) => !leadsTo(raw, target, name)));
}

/** A producer without a destination would send nowhere. */
function checkDestinations(raw: unknown, report: Report): void {
  const isRabbitmq = personalityIn(raw) === 'rabbitmq';
  for (const [name, value] of Object.entries(asRecord(asRecord(raw)['producers']))) {
    const { queue, exchange } = asRecord(value) as { queue?: unknown; exchange?: unknown };
    if (queue === undefined && exchange === undefined && Object.keys(asRecord(value)).length > 0) {
      report(['producers', name, 'queue'], 'around', {
        code: 'QL_SCENARIO_MISSING_KEY', message: isRabbitmq ? `producers.${name} does not say where it sends.` : `producers.${name} has no "queue".`,
        expected: isRabbitmq ? 'a `queue` or an `exchange`' : 'a name',
      });
    } else if (queue !== undefined && exchange !== undefined && isRabbitmq) {
      report(['producers', name, 'exchange'], 'key', { code: 'QL_SCENARIO_CONFLICT', message: `producers.${name} says both queue and exchange.`, expected: 'either `queue` or `exchange`' });
    }
  }
}

const deadLetterOf = (raw: unknown, queue: string): unknown =>
  asRecord(asRecord(asRecord(asRecord(raw)['queues'])[queue])['deadLetter'])['queue'];

/** Whether the dead letters of a queue come to another, or it is that one: such a target would make a cycle. */
function leadsTo(raw: unknown, from: string, to: string): boolean {
  const seen = new Set<string>();
  for (let queue: string | null = from; queue !== null && !seen.has(queue); queue = asText(deadLetterOf(raw, queue))) {
    if (queue === to) return true;
    seen.add(queue);
  }
  return false;
}

/** A message that always fails would go round for ever. Each cycle is reported once, at its first queue in the file. */
function checkDeadLetterCycles(raw: unknown, report: Report): void {
  const settled = new Set<string>();
  for (const first of Object.keys(asRecord(asRecord(raw)['queues']))) {
    const chain: string[] = [];
    let queue: string | null = first;
    while (queue !== null && !settled.has(queue) && !chain.includes(queue)) {
      chain.push(queue);
      queue = asText(deadLetterOf(raw, queue));
    }
    if (queue !== null && chain.includes(queue)) {
      const cycle = [...chain.slice(chain.indexOf(queue)), queue];
      report(['queues', queue, 'deadLetter', 'queue'], 'value', {
        code: 'QL_SCENARIO_DEAD_LETTER_CYCLE',
        message: `Dead letters would go round: ${cycle.join(' -> ')}.`,
        expected: 'a dead-letter queue that does not lead back',
      });
    }
    for (const name of chain) settled.add(name);
  }
}

function checkArrivals(raw: unknown, report: Report): void {
  for (const [name, producer] of Object.entries(asRecord(asRecord(raw)['producers']))) {
    const { rate, interval, sends } = asRecord(producer) as { rate?: unknown; interval?: unknown; sends?: unknown };
    const expected = '`rate: 100/s` or `interval: exponential(10ms)`';
    if (sends !== undefined) continue;
    if (rate !== undefined && interval !== undefined) {
      const message = `producers.${name} says both rate and interval.`;
      report(['producers', name, 'interval'], 'key', { code: 'QL_SCENARIO_CONFLICT', message, expected: `either ${expected}` });
    } else if (rate === undefined && interval === undefined && Object.keys(asRecord(producer)).length > 0) {
      const message = `producers.${name} does not say how often it sends.`;
      report(['producers', name, 'rate'], 'around', { code: 'QL_SCENARIO_MISSING_KEY', message, expected });
    }
  }
}

/** What begins after the end would never begin. */
function checkStarts(raw: unknown, report: Report): void {
  const durationMicros = asMicros(asRecord(raw)['duration'] ?? DEFAULT_DURATION);
  if (durationMicros === null || durationMicros === 0) return;
  for (const [name, producer] of Object.entries(asRecord(asRecord(raw)['producers']))) {
    const startMicros = asMicros(asRecord(producer)['start']);
    if (startMicros === null || startMicros < durationMicros) continue;
    report(['producers', name, 'start'], 'value', {
      code: 'QL_SCENARIO_BAD_VALUE',
      message: `producers.${name} would never send: the scenario stops its producers after ${formatDuration(durationMicros)}.`,
      expected: 'a start before `duration`',
    });
  }
}

function checkMachineNames(groups: readonly MachineGroup[], report: Report): void {
  const owners = new Map<string, string>();
  let total = 0;
  for (const { machines, path } of groups) {
    total += machines.length;
    const taken = machines.find((machine) => owners.has(machine));
    if (taken !== undefined) {
      report(path, path[0] === 'broker' ? 'value' : 'key', {
        code: 'QL_SCENARIO_DUPLICATE_NAME',
        message: `${quoted(taken)} is already the name of ${owners.get(taken)}.`,
        expected: 'a name of its own for every machine: the broker, each producer, consumer and operator',
      });
    }
    for (const machine of machines) owners.set(machine, path[0] === 'broker' ? 'the broker' : `a machine of ${path.join('.')}`);
    if (total > MAX_MACHINES && total - machines.length <= MAX_MACHINES) {
      report([...path, 'count'], 'value', { code: 'QL_SCENARIO_TOO_LARGE', message: `The scenario has more than ${MAX_MACHINES} machines.` });
    }
  }
}
