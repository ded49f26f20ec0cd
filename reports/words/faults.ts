import { formatInstant } from '../../history/index.js';
import type { Fault, RunResult } from '../run-result.js';
import { formatCount, formatDrift, formatDuration, formatShare } from './numbers.js';

/** A fault as reports show it: a span on the time axis with a name. */
export interface FaultSpan {
  /** Kind and target: `crash consumer-1`. */
  readonly label: string;
  readonly kind: string;
  readonly target: string;
  readonly fromMicros: number;
  /** When it ends; equal to `fromMicros` for what takes no time. */
  readonly toMicros: number;
  /** How long it lasts, in words; empty for what takes no time. */
  readonly duration: string;
  /** Its other parameters, in words. */
  readonly parameters: string;
}

/** Kinds that strike at an instant and leave what they did behind them; all others last. */
export const instantKinds: ReadonlySet<string> = new Set(['bit-rot', 'connection-reset', 'half-open']);

/** Parameters that are not plain numbers. */
export const parameterUnits: ReadonlyMap<string, 'duration' | 'probability' | 'ppm'> = new Map([
  ['by', 'duration'], ['period', 'duration'], ['delay', 'duration'], ['probability', 'probability'], ['carriedOut', 'probability'], ['drift', 'ppm'],
]);
const spanKeys: ReadonlySet<string> = new Set(['at', 'fault', 'target', 'for', 'every', 'times', 'until']);

/** What of a run says when faults struck. */
interface Timed {
  readonly schedule: RunResult['schedule'];
  readonly crashPoints?: RunResult['crashPoints'];
  readonly run: Pick<RunResult['run'], 'virtualMicros' | 'drainBeganMicros'>;
}

/** The faults of a run that struck while it lasted, in the order of time. */
export function faultSpans(result: Timed): FaultSpan[] {
  return [...result.schedule, ...(result.crashPoints ?? [])]
    .filter((fault) => fault.at <= result.run.virtualMicros)
    .map((fault) => spanOf(fault, result))
    .sort((left, right) => left.fromMicros - right.fromMicros || left.toMicros - right.toMicros);
}

function spanOf(fault: Fault, { run }: Timed): FaultSpan {
  const target = textOf(fault.target);
  const kind = fault.fault.replaceAll('-', ' ');
  return {
    label: target === '' ? kind : `${kind} ${target}`,
    kind,
    target,
    fromMicros: fault.at,
    toMicros: Math.min(endOf(fault, run.drainBeganMicros), run.virtualMicros),
    duration: durationOf(fault),
    parameters: parametersOf(fault),
  };
}

/** Without `for`, what goes on is healed when the queues begin to drain. */
function endOf(fault: Fault, healedMicros: number): number {
  if (fault.for !== undefined) return fault.at + fault.for;
  return instantKinds.has(fault.fault) ? fault.at : Math.max(fault.at, healedMicros);
}

function durationOf(fault: Fault): string {
  if (fault.for !== undefined) return `for ${formatDuration(fault.for)}`;
  return instantKinds.has(fault.fault) ? '' : 'until the end, when everything is healed';
}

function parametersOf(fault: Fault): string {
  return Object.entries(fault)
    .filter(([key, value]) => !spanKeys.has(key) && value !== undefined)
    .map(([key, value]) => `${wordsOf(key)} ${parameterText(key, value)}`)
    .join(', ');
}

function parameterText(key: string, value: Fault[string]): string {
  if (typeof value !== 'number') return textOf(value);
  switch (parameterUnits.get(key)) {
    case 'duration':
      return value < 0 ? `-${formatDuration(-value)}` : formatDuration(value);
    case 'probability':
      return formatShare(value, 1);
    case 'ppm':
      return formatDrift(value);
    default:
      return formatCount(value);
  }
}

function textOf(value: Fault[string]): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return formatCount(value);
  return typeof value === 'string' ? value : value.join(', ');
}

/** `someName` is read as `some name`. */
const wordsOf = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/**
 * The faults of a run in words, one line each; what strikes again and again in the same way has one line for all.
 * `crash consumer-1 at 5s, for 10s` or `pause consumer-1 12 times from 16s to 27s, for 300ms (factor 2)`.
 */
export function faultLines(result: RunResult): string[] {
  const alike = new Map<string, FaultSpan[]>();
  for (const span of faultSpans(result)) {
    const key = JSON.stringify([span.label, span.duration, span.parameters]);
    alike.set(key, [...(alike.get(key) ?? []), span]);
  }
  return [...alike.values()].map(faultLine);
}

function faultLine(spans: readonly FaultSpan[]): string {
  const first = spans[0] as FaultSpan;
  const last = spans[spans.length - 1] as FaultSpan;
  const when = spans.length === 1
    ? `at ${instantInWords(first.fromMicros)}`
    : `${spans.length} times from ${instantInWords(first.fromMicros)} to ${instantInWords(last.fromMicros)}`;
  const parameters = first.parameters === '' ? '' : ` (${first.parameters})`;
  return `${first.label} ${when}${first.duration === '' ? '' : `, ${first.duration}`}${parameters}`;
}

/** An instant without the parts that are zero: `5s`, `12h 00min`. */
function instantInWords(micros: number): string {
  return formatInstant(micros).replace(/\.000s$/, 's').replace(/min 00s$/, 'min');
}
