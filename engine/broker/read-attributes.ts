import type { DeadLetterSettings, QueueKind, QueueSettings, RedriveAllowSettings } from '../queue/index.js';
import type { QueueAttributes } from './admin-protocol.js';
import type { AttributeDefinition, AttributeTable } from './attribute-table.js';
import { type Refusal, refusal } from './refusal.js';

/** Settings that attributes ask for, or why they cannot be. */
export type ReadAttributes = { readonly settings: Partial<QueueSettings> } | { readonly refusal: Refusal };

type Setting = Partial<QueueSettings> | Refusal | null;

/**
 * Reads attributes by name. `kind` null: of a queue that is being created, whose kind they may say; else of a queue of that kind.
 * Whether a value is in its range is not its business.
 */
export function readAttributes(attributes: QueueAttributes, table: AttributeTable, kind: QueueKind | null): ReadAttributes {
  const created = kind ?? kindIn(attributes, table);
  let settings: Partial<QueueSettings> = {};
  for (const [name, value] of Object.entries(attributes)) {
    const definition = table.definitions.find((candidate) => candidate.name === name);
    const setting = definition === undefined ? refusal('unknownAttribute', name) : readOne(definition, value, table, created, kind === null);
    if (setting === null) continue;
    if (isRefused(setting)) return { refusal: setting };
    settings = { ...settings, ...setting };
  }
  return { settings };
}

function isRefused(setting: Partial<QueueSettings> | Refusal): setting is Refusal {
  return 'detail' in setting;
}

function kindIn(attributes: QueueAttributes, table: AttributeTable): QueueKind {
  for (const definition of table.definitions) {
    if (definition.type === 'kind' && attributes[definition.name]?.toLowerCase() === 'true') return definition.kind;
  }
  return 'standard';
}

function readOne(definition: AttributeDefinition, value: string, table: AttributeTable, kind: QueueKind, isNew: boolean): Setting {
  const { name } = definition;
  switch (definition.type) {
    case 'number': return /^-?\d{1,15}$/.test(value) ? { [definition.field]: Number(value) * definition.unit } : refusal('invalidAttributeValue', name);
    case 'flag': {
      if (kind !== definition.only) return refusal(definition.elsewhere, name);
      return isFlag(value) ? { [definition.field]: value.toLowerCase() === 'true' } : refusal('invalidAttributeValue', name);
    }
    case 'choice': {
      if (kind !== definition.only) return refusal(definition.elsewhere, name);
      return definition.values.includes(value) ? { [definition.field]: value } : refusal('invalidAttributeValue', name);
    }
    case 'kind': return readKind(name, value, kind === definition.kind, isNew, definition.kind);
    case 'redrive': return value === '' ? { deadLetter: null } : readRedrive(value, table);
    case 'redriveAllow': return value === '' ? { redriveAllow: { permission: 'allowAll', sources: [] } } : readRedriveAllow(value, table);
    default: return refusal('unknownAttribute', name);
  }
}

function readKind(name: string, value: string, isOfKind: boolean, isNew: boolean, kind: QueueKind): Setting {
  if (!isOfKind) return refusal('unknownAttribute', name);
  if (value.toLowerCase() !== 'true') return isNew ? refusal('unknownAttribute', name) : refusal('kindUnchangeable', name);
  return isNew ? { kind } : null;
}

const isFlag = (value: string): boolean => /^(true|false)$/i.test(value);

function readRedrive(value: string, table: AttributeTable): Setting {
  const rule = jsonObject(value);
  if (rule === null) return refusal('redrivePolicyNotJson', value);
  const { deadLetterTargetArn: address, maxReceiveCount: count = table.missingReceiveCount } = rule;
  if (rule['maxReceiveCount'] === undefined && count === 'refused') return refusal('redrivePolicyWithoutCount', value);
  if (address === undefined) return refusal('redrivePolicyWithoutTarget', value);
  const queue = nameIn(address, table);
  if (queue === null) return refusal('invalidDeadLetterTarget', value);
  if (!Number.isInteger(Number(count)) || count === null || count === '') return refusal('invalidMaxReceiveCount', value);
  const deadLetter: DeadLetterSettings = { queue, maxReceiveCount: Number(count) };
  return { deadLetter };
}

function readRedriveAllow(value: string, table: AttributeTable): Setting {
  const rule = jsonObject(value);
  const permission = rule?.['redrivePermission'];
  const addresses = rule?.['sourceQueueArns'] ?? [];
  if (rule === null || !Array.isArray(addresses)) return refusal('invalidRedriveAllowPolicy', value);
  const sources = addresses.map((address) => nameIn(address, table));
  const isComplete = permission === 'byQueue' ? sources.length > 0 : sources.length === 0;
  if (!isPermission(permission) || !isComplete || sources.includes(null)) return refusal('invalidRedriveAllowPolicy', value);
  const redriveAllow: RedriveAllowSettings = { permission, sources: sources as string[] };
  return { redriveAllow };
}

function isPermission(value: unknown): value is RedriveAllowSettings['permission'] {
  return value === 'allowAll' || value === 'denyAll' || value === 'byQueue';
}

function nameIn(address: unknown, table: AttributeTable): string | null {
  const { addressPrefix } = table;
  return typeof address === 'string' && address.startsWith(addressPrefix) && address.length > addressPrefix.length ? address.slice(addressPrefix.length) : null;
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
