import type { EventChunk, EventObserver, NameTable } from '../../history/index.js';
import type { InvariantVerdict } from '../../invariants/index.js';
import type { Probe, Sight } from './point-group.js';
import type { CoverageScene } from './scene.js';
import { baseOf, UNIVERSE, UNIVERSE_SIZE } from './universe.js';
import { pointOfVerdict, VERDICT } from './verdict-points.js';

/** Kinds of events are numbered below this. */
const KINDS = 256;

/**
 * Notes which meeting points a run reaches: each once, in one byte a point. It follows the history and is no part of the run:
 * neither fingerprint nor verdicts depend on it.
 *
 * @example
 * const scene = sceneOf(scenario);
 * let coverage: CoverageObserver;
 * const result = runScenario(scenario, { observers: [(names) => (coverage = new CoverageObserver(names, scene))] });
 * coverage.judged(result.verdicts);
 */
export class CoverageObserver implements EventObserver {
  /** For each point of the universe 1 when it was reached. */
  readonly hits = new Uint8Array(UNIVERSE_SIZE);
  /** For each point when it was first reached, in microseconds of true time; NaN when it was not, or by a verdict. */
  readonly moments = new Float64Array(UNIVERSE_SIZE).fill(NaN);
  #nowMicros = 0;
  readonly #sights: readonly (readonly Sight[])[];
  readonly #always: readonly Sight[];

  constructor(names: Pick<NameTable, 'text'>, scene: CoverageScene) {
    const { hits, moments } = this;
    const probes: Probe[] = UNIVERSE.flatMap(({ group, base }) => {
      const hit = (point: number): void => {
        if (hits[base + point] === 1) return;
        hits[base + point] = 1;
        moments[base + point] = this.#nowMicros;
      };
      return group.begin === null ? [] : [group.begin({ names, scene, hit })];
    });
    this.#sights = Array.from({ length: KINDS }, (_, kind) =>
      probes.flatMap(({ on }) => (on as Readonly<Record<number, Sight | undefined>>)[kind] ?? []));
    this.#always = probes.flatMap(({ onAny }) => onAny ?? []);
  }

  onChunk(chunk: EventChunk, from: number, to: number): void {
    const always = this.#always;
    for (let row = from; row < to; row++) {
      this.#nowMicros = chunk.time[row]!;
      const sights = this.#sights[chunk.kind[row]!]!;
      for (let i = 0; i < sights.length; i++) sights[i]!(chunk, row);
      for (let i = 0; i < always.length; i++) always[i]!(chunk, row);
    }
  }

  /** Notes what the judge said, when the run is over. */
  judged(verdicts: readonly InvariantVerdict[]): void {
    for (const verdict of verdicts) {
      const point = pointOfVerdict(verdict);
      if (point >= 0) this.hits[baseOf(VERDICT) + point] = 1;
    }
  }
}
