import type { DeadLetterSettings, QueueState } from '../queue/index.js';
import type { QueueAttributes } from './admin-protocol.js';
import type { AttributeDefinition, AttributeTable } from './attribute-table.js';
import type { QueueCounts } from './queue-counts.js';

const MICROS_PER_SECOND = 1_000_000;
/** Asks for every attribute. */
const ALL = 'All';

/** The attributes of a queue that `names` asks for; or the first name that is none. */
export function writeAttributes(
  state: QueueState, counts: QueueCounts, names: readonly string[], table: AttributeTable,
): QueueAttributes | { readonly unknown: string } {
  const unknown = names.find((name) => name !== ALL && !table.definitions.some((definition) => definition.name === name));
  if (unknown !== undefined) return { unknown };
  const attributes: Record<string, string> = {};
  for (const definition of table.definitions) {
    const value = names.includes(ALL) || names.includes(definition.name) ? valueOf(definition, state, counts, table) : null;
    if (value !== null) attributes[definition.name] = value;
  }
  return attributes;
}

export function isUnknown(written: QueueAttributes | { readonly unknown: string }): written is { readonly unknown: string } {
  return 'unknown' in written;
}

/** A redrive policy as clients know it. */
export function writeRedrive({ queue, maxReceiveCount }: DeadLetterSettings, table: AttributeTable): string {
  return JSON.stringify({ deadLetterTargetArn: table.addressPrefix + queue, maxReceiveCount });
}

/** Null where a queue of its kind, or without such a rule, has no such attribute. */
function valueOf(definition: AttributeDefinition, state: QueueState, counts: QueueCounts, table: AttributeTable): string | null {
  const { settings } = state;
  switch (definition.type) {
    case 'number': return String(settings[definition.field] / definition.unit);
    case 'flag':
    case 'choice': return settings.kind === definition.only ? String(settings[definition.field]) : null;
    case 'kind': return settings.kind === definition.kind ? 'true' : null;
    case 'redrive': return settings.deadLetter === null ? null : writeRedrive(settings.deadLetter, table);
    case 'redriveAllow': {
      const { permission, sources } = settings.redriveAllow;
      if (permission === 'allowAll') return null;
      const sourceQueueArns = sources.map((name) => table.addressPrefix + name);
      return JSON.stringify(permission === 'byQueue' ? { redrivePermission: permission, sourceQueueArns } : { redrivePermission: permission });
    }
    case 'counter': return String(counts[definition.counter]);
    case 'time': return String(Math.floor((definition.time === 'created' ? state.createdWall : state.modifiedWall) / MICROS_PER_SECOND));
    case 'address': return table.addressPrefix + state.name;
  }
}
