import type { EventSink } from '../../history/index.js';

/** By which the history knows a body again; 0 where there is no history. */
export const bodyChecksum = (sink: EventSink, body: Uint8Array): number => (sink.isDeaf === true ? 0 : checksumOf(body));

const C1 = 0x239b961b;
const C2 = 0xab0e9789 | 0;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93 | 0;

/** Of the memory that the last body was cut from: the next one most often comes from the same, and a view costs more than a short body. */
let view: DataView = new DataView(new ArrayBuffer(0));

/**
 * 32 bits that depend on every byte and on the length, and on nothing else. It is no checksum of any protocol: what a broker stores and sends has its own, and this
 * one is taken of every body that is sent and delivered, so it is made to be quick, four words at a time.
 */
function checksumOf(body: Uint8Array): number {
  if (view.buffer !== body.buffer) view = new DataView(body.buffer);
  const memory = view;
  const end = body.byteOffset + body.length;
  let h1 = body.length;
  let h2 = C3;
  let h3 = C2;
  let h4 = C1;
  let at = body.byteOffset;
  for (const last = end - 16; at <= last; at += 16) {
    h1 = stir(h1, memory.getInt32(at, true), C1);
    h2 = stir(h2, memory.getInt32(at + 4, true), C2);
    h3 = stir(h3, memory.getInt32(at + 8, true), C3);
    h4 = stir(h4, memory.getInt32(at + 12, true), C4);
  }
  for (; at < end; at++) h1 = stir(h1, memory.getUint8(at), C1);
  return mix(mix(mix(mix(h1) ^ h2) ^ h3) ^ h4) >>> 0;
}

/** Can be undone, for any word and for any state: one word that differs is never lost. */
function stir(h: number, word: number, by: number): number {
  const x = Math.imul(word, C2) ^ h;
  return Math.imul((x << 13) | (x >>> 19), by);
}

/** MurmurHash3's finaliser (Austin Appleby, public domain): every bit of the input reaches every bit of the output. */
function mix(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
