import { MAX_COUNT } from './schema/client-parts.js';
import { asCount, asRecord, asText } from './raw.js';
import type { Path } from './node-at.js';

/** Machines that one scenario may have. */
export const MAX_MACHINES = 2_000;

/** What the scenario calls a client, and the machines that stand behind the name. */
export interface MachineGroup {
  readonly name: string;
  readonly machines: readonly string[];
  readonly path: Path;
  /** False when the file does not say in a readable way how many there are. */
  readonly isCounted: boolean;
}

/** The machine names of an entry: its own, or numbered ones. */
export const expandedNames = (name: string, count: number): readonly string[] =>
  count === 1 ? [name] : Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);

/** Everything that a fault may strike, read from a scenario that need not be valid. */
export function machineGroups(raw: unknown): MachineGroup[] {
  const root = asRecord(raw);
  const broker = asText(asRecord(root['broker'])['name']) ?? 'broker';
  const clients = ['producers', 'consumers', 'operators'].flatMap((section) =>
    Object.entries(asRecord(root[section])).map(([name, entry]) => {
      const count = asCount(asRecord(entry)['count'] ?? 1);
      const isCounted = count !== null && count >= 1 && count <= MAX_COUNT;
      return { name, machines: isCounted ? expandedNames(name, count) : [name], path: [section, name], isCounted };
    }),
  );
  // The broker comes first.
  return [{ name: broker, machines: [broker], path: ['broker', 'name'], isCounted: true }, ...clients];
}
