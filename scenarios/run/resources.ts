import type { NameTable } from '../../history/index.js';
import type { GroupShares, ResourceResult, SeriesResult } from '../../measures/index.js';
import type { ConsumerWorkload, World } from '../../sim/index.js';

/** Resources that a result lists, the busiest first; and those that get a series. */
const MAX_LISTED = 100;
const MAX_SERIES = 8;
/** Message groups among them. */
const MAX_GROUPS_LISTED = 3;

/** Something that can be busy. */
interface Resource extends Pick<ResourceResult, 'name' | 'kind' | 'servers'> {
  readonly busyMicros: () => number;
}

/** The message groups of the queues that hand out the next message of a group only when those before are done. */
export interface GroupsInTurn {
  readonly shares: GroupShares;
  readonly queues: ReadonlySet<string>;
  readonly names: Pick<NameTable, 'text'>;
}

/**
 * Looks now and then at what the parts of a world have been busy with so far. The looks come at instants that depend on virtual
 * time alone, so the same run is looked at in the same way; between two looks the work is taken to be even.
 */
export class ResourceWatch {
  readonly #world: World;
  readonly #resources: Resource[] = [];
  readonly #linksKnown = new Set<string>();
  readonly #groups: GroupsInTurn;
  #groupsKnown = 0;
  readonly #atMicros: number[] = [];
  /** Busy time of each resource up to each look; a link that is used later has fewer, and was idle before. */
  readonly #looks: number[][] = [];

  constructor(world: World, consumers: readonly ConsumerWorkload[], groups: GroupsInTurn) {
    this.#world = world;
    this.#groups = groups;
    for (const { name, cpu, disk } of world.machines.values()) {
      if (cpu === null) continue;
      this.#resources.push({ name: `${name} cpu`, kind: 'cpu', servers: cpu.servers, busyMicros: () => cpu.pool.busyMicros });
      this.#resources.push({ name: `${name} disk`, kind: 'disk', servers: 1, busyMicros: () => disk.device.busyMicros });
    }
    for (const consumer of consumers) {
      const { name, concurrency } = consumer.settings;
      this.#resources.push({ name: `${name} handlers`, kind: 'handlers', servers: concurrency, busyMicros: () => consumer.busyMicros });
    }
  }

  /** Looks, once an instant. */
  look(): void {
    const { kernel: { now }, network } = this.#world;
    if (this.#atMicros[this.#atMicros.length - 1] === now) return;
    for (const { from, to, link } of network.links()) {
      const name = `${from} → ${to}`;
      if (this.#linksKnown.has(name)) continue;
      this.#linksKnown.add(name);
      this.#resources.push({ name, kind: 'link', servers: 1, busyMicros: () => link.busyMicrosAt(this.#world.kernel.now) });
    }
    this.#meetGroups();
    this.#atMicros.push(now);
    this.#resources.forEach(({ busyMicros }, index) => {
      const looks = (this.#looks[index] ??= Array.from({ length: this.#atMicros.length - 1 }, () => 0));
      looks.push(busyMicros());
    });
  }

  #meetGroups(): void {
    const { shares, queues, names } = this.#groups;
    while (this.#groupsKnown < shares.size) {
      const number = ++this.#groupsKnown;
      const { queue, group } = shares.nameOf(number);
      if (!queues.has(names.text(queue))) continue;
      this.#resources.push({ name: `${names.text(queue)} group ${names.text(group)}`, kind: 'group', servers: 1, busyMicros: () => shares.busyMicrosAt(number, this.#world.kernel.now) });
    }
  }

  /**
   * What was busy, the busiest first, without what never was; and of the busiest the share of time in each step of a series, as
   * `busy:broker cpu` and so on.
   *
   * @param loadMicros how long there was work to do
   */
  report(loadMicros: number, series: SeriesResult): { readonly results: ResourceResult[]; readonly series: Record<string, number[]> } {
    const busiest = this.#busiest(loadMicros, series);
    return {
      results: busiest.map(({ result }) => result),
      series: Object.fromEntries(busiest.slice(0, MAX_SERIES).map(({ result, shares }) => [`busy:${result.name}`, shares])),
    };
  }

  #busiest(loadMicros: number, { atMicros, stepMicros }: SeriesResult): { readonly result: ResourceResult; readonly shares: number[] }[] {
    const end = this.#atMicros[this.#atMicros.length - 1] ?? 0;
    const all = this.#resources.map(({ name, kind, servers }, index) => {
      const utilisation = loadMicros > 0 ? share(this.#busyUntil(index, loadMicros), servers * loadMicros) : 0;
      return { name, kind, servers, index, busyMicros: Math.round(this.#busyUntil(index, end)), utilisation };
    }).filter(({ busyMicros }) => busyMicros > 0).sort((left, right) => right.utilisation - left.utilisation);
    const groups = all.filter(({ kind }) => kind === 'group').slice(0, MAX_GROUPS_LISTED);
    return all.filter((resource) => resource.kind !== 'group' || groups.includes(resource)).slice(0, MAX_LISTED).map(({ index, ...resource }) => {
      const shares = atMicros.map((from) => {
        const to = Math.min(from + stepMicros, end);
        return to > from ? share(this.#busyUntil(index, to) - this.#busyUntil(index, from), resource.servers * (to - from)) : 0;
      });
      return { result: { ...resource, peak: shares.reduce((high, value) => Math.max(high, value), 0) }, shares };
    });
  }

  #busyUntil(index: number, micros: number): number {
    const at = this.#atMicros;
    const looks = this.#looks[index] ?? [];
    const high = Math.min(firstFrom(at, micros), at.length - 1);
    const after = looks[high] ?? 0;
    const before = high === 0 ? 0 : looks[high - 1]!;
    const from = high === 0 ? 0 : at[high - 1]!;
    const to = at[high] ?? 0;
    return to <= from ? after : before + ((after - before) * (Math.min(micros, to) - from)) / (to - from);
  }
}

/** Place of the first look at or after a time; their number when there is none. */
function firstFrom(times: readonly number[], micros: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < micros) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Four digits: the looks are no finer. */
const share = (part: number, whole: number): number => Number((part / whole).toFixed(4));
