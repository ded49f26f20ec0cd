import type { RandomPort } from '../../engine/index.js';
import { ChunkedBytes } from './chunked-bytes.js';
import { FileVersion, PAGE_BYTES } from './file-version.js';
import { tearUnsynced } from './power-loss.js';

/** How often a file notes its state for the system's own write-back, at most. */
const MARK_EVERY_MICROS = 5_000_000;

/**
 * A file as it stands in the page cache, and all that is needed to know how it stands on the device: its older versions,
 * the durable one first. A write copies a page only when it changes bytes of the latest version; appending copies none.
 */
export class StoredFile {
  readonly cache = new ChunkedBytes();
  /** False once its name was removed or taken by another file. */
  isLinked = true;
  #versions: FileVersion[];
  #lastChangeMicros: number;
  #lastMarkMicros: number;
  readonly #writebackMicros: number;

  constructor(nowMicros: number, writebackMicros: number) {
    this.#versions = [new FileVersion(0, nowMicros)];
    this.#lastChangeMicros = nowMicros;
    this.#lastMarkMicros = nowMicros;
    this.#writebackMicros = writebackMicros;
  }

  /** How many bytes the device is sure to have. */
  get durableLengthBytes(): number {
    return this.#versions[0]!.lengthBytes;
  }

  write(offsetBytes: number, bytes: Uint8Array, nowMicros: number): void {
    this.#noteChange(nowMicros);
    const latest = this.#versions[this.#versions.length - 1]!;
    if (offsetBytes < latest.lengthBytes) this.#keepPages(latest, offsetBytes, offsetBytes + bytes.length);
    this.cache.write(offsetBytes, bytes);
  }

  truncate(lengthBytes: number, nowMicros: number): void {
    this.#noteChange(nowMicros);
    const latest = this.#versions[this.#versions.length - 1]!;
    if (lengthBytes < latest.lengthBytes) this.#keepPages(latest, lengthBytes, latest.lengthBytes);
    this.cache.truncate(lengthBytes);
  }

  /** What a sync that is called now will make durable. */
  capture(nowMicros: number): FileVersion {
    const version = new FileVersion(this.cache.lengthBytes, nowMicros);
    this.#versions.push(version);
    return version;
  }

  /** The sync has completed: the device has this version. No effect when a failure has dropped it meanwhile. */
  persist(version: FileVersion): void {
    const index = this.#versions.indexOf(version);
    if (index > 0) this.#versions.splice(0, index);
  }

  /**
   * Drops what was not synced, as Linux drops the pages of a failed write-back: their data is gone, they count as clean and
   * a later sync reports success. The length stays, so what was appended reads as zeros.
   */
  dropUnsynced(nowMicros: number): void {
    const lengthBytes = this.cache.lengthBytes;
    const kept = this.durableLengthBytes;
    this.#restoreDurablePages();
    this.cache.truncate(Math.min(kept, lengthBytes));
    this.cache.truncate(lengthBytes);
    this.#versions = [new FileVersion(Math.min(kept, lengthBytes), nowMicros)];
  }

  /** The page cache is gone. Draws only when something was not synced. */
  losePower(random: RandomPort, nowMicros: number): void {
    this.#writeBack(nowMicros);
    if (nowMicros - this.#lastChangeMicros < this.#writebackMicros) {
      tearUnsynced(this.cache, this.#durable(), this.#changedPages(), random);
    }
    this.#versions = [new FileVersion(this.cache.lengthBytes, nowMicros)];
  }

  /** Changes one bit on the device. The page cache shows it unless the page waits there to be written over it. */
  flipDurableBit(offsetBytes: number, bit: number): void {
    const page = Math.floor(offsetBytes / PAGE_BYTES);
    const holder = this.#versions.find((version) => version.has(page));
    if (holder === undefined) {
      this.cache.flipBit(offsetBytes, bit);
      return;
    }
    const bytes = holder.pages!.get(page)!;
    const index = offsetBytes % PAGE_BYTES;
    bytes[index] = bytes[index]! ^ (1 << bit);
  }

  #noteChange(nowMicros: number): void {
    if (nowMicros - this.#lastMarkMicros >= MARK_EVERY_MICROS) {
      this.#writeBack(nowMicros);
      const latest = this.#versions[this.#versions.length - 1]!;
      const hasChanged = latest.pages !== null || latest.lengthBytes !== this.cache.lengthBytes;
      if (hasChanged) this.#versions.push(new FileVersion(this.cache.lengthBytes, this.#lastChangeMicros));
      this.#lastMarkMicros = nowMicros;
    }
    this.#lastChangeMicros = nowMicros;
  }

  /** The system has written back by itself what is older than its limit. */
  #writeBack(nowMicros: number): void {
    const limit = nowMicros - this.#writebackMicros;
    let written = 0;
    while (written + 1 < this.#versions.length && this.#versions[written + 1]!.atMicros <= limit) written++;
    if (written > 0) this.#versions.splice(0, written);
  }

  #keepPages(version: FileVersion, from: number, to: number): void {
    const last = Math.floor((Math.min(to, version.lengthBytes) - 1) / PAGE_BYTES);
    for (let page = Math.floor(from / PAGE_BYTES); page <= last; page++) {
      if (!version.has(page)) version.keep(page, this.#cachedPage(page, version.lengthBytes));
    }
  }

  #cachedPage(page: number, lengthBytes: number): Uint8Array {
    const start = page * PAGE_BYTES;
    return this.cache.read(start, Math.min(PAGE_BYTES, lengthBytes - start));
  }

  /** The durable version made whole: with every page that differs from the page cache, however it came to differ. */
  #durable(): FileVersion {
    const durable = this.#versions[0]!;
    const whole = new FileVersion(durable.lengthBytes, durable.atMicros);
    for (const version of this.#versions) {
      if (version.pages === null) continue;
      for (const [page, bytes] of version.pages) {
        const start = page * PAGE_BYTES;
        if (start < durable.lengthBytes && !whole.has(page)) whole.keep(page, bytes.slice(0, durable.lengthBytes - start));
      }
    }
    return whole;
  }

  /** Numbers of the pages that differ from the durable version, ascending. */
  #changedPages(): number[] {
    const pages = new Set<number>();
    for (const version of this.#versions) {
      if (version.pages !== null) for (const page of version.pages.keys()) pages.add(page);
    }
    const end = Math.ceil(this.cache.lengthBytes / PAGE_BYTES);
    if (this.cache.lengthBytes > this.durableLengthBytes) {
      for (let page = Math.floor(this.durableLengthBytes / PAGE_BYTES); page < end; page++) pages.add(page);
    }
    return [...pages].sort((one, other) => one - other);
  }

  #restoreDurablePages(): void {
    const durable = this.#durable();
    if (durable.pages === null) return;
    for (const [page, bytes] of durable.pages) this.cache.write(page * PAGE_BYTES, bytes);
  }
}
