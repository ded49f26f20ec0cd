import { FAULT_KINDS, FaultScheduleError, expandSchedule, validateFault } from '../../sim/index.js';
import type { Scenario } from '../model.js';
import { machineParameters } from './build-faults.js';
import type { MachineGroup } from './machines.js';
import type { Mistake } from './mistake.js';
import { nearest } from './nearest.js';
import type { Path } from './node-at.js';
import { personalityIn } from './personality-keys.js';
import { quoted } from './printable.js';
import { formatDuration } from './quantities/index.js';
import { asList, asMicros, asRecord, asText, type Raw } from './raw.js';
import type { Report } from './report.js';
import { DEFAULT_DURATION } from './schema/scenario-schema.js';

/** Whether each fault strikes something that is there, at a time when it can. */
export function checkFaults(raw: unknown, groups: readonly MachineGroup[], report: Report): void {
  const { faults, duration } = asRecord(raw);
  const names = new Set([...groups.flatMap(({ machines }) => machines), ...groups.map(({ name }) => name)]);
  const isKnown = (name: string): boolean =>
    names.has(name) || groups.some((group) => !group.isCounted && name.startsWith(`${group.name}-`));
  const durationMicros = asMicros(duration ?? DEFAULT_DURATION);
  for (const [index, entry] of asList(faults).entries()) {
    const fault = asRecord(entry);
    const path = ['faults', index];
    for (const { name, at } of targetsOf(fault, path)) if (!isKnown(name)) report(at, 'value', unknownTarget(name, names));
    checkRepetition(fault, path, report);
    checkService(fault, path, { personality: personalityIn(raw), broker: groups[0]!.name }, report);
    if (durationMicros !== null && durationMicros > 0) checkTime(fault, path, durationMicros, report);
  }
}

/** Every machine that a fault names, and where. */
function targetsOf(fault: Raw, path: Path): { readonly name: string; readonly at: Path }[] {
  return ['target', ...machineParameters(asText(fault['fault']) ?? '')].flatMap((key) => {
    const value = fault[key];
    const named = Array.isArray(value) ? value.map((item: unknown, index) => ({ item, at: [...path, key, index] })) : [{ item: value, at: [...path, key] }];
    return named.flatMap(({ item, at }) => {
      const name = asText(item);
      return name === null ? [] : [{ name, at }];
    });
  });
}

const MAX_LISTED = 20;

function unknownTarget(name: string, names: ReadonlySet<string>): Mistake {
  const listed = [...names].slice(0, MAX_LISTED);
  const more = names.size > MAX_LISTED ? ' and so on' : '';
  return {
    code: 'QL_SCENARIO_UNKNOWN_TARGET',
    message: `There is no machine ${quoted(name)}.`,
    expected: `one of ${listed.join(', ')}${more}`,
    nearest: nearest(name, names),
  };
}

function checkRepetition(fault: Raw, path: Path, report: Report): void {
  for (const key of ['times', 'until']) {
    if (fault[key] === undefined || fault['every'] !== undefined) continue;
    report([...path, key], 'key', {
      code: 'QL_SCENARIO_CONFLICT',
      message: `${quoted(key)} says when a repetition ends, and nothing is repeated.`,
      expected: '`every` beside it',
    });
  }
}

/** Errors of a service are answers to requests: there must be a service that gets some. */
function checkService(fault: Raw, path: Path, { personality, broker }: { readonly personality: string; readonly broker: string }, report: Report): void {
  if (FAULT_KINDS.get(asText(fault['fault']) ?? '')?.family !== 'service') return;
  const conflict = (key: string, message: string, expected: string): void => report([...path, key], 'value', { code: 'QL_SCENARIO_CONFLICT', message, expected });
  if (personality !== 'sqs') conflict('fault', 'RabbitMQ does not answer requests one by one: this fault would strike nothing.', '`personality: sqs`, or another fault');
  for (const { name, at } of targetsOf(fault, path)) {
    if (name !== broker) report(at, 'value', { code: 'QL_SCENARIO_CONFLICT', message: `Nobody sends requests to ${quoted(name)}.`, expected: `the broker, ${quoted(broker)}` });
  }
}

function checkTime(fault: Raw, path: Path, durationMicros: number, report: Report): void {
  const atMicros = asMicros(fault['at']);
  if (atMicros === null || atMicros < durationMicros) return;
  report([...path, 'at'], 'value', {
    code: 'QL_SCENARIO_BAD_VALUE',
    message: `This fault would never strike: all faults are healed after ${formatDuration(durationMicros)}, the scenario's duration.`,
    expected: 'a time before `duration`',
  });
}

/** What the world itself has against a fault that is otherwise in order: sides of a link that overlap, too many repetitions. */
export function checkSchedule(scenario: Scenario, report: Report): void {
  const machineNames = [scenario.broker, ...scenario.producers, ...scenario.consumers, ...(scenario.operators ?? [])].map(({ name }) => name);
  let isValid = true;
  for (const [index, fault] of scenario.faults.entries()) {
    for (const { key, message } of validateFault(fault, machineNames)) {
      isValid = false;
      report(['faults', index, key], 'value', { code: 'QL_SCENARIO_BAD_VALUE', message: `This fault cannot strike: \`${key}\` ${message}.` });
    }
  }
  if (!isValid) return;
  try {
    expandSchedule(scenario.faults, { machineNames, untilMicros: scenario.durationMicros });
  } catch (error) {
    if (!(error instanceof FaultScheduleError)) throw error;
    const [first] = error.problems;
    const message = `The schedule ${first?.message ?? 'cannot be carried out'}.`;
    report(['faults', error.index, first?.key ?? 'at'], 'value', { code: 'QL_SCENARIO_TOO_LARGE', message });
  }
}
