import type { Envelope } from './envelope.js';

/** An envelope as bytes, for journal and checkpoint: JSON in UTF-8. Producers send many messages in like envelopes, so the last one is kept. */
export class EnvelopeCodec {
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();
  #lastEncoded: Envelope | null = null;
  #bytes = new Uint8Array(0);
  #lastText = '';
  #lastDecoded: Envelope | null = null;

  /** The result is not to be changed. */
  encode(envelope: Envelope): Uint8Array {
    if (envelope !== this.#lastEncoded) {
      this.#bytes = this.#encoder.encode(JSON.stringify(envelope));
      this.#lastEncoded = envelope;
    }
    return this.#bytes;
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
