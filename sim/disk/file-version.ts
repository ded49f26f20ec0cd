/** Granularity of the page cache: what is written back, or lost, as one piece. */
export const PAGE_BYTES = 4096;

/**
 * How a file was at one moment: when its last sync completed, or when a sync was called that is still under way. It holds
 * only those pages that were changed since; the others are as in the next version, and in the last as in the page cache.
 */
export class FileVersion {
  readonly lengthBytes: number;
  /** True time at which the file was so. */
  readonly atMicros: number;
  /** Pages as they were, by page number. Made with the first page, because a file that is only appended to needs none. */
  pages: Map<number, Uint8Array> | null = null;

  constructor(lengthBytes: number, atMicros: number) {
    this.lengthBytes = lengthBytes;
    this.atMicros = atMicros;
  }

  has(page: number): boolean {
    return this.pages !== null && this.pages.has(page);
  }

  keep(page: number, bytes: Uint8Array): void {
    this.pages ??= new Map();
    this.pages.set(page, bytes);
  }
}
