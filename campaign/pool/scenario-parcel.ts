import { deserialize, serialize } from 'node:v8';
import type { Scenario } from '../../scenarios/index.js';

/**
 * A scenario on its way to workers. It is packed once; the memory is shared, so that sending it again costs nothing, and a
 * worker unpacks it once.
 */
export interface ScenarioParcel {
  readonly id: number;
  readonly bytes: SharedArrayBuffer;
}

/** Packs scenarios, each once. */
export class ScenarioPacker {
  readonly #packed = new WeakMap<Scenario, ScenarioParcel>();
  #nextId = 1;

  pack(scenario: Scenario): ScenarioParcel {
    const known = this.#packed.get(scenario);
    if (known !== undefined) return known;
    const packed = serialize(scenario);
    const bytes = new SharedArrayBuffer(packed.byteLength);
    new Uint8Array(bytes).set(packed);
    const parcel = { id: this.#nextId++, bytes };
    this.#packed.set(scenario, parcel);
    return parcel;
  }
}

/** Unpacked scenarios that a worker keeps at hand. */
const MAX_UNPACKED = 64;

/** Unpacks scenarios, each once while it is in use. */
export class ScenarioUnpacker {
  readonly #unpacked = new Map<number, Scenario>();

  unpack({ id, bytes }: ScenarioParcel): Scenario {
    const known = this.#unpacked.get(id);
    if (known !== undefined) return known;
    const scenario = deserialize(new Uint8Array(bytes)) as Scenario;
    const [oldest] = this.#unpacked.keys();
    if (this.#unpacked.size >= MAX_UNPACKED && oldest !== undefined) this.#unpacked.delete(oldest);
    this.#unpacked.set(id, scenario);
    return scenario;
  }
}
