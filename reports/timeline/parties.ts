import { EventKind, type RawRow } from '../../history/index.js';

/** Who takes part in a recording: names by number. */
export interface Parties {
  readonly queues: readonly number[];
  /** Brokers first, then consumers, then the others, each by name. */
  readonly machines: readonly number[];
}

const ROLE = { broker: 0, consumer: 1, other: 2 } as const;
type Role = (typeof ROLE)[keyof typeof ROLE];

const brokerKinds: ReadonlySet<EventKind> = new Set([EventKind.accept, EventKind.leaseGrant, EventKind.settle, EventKind.fsync, EventKind.recoverBegin, EventKind.restore]);
const consumerKinds: ReadonlySet<EventKind> = new Set([EventKind.deliver, EventKind.handleStart, EventKind.ackInvoke]);

/** The queues in the order in which rows first name them, and the machines by what they do. */
export function partiesIn(rows: readonly RawRow[], nameOf: (id: number) => string): Parties {
  const queues = new Set<number>();
  const roles = new Map<number, Role>();
  for (const { kind, actor, dest } of rows) {
    if (dest !== 0) queues.add(dest);
    // A fault of several machines has a name of its own.
    if (actor === 0 || kind === EventKind.faultBegin || kind === EventKind.faultEnd) continue;
    const role = brokerKinds.has(kind) ? ROLE.broker : consumerKinds.has(kind) ? ROLE.consumer : ROLE.other;
    roles.set(actor, Math.min(role, roles.get(actor) ?? ROLE.other) as Role);
  }
  const machines = [...roles].sort(([left, leftRole], [right, rightRole]) => leftRole - rightRole || nameOf(left).localeCompare(nameOf(right), 'en', { numeric: true }));
  return { queues: [...queues], machines: machines.map(([machine]) => machine) };
}
