/** What a producer says of a message beside its body. */
export interface MessageProperties {
  /** The message group: in a queue with groups its messages keep their order; in one without, they are one tenant. */
  readonly group: string | null;
  readonly deduplicationId: string | null;
  /** Carried along with the body. */
  readonly attributes: MessageAttributes | null;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** Binary values are text in base64. */
export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with a label of the sender's after a dot if it likes. */
  readonly dataType: string;
  readonly value: string;
}

/** What attributes add to the size of a message: names, types and values, in UTF-8. */
export function attributeBytes(attributes: MessageAttributes): number {
  const encoder = new TextEncoder();
  let bytes = 0;
  for (const [name, { dataType, value }] of Object.entries(attributes)) {
    bytes += encoder.encode(name).length + encoder.encode(dataType).length + encoder.encode(value).length;
  }
  return bytes;
}
