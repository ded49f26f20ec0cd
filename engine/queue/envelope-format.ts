import type { Envelope } from './envelope.js';

/** An envelope as bytes, for journal and checkpoint: JSON in UTF-8. Producers send many messages in the same envelope, so its bytes are kept as long as it is. */
export class EnvelopeCodec {
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();
  readonly #encoded = new WeakMap<Envelope, Uint8Array>();
  #lastText = '';
  #lastDecoded: Envelope | null = null;

  /** The result is not to be changed. */
  encode(envelope: Envelope): Uint8Array {
    const known = this.#encoded.get(envelope);
    if (known !== undefined) return known;
    const bytes = this.#encoder.encode(JSON.stringify(envelope));
    this.#encoded.set(envelope, bytes);
    return bytes;
  }

  decode(bytes: Uint8Array, from: number, to: number): Envelope {
    const text = this.#decoder.decode(bytes.subarray(from, to));
    if (this.#lastDecoded === null || text !== this.#lastText) {
      this.#lastText = text;
      this.#lastDecoded = JSON.parse(text) as Envelope;
    }
    return this.#lastDecoded;
  }
}
