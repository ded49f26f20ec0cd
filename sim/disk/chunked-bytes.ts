const CHUNK_BITS = 16;
const CHUNK_BYTES = 1 << CHUNK_BITS;
/** A file that is smaller than a chunk begins with so much, and doubles it: most files of a short run stay small. */
const FIRST_BYTES = 1 << 12;

/**
 * The bytes of one file, in chunks of 64 KiB: appending copies no byte of a large file twice, and memory follows the length.
 * Bytes that were never written, or were cut off and not written again, are zero.
 */
export class ChunkedBytes {
  lengthBytes = 0;
  readonly #chunks: Uint8Array[] = [];

  /** Grows the length when the bytes reach beyond it; a gap reads as zeros. */
  write(offsetBytes: number, bytes: Uint8Array): void {
    const end = offsetBytes + bytes.length;
    if (end > this.lengthBytes) this.#grow(end);
    const first = Math.floor(offsetBytes / CHUNK_BYTES);
    const within = offsetBytes - first * CHUNK_BYTES;
    if (within + bytes.length <= CHUNK_BYTES) {
      if (bytes.length > 0) this.#chunks[first]!.set(bytes, within);
      return;
    }
    let done = CHUNK_BYTES - within;
    this.#chunks[first]!.set(bytes.subarray(0, done), within);
    for (let chunk = first + 1; done < bytes.length; chunk++) {
      const until = Math.min(done + CHUNK_BYTES, bytes.length);
      this.#chunks[chunk]!.set(bytes.subarray(done, until), 0);
      done = until;
    }
  }

  /** A copy of the bytes from `offsetBytes` up to `offsetBytes + lengthBytes` or to the end, whichever comes first. */
  read(offsetBytes: number, lengthBytes: number): Uint8Array {
    const end = Math.min(offsetBytes + lengthBytes, this.lengthBytes);
    if (end <= offsetBytes) return new Uint8Array(0);
    const first = Math.floor(offsetBytes / CHUNK_BYTES);
    const within = offsetBytes - first * CHUNK_BYTES;
    const size = end - offsetBytes;
    if (within + size <= CHUNK_BYTES) return this.#chunks[first]!.slice(within, within + size);
    const result = new Uint8Array(size);
    let done = CHUNK_BYTES - within;
    result.set(this.#chunks[first]!.subarray(within), 0);
    for (let chunk = first + 1; done < size; chunk++) {
      const count = Math.min(CHUNK_BYTES, size - done);
      result.set(this.#chunks[chunk]!.subarray(0, count), done);
      done += count;
    }
    return result;
  }

  /** Cuts the end off, or adds zeros to it. */
  truncate(lengthBytes: number): void {
    if (lengthBytes >= this.lengthBytes) {
      this.#grow(lengthBytes);
      return;
    }
    this.#chunks.length = Math.ceil(lengthBytes / CHUNK_BYTES);
    const within = lengthBytes % CHUNK_BYTES;
    if (within > 0) this.#chunks[this.#chunks.length - 1]!.fill(0, within);
    this.lengthBytes = lengthBytes;
  }

  /** Changes one bit of a byte that exists. */
  flipBit(offsetBytes: number, bit: number): void {
    const chunk = Math.floor(offsetBytes / CHUNK_BYTES);
    const within = offsetBytes - chunk * CHUNK_BYTES;
    const bytes = this.#chunks[chunk]!;
    bytes[within] = bytes[within]! ^ (1 << bit);
  }

  #grow(lengthBytes: number): void {
    const chunks = Math.ceil(lengthBytes / CHUNK_BYTES);
    if (this.#chunks.length <= 1 && chunks > 0) this.#growFirst(lengthBytes);
    while (this.#chunks.length < chunks) this.#chunks.push(new Uint8Array(CHUNK_BYTES));
    this.lengthBytes = lengthBytes;
  }

  #growFirst(lengthBytes: number): void {
    const [first] = this.#chunks;
    let size = first?.length ?? FIRST_BYTES;
    while (size < lengthBytes && size < CHUNK_BYTES) size *= 2;
    if (first?.length === size) return;
    this.#chunks[0] = new Uint8Array(size);
    if (first !== undefined) this.#chunks[0].set(first);
  }
}
