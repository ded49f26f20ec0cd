import { Board, EventKind, EVENTS, type RawRow, type Recording } from '../../history/index.js';
import { rowWords } from '../timeline/row-words.js';

type TraceEvent = Readonly<Record<string, string | number | object>>;

/** Kinds that are points of their own on the track of their machine. */
const points: ReadonlySet<EventKind> = new Set([
  EventKind.sendInvoke, EventKind.sendInfo, EventKind.sendFail, EventKind.effect, EventKind.leaseExpire, EventKind.move, EventKind.drop,
  EventKind.nodeStart, EventKind.nodeStop, EventKind.faultBegin, EventKind.faultEnd, EventKind.corruption,
  EventKind.alert, EventKind.operateInvoke, EventKind.operateEnd, EventKind.clientGuard, EventKind.localWrite,
]);
/** Kinds of the way of a message, joined by arrows. */
const way: ReadonlySet<EventKind> = new Set([EventKind.sendInvoke, EventKind.accept, EventKind.leaseGrant, EventKind.deliver, EventKind.settle]);

/**
 * A recording as Chrome trace JSON, which Perfetto opens: a process for each machine, a track in it for each queue, leases and handlings
 * as slices with the message's number, messages as flows, and the depth of each queue as a counter.
 */
export function* chromeTrace({ names, rows, start }: Recording): Generator<string> {
  const board = Board.from(start);
  const nameOf = (id: number): string => names[id] ?? '';
  const seen = new Set<string>();
  yield '{"displayTimeUnit":"ms","traceEvents":[\n';
  let isFirst = true;
  for (const row of rows) {
    board.apply(row);
    for (const event of [...tracks(row, nameOf, seen), ...eventsOf(row, nameOf), ...depth(row, board, nameOf)]) {
      yield `${isFirst ? '' : ',\n'}${JSON.stringify(event)}`;
      isFirst = false;
    }
  }
  yield '\n]}\n';
}

/** Names of the process and the track, before their first event. */
function tracks({ actor, dest }: RawRow, nameOf: (id: number) => string, seen: Set<string>): TraceEvent[] {
  const process = `p${actor}`;
  const track = `t${actor}/${dest}`;
  const found: TraceEvent[] = [];
  if (!seen.has(process)) found.push({ ph: 'M', pid: actor, tid: 0, name: 'process_name', args: { name: actor === 0 ? 'run' : nameOf(actor) } });
  if (!seen.has(track)) found.push({ ph: 'M', pid: actor, tid: dest, name: 'thread_name', args: { name: dest === 0 ? 'machine' : nameOf(dest) } });
  seen.add(process).add(track);
  return found;
}

function eventsOf(row: RawRow, nameOf: (id: number) => string): TraceEvent[] {
  const { kind, actor, dest, message, timeMicros: ts } = row;
  const place = { pid: actor, tid: dest, ts };
  const told = { args: { message, what: rowWords(row, nameOf) } };
  const events: TraceEvent[] = [];
  const slice = (ph: 'b' | 'e', cat: string): TraceEvent => ({ ...place, ph, cat, id: `${row.a}`, name: `${cat} of message ${message}`, ...told });
  if (kind === EventKind.leaseGrant) events.push(slice('b', 'lease'));
  else if (kind === EventKind.settle || kind === EventKind.leaseExpire || kind === EventKind.leaseRelease) events.push(slice('e', 'lease'));
  else if (kind === EventKind.handleStart) events.push(slice('b', 'handling'));
  else if (kind === EventKind.handleEnd) events.push(slice('e', 'handling'));
  if (points.has(kind)) events.push({ ...place, ph: 'i', s: dest === 0 ? 'p' : 't', name: EVENTS[kind].name, ...told });
  if (message !== 0 && way.has(kind)) {
    const ph = kind === EventKind.sendInvoke ? 's' : kind === EventKind.settle ? 'f' : 't';
    events.push({ ...place, ph: 'X', dur: 1, name: EVENTS[kind].name, ...told }, { ...place, ph, cat: 'message', id: message, name: `message ${message}`, ...(ph === 'f' ? { bp: 'e' } : {}) });
  }
  return events;
}

/** How many messages the queue holds, after whatever changed that. */
function depth({ kind, actor, dest, timeMicros: ts }: RawRow, board: Board, nameOf: (id: number) => string): TraceEvent[] {
  if (dest === 0 || !(kind >= EventKind.accept && kind <= EventKind.drop)) return [];
  const { ready, leased } = board.levelsOf(dest, ts);
  return [{ ph: 'C', pid: actor, ts, name: `depth of ${nameOf(dest)}`, args: { ready, leased } }];
}
