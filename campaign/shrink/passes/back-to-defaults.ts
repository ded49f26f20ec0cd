import type { Scenario } from '../../../scenarios/index.js';
import { plainScenario } from '../defaults.js';
import { type Pass, tryEach } from '../pass.js';

/** What says what the scenario is about is no setting to be left out, and a visibility timeout is one of the times that are shortened. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  broker: ['name'], network: [], queues: ['name', 'kind', 'deadLetter', 'visibilityTimeoutMicros'], producers: ['name', 'queue', 'sends', 'interval', 'startMicros', 'messages', 'sizeBytes'], consumers: ['name', 'queue'],
};

type Section = keyof typeof KEPT & keyof Scenario;
type Settings = Readonly<Record<string, unknown>>;

/** A setting of one entry of a section; of a section without entries, its own. */
interface Place {
  readonly section: Section;
  readonly index: number | null;
  readonly path: readonly string[];
}

/** Every setting that is not as it is by default, all of an entry at once first. */
export const backToDefaults: Pass = {
  name: 'drop settings',
  run: async (scenario, attempt) => {
    const general = { stopWhenDone: true, drainMicros: plainScenario().drainMicros };
    const start = await tryEach(scenario, Object.keys(general) as (keyof typeof general)[], attempt, (smallest, key) =>
      smallest[key] === general[key] ? null : { ...smallest, [key]: general[key] });
    return tryEach(start, placesOf(start), attempt, dropped);
  },
};

function* placesOf(scenario: Scenario): Generator<Place> {
  for (const section of Object.keys(KEPT) as Section[]) {
    const value = scenario[section] as unknown;
    const entries = Array.isArray(value) ? (value as Settings[]).map((entry, index) => [index, entry] as const) : [[null, value as Settings] as const];
    for (const [index, entry] of entries) {
      yield { section, index, path: [] };
      for (const path of pathsOf(entry)) if (!KEPT[section]!.includes(path[0]!)) yield { section, index, path };
    }
  }
}

/** To each value; a mapping of settings, such as `retry`, comes as a whole before its parts. */
function* pathsOf(entry: Settings, before: readonly string[] = []): Generator<readonly string[]> {
  for (const [key, value] of Object.entries(entry)) {
    const path = [...before, key];
    yield path;
    if (isSettings(value) && !('kind' in value && !('failure' in value))) yield* pathsOf(value, path);
  }
}

const isSettings = (value: unknown): value is Settings => typeof value === 'object' && value !== null && !Array.isArray(value);

function dropped(scenario: Scenario, { section, index, path }: Place): Scenario | null {
  const value = scenario[section] as unknown;
  const entry = (index === null ? value : (value as readonly Settings[])[index]) as Settings;
  const plain = plainScenario()[section] as unknown;
  const plainEntry = (Array.isArray(plain) ? plain[0] : plain) as Settings;
  const kept = Object.fromEntries(KEPT[section]!.map((key) => [key, entry[key]]));
  const changed = path.length === 0 ? { ...withPlain(entry, plainEntry), ...kept } : replaced(entry, plainEntry, path);
  if (changed === null || JSON.stringify(changed) === JSON.stringify(entry)) return null;
  const next = index === null ? changed : (value as readonly Settings[]).map((other, at) => (at === index ? changed : other));
  return { ...scenario, [section]: next };
}

const withPlain = (entry: Settings, plain: Settings): Settings =>
  ({ ...entry, ...Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, plainValue(entry[key], value)])) });

/** The default, except that a constant does not become random again, also inside of a mapping. */
function plainValue(value: unknown, plain: unknown): unknown {
  if (!isSettings(value) || !isSettings(plain)) return plain;
  const isRandom = 'kind' in plain && !('failure' in plain) && plain['kind'] !== 'constant';
  if ('kind' in plain && !('failure' in plain)) return isRandom && value['kind'] === 'constant' ? value : plain;
  return withPlain(value, plain);
}

/** The entry with the value at a path as it is by default; null when the defaults have none there. */
function replaced(entry: Settings, plain: Settings, [key = '', ...rest]: readonly string[]): Settings | null {
  if (!Object.hasOwn(plain, key)) return null;
  if (rest.length === 0) return { ...entry, [key]: plainValue(entry[key], plain[key]) };
  const inner = entry[key];
  const plainInner = plain[key];
  if (!isSettings(inner) || !isSettings(plainInner)) return null;
  const changed = replaced(inner, plainInner, rest);
  return changed === null ? null : { ...entry, [key]: changed };
}
