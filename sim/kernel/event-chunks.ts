export const CHUNK_BITS = 3;
/** Entry 0 of a chunk is its header; the others hold an event each. */
export const ENTRIES_PER_CHUNK = 1 << CHUNK_BITS;
export const ENTRY_MASK = ENTRIES_PER_CHUNK - 1;

/** An entry is 16 bytes: two doubles, or four 32-bit words. */
const ENTRY_WORD_BITS = 2;
const HEADER_BITS = CHUNK_BITS + ENTRY_WORD_BITS;
const BYTES_PER_CHUNK = 16 << CHUNK_BITS;
const INITIAL_CHUNKS = 64;

/** Words of a header. */
const NEXT = 0;
const PREVIOUS = 1;
const FROM = 2;
const TO = 3;
/** Word of an event's entry; the two words before it are the time. */
const SLOT = 2;

/**
 * Blocks of seven (time, slot) entries, 128 bytes each, of which the wheel's buckets are made. The events of a bucket lie side
 * by side: walking a bucket of thousands reads memory in order, where a list of single events would wait for each
 * event's cache line before it knew where the next one is. A chunk is named by its number from 1, an entry by
 * `chunk * ENTRIES_PER_CHUNK + index`.
 */
export class EventChunks {
  private words = new Int32Array(0);
  /** The same buffer. */
  private doubles = new Float64Array(0);
  private firstFree = 0;

  constructor() {
    this.resize(INITIAL_CHUNKS);
  }

  /** Chunks, used or free. */
  get capacity(): number {
    return this.words.length >> HEADER_BITS;
  }

  get memoryBytes(): number {
    return this.capacity * BYTES_PER_CHUNK;
  }

  /** An empty chunk between no others, whose first entry will have the index `from`. */
  take(from: number): number {
    if (this.firstFree === 0) this.resize(this.capacity * 2);
    const chunk = this.firstFree;
    const header = chunk << HEADER_BITS;
    this.firstFree = this.words[header + NEXT] as number;
    this.words[header + NEXT] = 0;
    this.words[header + PREVIOUS] = 0;
    this.words[header + FROM] = from;
    this.words[header + TO] = from;
    return chunk;
  }

  free(chunk: number): void {
    this.words[(chunk << HEADER_BITS) + NEXT] = this.firstFree;
    this.firstFree = chunk;
  }

  /** The chunk after this one in its bucket, or 0. */
  next(chunk: number): number {
    return this.words[(chunk << HEADER_BITS) + NEXT] as number;
  }

  /** The chunk before this one in its bucket, or 0. */
  previous(chunk: number): number {
    return this.words[(chunk << HEADER_BITS) + PREVIOUS] as number;
  }

  /** Makes two chunks neighbours; 0 stands for none. */
  link(previous: number, next: number): void {
    if (previous !== 0) this.words[(previous << HEADER_BITS) + NEXT] = next;
    if (next !== 0) this.words[(next << HEADER_BITS) + PREVIOUS] = previous;
  }

  /** Index of the first event's entry. */
  from(chunk: number): number {
    return this.words[(chunk << HEADER_BITS) + FROM] as number;
  }

  setFrom(chunk: number, from: number): void {
    this.words[(chunk << HEADER_BITS) + FROM] = from;
  }

  /** Index behind the last event's entry. */
  to(chunk: number): number {
    return this.words[(chunk << HEADER_BITS) + TO] as number;
  }

  setTo(chunk: number, to: number): void {
    this.words[(chunk << HEADER_BITS) + TO] = to;
  }

  time(entry: number): number {
    return this.doubles[entry << 1] as number;
  }

  slot(entry: number): number {
    return this.words[(entry << ENTRY_WORD_BITS) + SLOT] as number;
  }

  set(entry: number, time: number, slot: number): void {
    this.doubles[entry << 1] = time;
    this.words[(entry << ENTRY_WORD_BITS) + SLOT] = slot;
  }

  private resize(capacity: number): void {
    const buffer = new ArrayBuffer(capacity * BYTES_PER_CHUNK);
    const words = new Int32Array(buffer);
    words.set(this.words);
    for (let chunk = capacity - 1; chunk >= Math.max(this.capacity, 1); chunk--) {
      words[(chunk << HEADER_BITS) + NEXT] = this.firstFree;
      this.firstFree = chunk;
    }
    this.words = words;
    this.doubles = new Float64Array(buffer);
  }
}
