import type { MessageAttributes, MessageProperties } from './message-properties.js';

/** Lengths of the three parts. */
const HEAD_BYTES = 8;

/** The properties of a message as bytes, for journal and checkpoint; the layout is in `journal-format.ts`. */
export class PropertiesCodec {
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();
  #bytes = new Uint8Array(256);

  /** The result is valid until the next call. */
  encode(group: string | null, deduplicationId: string | null, attributes: MessageAttributes | null): Uint8Array {
    const text = attributes === null ? '' : JSON.stringify(attributes);
    // Three bytes are the most that UTF-8 takes for one of a string's units.
    const most = HEAD_BYTES + 3 * ((group?.length ?? 0) + (deduplicationId?.length ?? 0) + text.length);
    if (this.#bytes.length < most) this.#bytes = new Uint8Array(2 * most);
    const groupLength = this.#put(group ?? '', HEAD_BYTES);
    const idLength = this.#put(deduplicationId ?? '', HEAD_BYTES + groupLength);
    const textLength = this.#put(text, HEAD_BYTES + groupLength + idLength);
    const view = new DataView(this.#bytes.buffer);
    view.setUint16(0, groupLength, true);
    view.setUint16(2, idLength, true);
    view.setUint32(4, textLength, true);
    return this.#bytes.subarray(0, HEAD_BYTES + groupLength + idLength + textLength);
  }

  /** `sizeBytes`: how many bytes they take. */
  decode(view: DataView, bytes: Uint8Array, at: number): { readonly properties: MessageProperties; readonly sizeBytes: number } {
    const groupAt = at + HEAD_BYTES;
    const idAt = groupAt + view.getUint16(at, true);
    const textAt = idAt + view.getUint16(at + 2, true);
    const end = textAt + view.getUint32(at + 4, true);
    const text = this.#text(bytes, textAt, end);
    return {
      properties: {
        group: this.#text(bytes, groupAt, idAt), deduplicationId: this.#text(bytes, idAt, textAt),
        attributes: text === null ? null : (JSON.parse(text) as MessageAttributes),
      },
      sizeBytes: end - at,
    };
  }

  /** Short ASCII, as nearly all of it is, is copied by hand: that is faster than the encoder. Returns the length in bytes. */
  #put(text: string, at: number): number {
    const bytes = this.#bytes;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit >= 128) return this.#encoder.encodeInto(text, bytes.subarray(at)).written;
      bytes[at + index] = unit;
    }
    return text.length;
  }

  #text(bytes: Uint8Array, from: number, to: number): string | null {
    return from === to ? null : this.#decoder.decode(bytes.subarray(from, to));
  }
}
