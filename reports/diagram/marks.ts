import type { StoryStep } from '../run-result.js';
import type { Placed } from './layout.js';

/** A message between machines, or one that never arrived. */
export interface Arrow {
  readonly kind: 'request' | 'reply' | 'lost';
  readonly from: string;
  readonly to: string;
  readonly fromY: number;
  readonly toY: number;
}

/** Something that lasts, beside the line of its machine. */
export interface Bar {
  readonly kind: 'lease' | 'handling' | 'down' | 'fault' | 'cut';
  readonly machine: string;
  /** The other machine, of what lies between two. */
  readonly other?: string;
  readonly label: string;
  readonly fromY: number;
  readonly toY: number;
}

/** Something at an instant. */
export interface Dot {
  readonly kind: 'stored' | 'effect' | 'repeated' | 'gone' | 'expired' | 'crash';
  readonly machine: string;
  readonly y: number;
}

export interface Marks {
  readonly arrows: readonly Arrow[];
  readonly bars: readonly Bar[];
  readonly dots: readonly Dot[];
}

/** Faults that act between machines. */
const cutting = /partition|link|loss|half open|reset/;

/** Reads a story as marks: who sent what to whom, and what went on meanwhile. */
export function marksOf(steps: readonly Placed[], columns: readonly string[], bottom: number): Marks {
  const reader = new Reader(new Set(columns), bottom);
  for (const placed of steps) reader.take(placed);
  return reader.end();
}

interface Sent {
  readonly machine: string;
  readonly y: number;
  arrived: boolean;
}

class Reader {
  readonly #columns: ReadonlySet<string>;
  readonly #bottom: number;
  readonly #arrows: Arrow[] = [];
  readonly #bars: Bar[] = [];
  readonly #dots: Dot[] = [];
  /** What is open: bars by what they are about, without their end. */
  readonly #open = new Map<string, Omit<Bar, 'toY'>>();
  /** Which copy each lease is of. */
  readonly #leasedCopies = new Map<string, number>();
  /** The last request of each kind, by the lease it is about. */
  readonly #requests = new Map<string, Sent>();
  readonly #overdue: Sent[] = [];
  #broker = '';
  #effects = 0;
  #faults = 0;

  constructor(columns: ReadonlySet<string>, bottom: number) {
    this.#columns = columns;
    this.#bottom = bottom;
  }

  take({ step, y }: Placed): void {
    this.#messages(step, y);
    this.#lasting(step, y);
    this.#machines(step, y);
  }

  end(): Marks {
    for (const { machine, y } of this.#overdue) if (this.#broker !== '') this.#arrows.push({ kind: 'lost', from: machine, to: this.#broker, fromY: y, toY: y + 16 });
    for (const bar of this.#open.values()) this.#bars.push({ ...bar, toY: this.#bottom });
    const hidden = (machine: string | undefined): boolean => machine !== undefined && !this.#columns.has(machine);
    return {
      arrows: this.#arrows.filter(({ from, to }) => from !== to && !hidden(from) && !hidden(to)),
      bars: this.#bars.filter(({ machine, other }) => !hidden(machine) && !hidden(other)),
      dots: this.#dots.filter(({ machine }) => !hidden(machine)),
    };
  }

  #messages(step: StoryStep, y: number): void {
    const { event, actor, lease } = step;
    const [, operation = '', outcome = ''] = /^(send|ack|nack|extend)-(\w+)$/.exec(event) ?? [];
    const key = `${operation} ${operation === 'send' ? '' : (lease ?? '')}`;
    if (outcome === 'invoke' || outcome === 'attempt') this.#begin(key, { machine: actor, y, arrived: false });
    else if (outcome === 'ok') this.#reply(`${key} done`, actor, y);
    else if (outcome === 'info' || outcome === 'fail') this.#lost(key);
    else if (event === 'accept') this.#arrive('send ', actor, y);
    else if (event === 'settle') this.#arrive(`ack ${lease ?? ''}`, actor, y);
    else if (event === 'lease-release') this.#arrive(`nack ${lease ?? ''}`, actor, y);
    else if (event === 'lease-extend') this.#arrive(`extend ${lease ?? ''}`, actor, y);
    else if (event === 'lease-grant') this.#requests.set(`grant ${lease ?? ''}`, { machine: actor, y, arrived: false });
    else if (event === 'deliver') {
      const grant = this.#requests.get(`grant ${lease ?? ''}`);
      if (grant !== undefined) this.#arrows.push({ kind: 'request', from: grant.machine, to: actor, fromY: grant.y, toY: y });
    }
    if (/^(accept|settle|lease-)/.test(event)) this.#broker = actor;
  }

  /** A request that had not arrived when the next one left may come late, or never: that shows at the end. */
  #begin(key: string, sent: Sent): void {
    const before = this.#requests.get(key);
    if (before !== undefined && !before.arrived) this.#overdue.push(before);
    this.#requests.set(key, sent);
  }

  #arrive(key: string, broker: string, y: number): void {
    const request = this.#requests.get(key);
    this.#requests.set(`${key} done`, { machine: broker, y, arrived: false });
    const arrived = request !== undefined && !request.arrived ? request : this.#overdue.pop();
    if (arrived === undefined) return;
    arrived.arrived = true;
    this.#arrows.push({ kind: 'request', from: arrived.machine, to: broker, fromY: arrived.y, toY: y });
  }

  #reply(key: string, client: string, y: number): void {
    const done = this.#requests.get(key);
    if (done !== undefined) this.#arrows.push({ kind: 'reply', from: done.machine, to: client, fromY: done.y, toY: y });
  }

  /** The request never came, or its answer did not. */
  #lost(key: string): void {
    const request = this.#requests.get(key);
    const done = this.#requests.get(`${key} done`);
    if (request === undefined) return;
    if (!request.arrived && this.#broker !== '') this.#arrows.push({ kind: 'lost', from: request.machine, to: this.#broker, fromY: request.y, toY: request.y + 16 });
    else if (done !== undefined) this.#arrows.push({ kind: 'lost', from: done.machine, to: request.machine, fromY: done.y, toY: done.y + 16 });
  }

  #lasting({ event, actor, peer, lease, copy, text }: StoryStep, y: number): void {
    const name = `lease ${lease ?? ''}`;
    switch (event) {
      case 'lease-grant':
        this.#open.set(name, { kind: 'lease', machine: actor, label: `${name}${peer === undefined ? '' : `: ${peer}`}`, fromY: y });
        this.#leasedCopies.set(name, copy ?? 0);
        break;
      case 'lease-expire':
        this.#dots.push({ kind: 'expired', machine: actor, y });
        this.#close(name, y);
        break;
      case 'lease-release':
        this.#close(name, y);
        break;
      case 'handle-start':
        this.#open.set(`handling ${name} ${actor}`, { kind: 'handling', machine: actor, label: '', fromY: y });
        break;
      case 'handle-end':
        this.#close(`handling ${name} ${actor}`, y);
        break;
      case 'accept':
      case 'restore':
        // A lease that the broker does not find again is over.
        if (event === 'restore' && !/: leased/.test(text)) this.#closeLeases(copy ?? 0, y);
        this.#dots.push({ kind: 'stored', machine: actor, y });
        break;
      case 'settle':
      case 'move':
      case 'drop':
        // Whatever lease took it away, the others are over, too.
        this.#closeLeases(copy ?? 0, y);
        this.#dots.push({ kind: 'gone', machine: actor, y });
        break;
      case 'effect':
        this.#effects++;
        this.#dots.push({ kind: this.#effects > 1 ? 'repeated' : 'effect', machine: actor, y });
        break;
      default:
    }
  }

  #machines({ event, actor, peer, text }: StoryStep, y: number): void {
    if (event === 'node-stop') {
      this.#dots.push({ kind: 'crash', machine: actor, y });
      for (const [key, { kind, machine }] of this.#open) if (kind === 'handling' && machine === actor) this.#close(key, y);
      this.#open.set(`down ${actor}`, { kind: 'down', machine: actor, label: 'down', fromY: y });
    } else if (event === 'node-start') this.#close(`down ${actor}`, y);
    if (event !== 'fault-begin' && event !== 'fault-end') return;
    const kind = /: ([\w -]+?)(?: \(|$)/.exec(text)?.[1] ?? 'fault';
    for (const machine of actor.split('+')) {
      const others = peer === undefined ? [undefined] : peer.split('+');
      for (const other of others) {
        const name = `fault ${kind} ${machine} ${other ?? ''} `;
        const isBetween = other !== undefined && cutting.test(kind.replaceAll('-', ' '));
        if (event === 'fault-end') this.#closeFirst(name, y);
        else this.#open.set(`${name}${this.#faults++}`, { kind: isBetween ? 'cut' : 'fault', machine, label: kind, fromY: y, ...(isBetween ? { other } : {}) });
      }
    }
  }

  #closeLeases(copy: number, y: number): void {
    for (const [key, leased] of this.#leasedCopies) if (leased === copy) this.#close(key, y);
  }

  /** Faults of one kind may overlap at a machine: the one that began first is over. */
  #closeFirst(name: string, y: number): void {
    for (const key of this.#open.keys()) if (key.startsWith(name)) return this.#close(key, y);
  }

  #close(key: string, y: number): void {
    const bar = this.#open.get(key);
    if (bar === undefined) return;
    this.#open.delete(key);
    this.#bars.push({ ...bar, toY: Math.max(y, bar.fromY + 3) });
  }
}
