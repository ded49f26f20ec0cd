import type { QueueKind, QueueSettings } from '../queue/index.js';

/** One attribute of a queue as a personality calls and writes it. */
export type AttributeDefinition =
  /** A whole number in this unit of the setting's. */
  | { readonly type: 'number'; readonly name: string; readonly field: NumberField; readonly unit: number }
  | { readonly type: 'flag'; readonly name: string; readonly field: 'contentBasedDeduplication' } & OnlyFor
  | { readonly type: 'choice'; readonly name: string; readonly field: 'deduplicationScope' | 'throughputLimit'; readonly values: readonly string[] } & OnlyFor
  /** `true` for queues of this kind; others do not have it. It cannot be changed. */
  | { readonly type: 'kind'; readonly name: string; readonly kind: QueueKind }
  /** JSON of the dead-letter rule, and of who may have it. */
  | { readonly type: 'redrive'; readonly name: string; readonly field: 'deadLetter' }
  | { readonly type: 'redriveAllow'; readonly name: string; readonly field: 'redriveAllow' }
  /** Only to be read. */
  | { readonly type: 'counter'; readonly name: string; readonly counter: 'ready' | 'leased' | 'delayed' }
  | { readonly type: 'time'; readonly name: string; readonly time: 'created' | 'modified' }
  | { readonly type: 'address'; readonly name: string };

type NumberField = 'visibilityTimeoutMicros' | 'delayMicros' | 'retentionMicros' | 'receiveWaitMicros' | 'maxMessageBytes';

interface OnlyFor {
  readonly only: QueueKind;
  /** What a queue of another kind says to it. */
  readonly elsewhere: 'unknownAttribute' | 'attributeNeedsKind';
}

/** The attributes of queues, and how queues are addressed in them. */
export interface AttributeTable {
  readonly definitions: readonly AttributeDefinition[];
  /** An address is this and the queue's name. */
  readonly addressPrefix: string;
  /**
   * The maximum receive count of a dead-letter rule that names none. `refused`: there has to be one, as recorded of SQS; its API reference says that it
   * is 10 then.
   */
  readonly missingReceiveCount: 'refused' | number;
}

/** What a personality calls a setting; its own name where it has no word for it. */
export function attributeName(table: AttributeTable, field: keyof QueueSettings): string {
  return table.definitions.find((definition) => 'field' in definition && definition.field === field)?.name ?? field;
}
