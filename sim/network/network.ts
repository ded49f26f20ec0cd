import type { Kernel, RandomStreams } from '../kernel/index.js';
import { Draws } from '../draws.js';
import type { DistributionSpec } from '../distribution-spec.js';
import type { ConnectionEnd, EndNode } from './connection-end.js';
import { Link, type Loss } from './link.js';
import { NetworkNode } from './network-node.js';
import { PacketPool } from './packet.js';
import type { PassageObserver } from './passage.js';
import { type NetworkSettings, type RetransmissionLimits, retransmissionLimits } from './settings.js';
import type { Wire } from './wire.js';

const MICROS_PER_SECOND = 1_000_000;

export interface NetworkOptions {
  readonly kernel: Kernel;
  readonly streams: RandomStreams;
  readonly settings: NetworkSettings;
  readonly passages?: PassageObserver;
}

/** The network between all machines. Links are made when they are first used; their streams are named `link/<from>-<to>`. */
export class SimNetwork implements Wire {
  readonly kernel: Kernel;
  readonly packets = new PacketPool();
  readonly limits: RetransmissionLimits;
  readonly passages: PassageObserver | null;
  readonly #streams: RandomStreams;
  readonly #settings: NetworkSettings;
  readonly #nodes = new Map<string, EndNode>();
  readonly #links = new Map<string, Map<string, Link>>();

  constructor(options: NetworkOptions) {
    this.kernel = options.kernel;
    this.limits = retransmissionLimits(options.settings);
    this.passages = options.passages ?? null;
    this.#streams = options.streams;
    this.#settings = options.settings;
  }

  /** The machine of this name as the network knows it. Of a name that no machine has, connections are refused. */
  node(name: string): EndNode {
    let node = this.#nodes.get(name);
    if (node === undefined) {
      node = new NetworkNode<ConnectionEnd>(name);
      this.#nodes.set(name, node);
    }
    return node;
  }

  link(from: string, to: string): Link {
    let links = this.#links.get(from);
    if (links === undefined) {
      links = new Map();
      this.#links.set(from, links);
    }
    let link = links.get(to);
    if (link === undefined) {
      link = this.#makeLink(from, to);
      links.set(to, link);
    }
    return link;
  }

  /** Every link that was used, with its two machines, in the order in which they were first used. */
  *links(): Generator<{ readonly from: string; readonly to: string; readonly link: Link }> {
    for (const [from, links] of this.#links) for (const [to, link] of links) yield { from, to, link };
  }

  /** The links from each machine of one side to each of the other, a machine's link to itself left out. */
  linksBetween(side: readonly string[], others: readonly string[]): Link[] {
    return side.flatMap((from) => others.filter((to) => to !== from).map((to) => this.link(from, to)));
  }

  /** The machine's own sides of its connections to any of the others, oldest first. */
  endsBetween(name: string, others: readonly string[]): ConnectionEnd[] {
    return [...this.node(name).ends].filter((end) => others.includes(end.peer));
  }

  /** By the regions of the two machines, in whichever order their route names them. */
  #latencyOf(from: string, to: string): DistributionSpec {
    const { latency, regions = [], routes = [] } = this.#settings;
    const regionOf = (machine: string): string | undefined => regions.find(({ machines }) => machines.includes(machine))?.name;
    const [one, other] = [regionOf(from), regionOf(to)];
    const route = routes.find(({ between: [a, b] }) => (a === one && b === other) || (a === other && b === one));
    return route?.latency ?? latency;
  }

  #makeLink(from: string, to: string): Link {
    const { bandwidthBytesPerSecond, loss } = this.#settings;
    const stream = `link/${from}-${to}`;
    const ownLoss: Loss | null = loss > 0 ? { probability: loss, random: this.#streams.stream(`${stream}/loss`) } : null;
    return new Link({
      latency: new Draws(this.#latencyOf(from, to), this.#streams.stream(stream)),
      microsPerByte: MICROS_PER_SECOND / bandwidthBytesPerSecond,
      loss: ownLoss,
      limits: this.limits,
    });
  }
}
