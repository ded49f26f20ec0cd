import { Closed, codeWord, EVENTS, EventKind, formatInstant, formatMicros, HandleResult, HandleState, NO_DEADLINE_MICROS, type RawRow } from '../../history/index.js';
import { formatDrift } from '../words/numbers.js';

type NameOf = (id: number) => string;

const details: Partial<Readonly<Record<EventKind, (row: RawRow, nameOf: NameOf) => string>>> = {
  [EventKind.sendInvoke]: ({ c }, _) => `${c} bytes`,
  [EventKind.sendAttempt]: ({ a }) => `attempt ${a}`,
  [EventKind.leaseGrant]: ({ b, c, peer, timeMicros }, nameOf) => `to ${nameOf(peer)} ${howLong(timeMicros, c)}, delivery ${b}`,
  [EventKind.leaseExtend]: ({ c, timeMicros }) => howLong(timeMicros, c),
  [EventKind.accept]: ({ a }) => (a > 0 ? `delayed by ${formatMicros(a)}` : ''),
  [EventKind.handleEnd]: ({ b }) => (b === HandleResult.ok ? 'well' : b === HandleResult.failed ? 'failed' : 'abandoned'),
  [EventKind.effect]: ({ b }) => (b === 0 ? 'not repeated' : ''),
  [EventKind.settle]: ({ b }) => (b === HandleState.current ? '' : 'under a lease that had ended'),
  [EventKind.move]: ({ a, peer }, nameOf) => `to ${nameOf(peer)} after ${a} deliveries`,
  [EventKind.alert]: ({ a }) => `${a} messages`,
  [EventKind.operateInvoke]: ({ a }) => codeWord('operation', a),
  [EventKind.operateEnd]: ({ a, b }, nameOf) => `${codeWord('operation', a)}: ${nameOf(b)}`,
  [EventKind.clientGuard]: ({ a }) => codeWord('guard', a),
  [EventKind.localWrite]: ({ a }) => codeWord('localWrite', a),
  [EventKind.refused]: ({ a, b }, nameOf) => (b === Closed.nothing ? nameOf(a) : `${nameOf(a)}, ${codeWord('closed', b)} closed`),
  [EventKind.connectionLost]: ({ a }) => codeWord('lostBy', a),
  [EventKind.faultBegin]: faultWords,
  [EventKind.faultEnd]: faultWords,
  [EventKind.fsync]: ({ a, b }) => `${a} bytes in ${formatMicros(b)}`,
};

/** A lease that a broker pushed has no end of its own. */
const howLong = (fromMicros: number, micros: number): string => (micros >= NO_DEADLINE_MICROS ? 'for as long as its channel lasts' : `until ${formatInstant(fromMicros + micros)}`);

/** `clock-jump by -1.000s`, `network-partition with broker`. */
function faultWords({ b, c, peer }: RawRow, nameOf: NameOf): string {
  const kind = nameOf(b);
  const shift = c === 0 ? '' : kind === 'clock-drift' ? ` by ${formatDrift(c)}` : ` by ${c < 0 ? '-' : ''}${formatMicros(Math.abs(c))}`;
  return `${kind}${shift}${peer === 0 ? '' : ` with ${nameOf(peer)}`}`;
}

/** An event in few words: `broker: lease grant, message 7 in orders, to worker-1 until 12.000s, delivery 1`. */
export function rowWords(row: RawRow, nameOf: NameOf): string {
  const { kind, actor, message, dest } = row;
  const what = EVENTS[kind].name.replaceAll('-', ' ');
  const which = message === 0 ? '' : `, message ${message}`;
  const where = dest === 0 ? '' : ` in ${nameOf(dest)}`;
  const detail = details[kind]?.(row, nameOf) ?? '';
  return `${actor === 0 ? '' : `${nameOf(actor)}: `}${what}${which}${where}${detail === '' ? '' : `, ${detail}`}`;
}
